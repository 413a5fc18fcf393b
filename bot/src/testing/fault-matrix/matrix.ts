import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Step } from '../../checkpoint.ts';
import { sign } from '../../intake/signature.ts';
import type { RepositoryRef } from '../../item.ts';
import type { Store, StoreCounts } from '../../store/port.ts';
import { serve } from '../http.ts';
import { MemoryGitHub } from '../memory-github.ts';
import { serveGitHub } from './remote-github.ts';
import type { RunOptions } from './run.ts';

const SECRET = 'm'.repeat(32);
const PROGRAM = fileURLToPath(new URL('./run.ts', import.meta.url));
const repository: RepositoryRef = { installationId: 5, repositoryId: 50, owner: 'acme', name: 'app', private: false };
const SENT = ['d-1', 'd-2', 'd-3', 'd-4'];
const LOST = ['lost-1', 'lost-2'];

export type MatrixCase = {
  die: { step: Step; occurrence: number };
  store: RunOptions['store'];
  /** Opens the same database again once the bot is gone. */
  reopen: () => Promise<Store>;
};

/**
 * One row of the matrix: the bot is killed at the step, started again until it is quiet, and then everything that GitHub knows and
 * everything that the store recorded is counted. What the door did not acknowledge GitHub lists as failed, like two deliveries that
 * were lost before; the sweep has to find them. GitHub itself also loses the answer to one comment and one issue.
 */
export async function runCase({ die, store, reopen }: MatrixCase): Promise<void> {
  const github = world();
  const parent = await serve(serveGitHub(github));
  const common = { store, githubUrl: parent.url, secret: SECRET };
  try {
    const first = await startBot({ ...common, die });
    const acknowledged = new Set<string>();
    for (const guid of SENT) if (await deliver(first, guid, github)) acknowledged.add(guid);
    expect(await first.ended, `the bot must die at ${die.step} (${die.occurrence})`).toBe('SIGKILL');
    const second = await startBot(common);
    for (const guid of SENT) if (acknowledged.has(guid)) await deliver(second, guid, github);
    await untilQuiet(second);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    await check(github, await reopen());
  } finally {
    await parent.close();
  }
}

async function check(github: MemoryGitHub, store: Store): Promise<void> {
  const everything = [...SENT, ...LOST].sort();
  const decisions = await store.decisions({ limit: 1_000 });
  expect(decisions.map(({ guid }) => guid).sort(), 'each delivery is decided exactly once').toEqual(everything);
  const effects = await store.effects({ limit: 1_000 });
  expect(effects.map(({ state }) => state)).toEqual(Array(everything.length * 3).fill('done'));
  expect(github.issues.map(({ title }) => title).sort(), 'one issue per delivery').toEqual(everything);
  for (const ref of github.refs.values()) {
    expect(github.commentsOn(ref).length, `one comment on #${ref.number}`).toBe(1);
    expect(github.labelsOf(ref)).toEqual(['sig/runtime']);
  }
  expect((await store.counts(Date.now())).deliveries).toEqual({ pending: 0, done: everything.length, dead: 0 });
  await store.close();
}

function world(): MemoryGitHub {
  const github = new MemoryGitHub();
  github.addRepository(repository, ['sig/runtime']);
  for (const number of [1, 2]) github.addItem({ repository, kind: 'issue', number, nodeId: `I_${number}` });
  for (const guid of LOST) list(github, guid);
  github.failNext({ method: 'createComment', when: 'after', code: 'UNAVAILABLE' });
  github.failNext({ method: 'createIssue', when: 'after', code: 'UNAVAILABLE' });
  return github;
}

/** As GitHub does: whatever is not answered 2xx is listed as failed and never sent again. */
async function deliver(bot: Bot, guid: string, github: MemoryGitHub): Promise<boolean> {
  const body = JSON.stringify(payload(guid));
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'issues',
    'x-github-delivery': guid,
    'x-hub-signature-256': sign(body, SECRET),
  };
  const request = fetch(`http://127.0.0.1:${bot.port}/api/github/webhooks`, { method: 'POST', headers, body });
  const ok = await request.then((response) => response.ok).catch(() => false);
  if (!ok) list(github, guid);
  return ok;
}

function list(github: MemoryGitHub, guid: string): void {
  const id = github.deliveries.length + 1;
  const deliveredAt = new Date().toISOString();
  github.deliveries.unshift({
    id,
    guid,
    deliveredAt,
    event: 'issues',
    action: 'opened',
    statusCode: 502,
    redelivery: false,
    payload: payload(guid),
  });
}

function payload(guid: string): object {
  const number = (Number(guid.split('-')[1]) % 2) + 1;
  const user = { login: 'reporter', id: 7, type: 'User' };
  const times = { created_at: '2026-01-05T08:00:00Z', updated_at: '2026-01-05T08:00:00Z' };
  return {
    action: 'opened',
    sender: user,
    installation: { id: 5 },
    repository: { id: 50, name: 'app', private: false, owner: { login: 'acme' } },
    issue: { number, node_id: `I_${number}`, title: 'title', body: 'body', user, author_association: 'NONE', ...times },
  };
}

type Bot = { child: ChildProcess; port: number; ended: Promise<number | NodeJS.Signals | null> };

async function startBot(options: RunOptions): Promise<Bot> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => signal ?? code);
  const port = once(child.stdout, 'data').then(([line]) => Number(String(line)));
  return { child, ended, port: await Promise.race([port, ended.then(() => 0)]) };
}

async function untilQuiet(bot: Bot): Promise<void> {
  for (let look = 0; look < 1_500; look += 1) {
    const counts = (await fetch(`http://127.0.0.1:${bot.port}/counts`).then((response) => response.json())) as StoreCounts;
    const decided = counts.deliveries.done + counts.deliveries.dead;
    if (decided === SENT.length + LOST.length && counts.deliveries.pending + counts.outbox.pending === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the bot did not become quiet');
}
