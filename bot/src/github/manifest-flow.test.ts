import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedGitHub, startEmbeddedGitHub } from '../testing/github/index.ts';
import { createSetUp, type SetUpOptions } from './manifest-flow.ts';

let github: EmbeddedGitHub;
let server: Server;
let base = '';
let directory = '';
let file = '';

const options = (): SetUpOptions => ({
  handlers: [{ on: ['issues.opened'], permissions: { issues: 'write' } }],
  name: 'SIG Runtime',
  homepageUrl: 'https://site.example',
  webhookPath: '/api/github/webhooks',
  githubUrl: github.url,
  apiUrl: github.url,
  credentialsFile: file,
  production: false,
});

const get = async (path: string) => {
  const response = await fetch(`${base}${path}`);
  return { status: response.status, text: await response.text() };
};

const stateOf = async () => {
  const { text } = await get('/setup?address=https://bot.example&organisation=acme');
  return /settings\/apps\/new\?state=([0-9a-f-]+)/.exec(text)?.[1] ?? '';
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'set-up-'));
  file = join(directory, 'not-yet-there', 'app.env');
  github = await startEmbeddedGitHub({ seed: { people: [{ login: 'ada' }], repositories: [{ owner: 'acme', name: 'app' }] } });
  const setUp = createSetUp(options());
  server = createServer(async (request, response) => {
    if (!(await setUp?.(request, response))) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});

beforeEach(() => rm(file, { force: true }));

afterAll(async () => {
  server.close();
  await github.stop();
  await rm(directory, { recursive: true });
});

describe('the set-up page', () => {
  it('shows what will be asked for before it goes to GitHub', async () => {
    expect((await get('/setup')).text).toContain('name="address"');
    const { text } = await get('/setup?address=https://bot.example&organisation=acme');
    expect(text).toContain(`action="${github.url}/organizations/acme/settings/apps/new?state=`);
    expect(text).toContain('https://bot.example/api/github/webhooks');
    expect(text).toContain('<td>issues</td><td>write</td>');
  });

  it('refuses an address or an organisation that cannot be one', async () => {
    for (const query of ['address=javascript:x', 'address=https://a.example/path', 'address=https://a.example&organisation=a/b']) {
      expect((await get(`/setup?${query}`)).status).toBe(400);
    }
  });

  it('trades the code for credentials and writes them for the owner only', async () => {
    const { status, text } = await get(`/setup/created?code=abc&state=${await stateOf()}`);
    const written = await readFile(file, 'utf8');
    expect(status).toBe(200);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(written).toMatch(new RegExp(`^APP_ID=${github.appId}\nPRIVATE_KEY=[A-Za-z0-9+/=]+\nWEBHOOK_SECRET=.{32,}\n`));
    const secrets = written
      .split('\n')
      .slice(1, 3)
      .map((line) => line.slice(line.indexOf('=') + 1));
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('accepts each answer once, and only one it asked for', async () => {
    const state = await stateOf();
    expect((await get(`/setup/created?code=abc&state=${state}`)).status).toBe(200);
    expect((await get(`/setup/created?code=abc&state=${state}`)).status).toBe(400);
    expect((await get('/setup/created?code=abc&state=guessed')).status).toBe(400);
  });

  it('never overwrites credentials', async () => {
    await writeFile(file, 'APP_ID=1\n');
    expect((await get(`/setup/created?code=abc&state=${await stateOf()}`)).status).toBe(409);
    expect(await readFile(file, 'utf8')).toBe('APP_ID=1\n');
  });

  it('leaves no empty file behind when GitHub refuses', async () => {
    const refusing = createSetUp({ ...options(), apiUrl: `${github.url}/nowhere` });
    const page = await answerOf(refusing, '/setup?address=https://bot.example');
    const state = /state=([0-9a-f-]+)/.exec(page)?.[1] ?? '';
    expect(await answerOf(refusing, `/setup/created?code=abc&state=${state}`)).toContain('not found');
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('does not exist in production', () => {
    expect(createSetUp({ ...options(), production: true })).toBeUndefined();
  });
});

async function answerOf(setUp: ReturnType<typeof createSetUp>, path: string): Promise<string> {
  const once = createServer((request, response) => void setUp?.(request, response));
  await new Promise<void>((resolve) => once.listen(0, '127.0.0.1', resolve));
  const response = await fetch(`http://127.0.0.1:${(once.address() as { port: number }).port}${path}`);
  const text = await response.text();
  once.close();
  return text;
}
