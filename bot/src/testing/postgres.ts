import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

export type TestPostgres = {
  /** A new, empty database; its connection string. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
};

const DEBIAN = '/usr/lib/postgresql';

/**
 * A PostgreSQL server of its own for one test file, from the binaries of the Debian package, on 127.0.0.1 at a free port. Throws with the name of
 * the package when they are missing. Not durable (`fsync=off`): tests kill the bot, not the database.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = findBinaries();
  const directory = mkdtempSync(join(tmpdir(), 'sig-runtime-postgres-'));
  const user = unprivileged();
  if (user) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  await promisify(execFile)(join(bin, 'initdb'), ['-D', data, '-U', 'bot', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    cwd: directory,
    ...user,
  });
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: directory, fsync: 'off', max_connections: '60' };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...flags], { cwd: directory, stdio: 'ignore', ...user });
  const url = (database: string) => `postgres://bot@127.0.0.1:${port}/${database}`;
  const stop = () => stopServer(server, directory);
  try {
    await untilReady(url('postgres'), server);
  } catch (error) {
    await stop();
    throw error;
  }
  let databases = 0;
  return {
    async createDatabase() {
      databases += 1;
      const name = `bot_${databases}`;
      await query(url('postgres'), `CREATE DATABASE ${name}`);
      return url(name);
    },
    stop,
  };
}

function findBinaries(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const candidates = [...versions.map((version) => join(DEBIAN, version, 'bin')), '/usr/local/bin', '/usr/bin'];
  const found = candidates.find((directory) => existsSync(join(directory, 'initdb')) && existsSync(join(directory, 'postgres')));
  if (!found) throw new Error('initdb and postgres were not found: install the Debian package postgresql (apt-get install postgresql)');
  return found;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (!account) throw new Error('no account postgres or nobody: PostgreSQL does not run as root');
  return { uid: Number(account[2]), gid: Number(account[3]) };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`postgres ended with exit code ${server.exitCode}`);
    const ready = await query(url, 'SELECT 1').then(
      () => true,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('postgres did not answer within 20 seconds');
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function stopServer(server: ChildProcess, directory: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const exited = once(server, 'exit');
    server.kill('SIGINT');
    await exited;
  }
  rmSync(directory, { recursive: true, force: true });
}
