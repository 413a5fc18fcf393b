import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedGitHub, startEmbeddedGitHub } from '../../bot/src/testing/github/index.ts';
import { root } from '../sources.ts';

const REPOSITORY = 'acme/app';
const SECRET = 'a webhook secret of more than thirty-two bytes';
const CONFIGURATION = 'version: 1\nmode: active\nlabel: {}\nanswer: {}\n';
const REPORT =
  'Component is not ready:\n```\nfailed to list versions: response status code 401: unauthorized\n```\nOCM controller v0.12.0, kubectl describe component.delivery.ocm.software';

type Bot = { url: string; process: ChildProcessWithoutNullStreams; log: () => string };

let github: EmbeddedGitHub;
const started: ChildProcessWithoutNullStreams[] = [];
const dataDir = mkdtempSync(join(tmpdir(), 'sig-runtime-test-'));

beforeAll(async () => {
  github = await startEmbeddedGitHub({
    seed: {
      people: [{ login: 'maintainer', role: 'maintain' }, { login: 'operator' }],
      repositories: [
        { owner: 'acme', name: 'app', labels: [{ name: 'sig/runtime' }], files: { '.github/sig-runtime.yml': CONFIGURATION } },
      ],
    },
  });
});

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await github.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function environment(more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    APP_ID: String(github.appId),
    PRIVATE_KEY: Buffer.from(github.privateKey).toString('base64'),
    WEBHOOK_SECRET: `${SECRET}, an older webhook secret of more than thirty-two bytes`,
    GITHUB_API_URL: github.url,
    DATA_DIR: dataDir,
    PORT: '0',
    ADMIN_PORT: '0',
    NODE_ENV: 'production',
    ...more,
  };
}

function run(env: Record<string, string>): { process: ChildProcessWithoutNullStreams; log: () => string } {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'bot/src/main.ts', 'start'], { cwd: root, env });
  started.push(child);
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { process: child, log: () => text };
}

async function start(): Promise<Bot> {
  const bot = run(environment());
  const started = await eventually(() => /"webhooks":"([^"]+)"/.exec(bot.log())?.[1]);
  return { ...bot, url: started };
}

async function stop({ process: child }: Bot): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  return code;
}

async function eventually<T>(read: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let round = 0; round < 400; round += 1) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not happen within the budget of 400 looks');
}

async function read<T>(path: string): Promise<T> {
  const response = await fetch(`${github.url}/repos/${REPOSITORY}${path}`, { headers: { authorization: 'Bearer person-maintainer' } });
  return (await response.json()) as T;
}

async function labelsAndComments(number: number): Promise<{ labels: string[]; comments: string[] }> {
  const issue = await read<{ labels: { name: string }[] }>(`/issues/${number}`);
  const comments = await read<{ body: string }[]>(`/issues/${number}/comments`);
  return { labels: issue.labels.map(({ name }) => name), comments: comments.map(({ body }) => body) };
}

describe('the bot as a production process against GitHub', () => {
  it('labels and answers, drains on SIGTERM, and takes in what it missed while it was away', async () => {
    const first = await start();
    github.aim({ url: first.url, secret: SECRET });
    const seen = await github.as('operator').openIssue(REPOSITORY, { title: 'Component cannot list versions', body: REPORT });
    const answered = await eventually(async () => {
      const state = await labelsAndComments(seen.number);
      return state.comments.length > 0 && state.labels.length > 0 ? state : undefined;
    });
    expect(answered.labels).toEqual(['sig/runtime']);
    expect(answered.comments[0]).toContain('PB-001');
    expect(await stop(first)).toBe(0);

    const missed = await github.as('operator').openIssue(REPOSITORY, { title: 'Another Component cannot list versions', body: REPORT });
    await github.settled();
    expect((await labelsAndComments(missed.number)).labels).toEqual([]);

    const second = await start();
    github.aim({ url: second.url, secret: SECRET });
    const recovered = await eventually(async () => {
      const state = await labelsAndComments(missed.number);
      return state.comments.length > 0 ? state : undefined;
    });
    expect(recovered).toMatchObject({ labels: ['sig/runtime'] });
    expect((await labelsAndComments(seen.number)).comments).toHaveLength(1);
    expect(await stop(second)).toBe(0);
  });

  it.each([
    ['a webhook secret', { WEBHOOK_SECRET: '' }, /webhook secret/],
    ['a strong webhook secret', { WEBHOOK_SECRET: 'development' }, /fewer than 32 bytes.*openssl/],
    ['credentials of an App', { APP_ID: '' }, /--app-id \(APP_ID\)/],
    ['a private key', { PRIVATE_KEY: '' }, /--private-key \(PRIVATE_KEY\)/],
  ])('refuses to start without %s, and says what to do', async (_, env, message) => {
    const refused = run(environment(env));
    const [code] = (await once(refused.process, 'exit')) as [number | null];
    expect(code).not.toBe(0);
    expect(refused.log()).toMatch(message);
    expect(refused.log()).not.toContain('    at ');
  });
});
