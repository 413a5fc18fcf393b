import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const DOCKER_REGISTRY = '/usr/bin/docker-registry';

export type RunningRegistry = AsyncDisposable & { readonly host: string };

/** Starts Debian's `docker-registry` on the loopback with an empty store. `htpasswd` is a password file's text: then it asks for Basic. */
export async function startDockerRegistry(htpasswd?: string): Promise<RunningRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'docker-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const config = join(folder, 'config.yml');
  const store = `storage:\n  filesystem:\n    rootdirectory: ${join(folder, 'data')}\n`;
  const passwords = join(folder, 'htpasswd');
  const auth = htpasswd === undefined ? '' : `auth:\n  htpasswd:\n    realm: test\n    path: ${passwords}\n`;
  await writeFile(passwords, htpasswd ?? '');
  await writeFile(config, `version: 0.1\nlog:\n  level: error\n${store}http:\n  addr: ${host}\n  secret: test\n${auth}`);
  const child = spawn(DOCKER_REGISTRY, ['serve', config], { stdio: 'ignore' });
  try {
    await answering(host, child);
  } catch (error) {
    await stop(child, folder);
    throw error;
  }
  return { host, [Symbol.asyncDispose]: () => stop(child, folder) };
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.kill()) await once(child, 'exit');
  await rm(folder, { recursive: true, force: true });
}

async function answering(host: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`docker-registry ended with code ${child.exitCode}`);
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (answer !== undefined) return;
    await sleep(50);
  }
  throw new Error('docker-registry does not answer');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
