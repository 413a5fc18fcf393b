import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Checkpoint, Step } from '../../checkpoint.ts';
import type { Decider, PlannedEffect } from '../../decision.ts';
import type { Effect } from '../../effect.ts';
import { createDoor } from '../../intake/door.ts';
import { subjectOf } from '../../item.ts';
import { createExecutor } from '../../outbox/execute.ts';
import { recover } from '../../recovery/recovery.ts';
import { openPostgresStore } from '../../store/postgres.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { createWorker } from '../../worker/worker.ts';
import { remoteGitHub } from './remote-github.ts';

/** The program under test: the whole pipeline in a process that kills itself (SIGKILL) at one step, on its n-th time there. */
export type RunOptions = {
  store: { kind: 'sqlite'; path: string } | { kind: 'postgres'; connectionString: string };
  githubUrl: string;
  secret: string;
  die?: { step: Step; occurrence: number };
};

const LEASE_MS = 1_500;
const options: RunOptions = JSON.parse(process.argv[2] ?? '{}');
const clock = Date.now;
const seen = new Map<Step, number>();

const checkpoint: Checkpoint = async (step) => {
  seen.set(step, (seen.get(step) ?? 0) + 1);
  if (options.die?.step !== step || options.die.occurrence !== seen.get(step)) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
};

const store =
  options.store.kind === 'sqlite'
    ? await openSqliteStore({ path: options.store.path, clock, checkpoint })
    : await openPostgresStore({ connectionString: options.store.connectionString, clock, checkpoint });
const app = remoteGitHub(options.githubUrl);
const redact = (payload: unknown) => payload;
const pace = { clock, random: Math.random, leaseMs: LEASE_MS, backoff: { baseMs: 20, maxMs: 100 }, idleMs: 20, checkpoint };

/** Each delivery wants what cannot be posted twice unnoticed: a comment, an issue of its own, and a label. */
const decide: Decider = async (event) => {
  const { item, repository, guid } = event;
  if (!item || !repository) throw new Error('the matrix sends items only');
  const effects: Effect[] = [
    { type: 'add-label', item, label: 'sig/runtime' },
    { type: 'put-comment', item, slot: 'answer', body: 'an answer' },
    { type: 'put-issue', repository, slot: `delivery/${guid}`, title: guid, body: 'seen', labels: [] },
  ];
  const planned = effects.map((effect): PlannedEffect => ({ effect, state: 'pending' }));
  const decision = { handler: 'matrix', rule: 'matrix', verdict: 'act' as const, because: 'test', evidence: [], effects, planned };
  return { configSha: 'default', subject: subjectOf(event), decisions: [decision], timeline: [] };
};

const executor = createExecutor({ ...pace, store, app, minSpacingMs: 0 });
const worker = createWorker({ ...pace, store, decide, onDecided: () => executor.wake() });
const door = createDoor({ store, secrets: [options.secret], redact, clock, checkpoint, onAccepted: () => worker.wake() });

const server = createServer((request, response) => {
  void door(request, response).then(async (handled) => {
    if (!handled) response.end(JSON.stringify(await store.counts(clock())));
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);

const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const running = [worker.run(stop.signal), executor.run(stop.signal)];
await recover({ app, store, redact, clock, checkpoint, onAccepted: () => worker.wake() });
await Promise.all(running);
server.closeAllConnections();
server.close();
await store.close();
