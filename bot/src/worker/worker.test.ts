import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Decider } from '../decision.ts';
import type { BotEvent } from '../event.ts';
import { GitHubError } from '../github/port.ts';
import { ingestEvent } from '../intake/ingest.ts';
import { subjectOf } from '../item.ts';
import type { Store } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { itemSnapshot } from '../testing/handler-world.ts';
import { createWorker, type WorkerOptions, type WorkerResult } from './worker.ts';

const MINUTE_MS = 60_000;
let store: Store;
let nowMs: number;
let results: WorkerResult[];
let decided: string[];

beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:', clock: () => 0 });
  nowMs = 1_000;
  results = [];
  decided = [];
});
afterEach(() => store.close());

describe('the worker', () => {
  it('decides each delivery once, in the order of its subject', async () => {
    for (let n = 0; n < 20; n += 1) await put(`g${n}`, n % 3);
    expect(await worker({}).drain()).toBe(20);
    expect(decided).toHaveLength(20);
    for (const subject of [0, 1, 2]) {
      const order = decided.map((guid) => Number(guid.slice(1))).filter((n) => n % 3 === subject);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }
  });

  it('tries again after a growing wait, and gives up to the dead letters', async () => {
    await put('g1');
    const failing = worker({ decide: () => Promise.reject(new Error('handler is broken')), maxAttempts: { failed: 3, unavailable: 9 } });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await failing.drain()).toBe(1);
      const before = nowMs;
      while (attempt < 2 && (await store.counts(nowMs)).deliveryLagMs === 0) nowMs += 100;
      waits.push(nowMs - before);
    }
    expect(results.map(({ kind }) => kind)).toEqual(['retried', 'retried', 'buried']);
    expect(waits[1]).toBeGreaterThan(waits[0] ?? 0);
    expect(await store.deadLetters({ limit: 1 })).toMatchObject([{ guid: 'g1', error: 'handler is broken', attempts: 3 }]);
    expect(await worker({}).drain()).toBe(0);
    await store.replayDeadLetters({ nowMs });
    expect(await worker({}).drain()).toBe(1);
    expect(decided).toEqual(['g1']);
  });

  it.each([
    ['is away', 'UNAVAILABLE'],
    ["refuses the App's key", 'UNAUTHORIZED'],
  ] as const)('is patient while GitHub %s', async (_, code) => {
    await put('g1');
    const away = worker({
      decide: () => Promise.reject(new GitHubError(code, 'not now', { status: 502 })),
      maxAttempts: { failed: 1, unavailable: 3 },
    });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await away.drain();
      nowMs += 60 * MINUTE_MS;
    }
    expect(results.map(({ kind }) => kind)).toEqual(['retried', 'retried', 'buried']);
  });

  it('pauses the whole installation on a rate limit, without counting the attempt', async () => {
    await put('g1', 1);
    await put('g2', 2);
    let limited = true;
    const polite = worker({
      concurrency: 1,
      decide: async (event) => {
        if (limited) throw new GitHubError('RATE_LIMITED', 'slow down', { status: 429, retryAfterMs: 5 * MINUTE_MS });
        return outcomeOf(event);
      },
    });
    expect(await polite.drain()).toBe(1);
    limited = false;
    nowMs += 5 * MINUTE_MS - 1;
    expect(await polite.drain()).toBe(0);
    nowMs += 1;
    expect(await polite.drain()).toBe(2);
    expect(results.map(({ kind, attempts }) => [kind, attempts])).toEqual([
      ['paused', 1],
      ['decided', 1],
      ['decided', 1],
    ]);
  });

  it('buries a malformed payload at once, saying what is wrong, and decides what follows', async () => {
    const subject = 'repository/1/item/1';
    const broken = { guid: 'g1', event: 'issues', source: 'webhook' as const, subject, payload: { issue: 5 }, receivedAtMs: 0 };
    await store.accept(broken);
    await put('g2', 1);
    expect(await worker({}).drain()).toBe(2);
    expect(await store.deadLetters({ limit: 9 })).toMatchObject([{ guid: 'g1', error: expect.stringContaining('issues payload') }]);
    expect(decided).toEqual(['g2']);
  });

  it('ends deliveries that nobody reads without deciding', async () => {
    await store.accept({ guid: 'p', event: 'ping', source: 'webhook', subject: 'installation/0', payload: { zen: '' }, receivedAtMs: 0 });
    await worker({}).drain();
    expect(results).toMatchObject([{ kind: 'ignored' }]);
    expect(decided).toEqual([]);
  });

  it('buries a delivery that took the process down again and again', async () => {
    await put('g1');
    for (let crash = 0; crash < 3; crash += 1) {
      await store.leaseDelivery({ nowMs, leaseMs: 1 });
      nowMs += 1;
    }
    await worker({ maxAttempts: { failed: 2, unavailable: 3 } }).drain();
    expect(results).toMatchObject([{ kind: 'buried', attempts: 4 }]);
    expect(decided).toEqual([]);
  });

  it('drops the result of a decision that outlived its lease', async () => {
    await put('g1');
    const slow = worker({
      leaseMs: 10,
      decide: async (event) => {
        nowMs += 10;
        const other = await store.leaseDelivery({ nowMs, leaseMs: 1e9 });
        expect(other?.guid).toBe('g1');
        return outcomeOf(event);
      },
    });
    await slow.drain();
    expect(results).toMatchObject([{ kind: 'lost' }]);
    expect((await store.counts(nowMs)).deliveries.done).toBe(0);
  });

  it('finishes what it leased when it is stopped', async () => {
    for (let n = 0; n < 5; n += 1) await put(`g${n}`, n);
    const stop = new AbortController();
    const stopping = worker({
      concurrency: 2,
      decide: async (event) => {
        stop.abort();
        return outcomeOf(event);
      },
    });
    await stopping.run(stop.signal);
    expect((await store.counts(nowMs)).deliveries).toEqual({ pending: 3, done: 2, dead: 0 });
    expect(await worker({}).drain()).toBe(3);
  });

  it('gives leases back when there is no time to finish', async () => {
    await put('g1');
    const stop = new AbortController();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const hanging = worker({
      decide: async (event) => {
        begin();
        await released;
        return outcomeOf(event);
      },
    });
    const running = hanging.run(stop.signal);
    await begun;
    stop.abort();
    await hanging.returnLeases();
    const next = await store.leaseDelivery({ nowMs, leaseMs: 1e9 });
    expect(next).toMatchObject({ guid: 'g1', attempts: 1 });
    release();
    await running;
    expect(results).toMatchObject([{ kind: 'lost' }]);
  });

  it('buries a delivery whose outcome cannot be stored, and goes on', async () => {
    await put('g1', 1);
    await put('g2', 2);
    const timeline = [{ at: 'no time at all', type: 'opened' as const, actor: { login: 'r', id: 1, role: 'author' as const } }];
    const broken = worker({
      maxAttempts: { failed: 1, unavailable: 1 },
      decide: async (event) => ({ ...outcomeOf(event), timeline: event.guid === 'g1' ? timeline : [] }),
    });
    expect(await broken.drain()).toBe(2);
    expect((await store.counts(nowMs)).deliveries).toEqual({ pending: 0, done: 1, dead: 1 });
  });

  it('throws when the store itself is down', async () => {
    await put('g1');
    const down = () => Promise.reject(new Error('connection refused'));
    const lost = worker({ store: { ...store, completeDelivery: down, retryDelivery: down } });
    await expect(lost.drain()).rejects.toThrow('connection refused');
  });

  it('deletes all of an installation when GitHub says it is gone', async () => {
    await put('g1', 1);
    await worker({}).drain();
    await ingestEvent(store, { guid: 'bye', name: 'installation.deleted', at: '2026-01-05T09:00:00Z', installationId: 5 }, nowMs);
    await worker({}).drain();
    const left = await store.deliveriesBetween({ fromMs: 0, toMs: 1e15, limit: 9 });
    expect(left.map(({ guid }) => guid)).toEqual(['bye']);
  });

  it('deletes all of a repository that the App was taken off, and nothing of others', async () => {
    const other = { ...repository, repositoryId: 11, name: 'other' };
    await put('g1', 1);
    await put('g2', 2, other);
    await worker({ decide: async (event) => withItem(event) }).drain();
    const at = '2026-01-05T09:00:00Z';
    const name = 'installation_repositories.removed';
    await ingestEvent(store, { guid: 'off', name, at, installationId: 5, repositories: [repository] }, nowMs);
    await worker({}).drain();
    expect((await store.items()).map(({ item }) => item.repository.name)).toEqual(['other']);
    const left = await store.deliveriesBetween({ fromMs: 0, toMs: 1e15, limit: 9 });
    expect(left.map(({ guid }) => guid)).toEqual(['g2', 'off']);
  });

  it('files items under a repository as it is now, so that one made private leaves the feeds', async () => {
    await put('g1', 1);
    await worker({ decide: async (event) => withItem(event) }).drain();
    const now = { ...repository, name: 'renamed', private: true };
    await ingestEvent(store, { guid: 'p', name: 'repository.privatized', at: '2026-01-05T09:00:00Z', repository: now }, nowMs);
    await worker({}).drain();
    expect((await store.items()).map(({ item }) => item.repository)).toEqual([now]);
  });
});

const repository = { installationId: 5, repositoryId: 1, owner: 'acme', name: 'app', private: false };

function withItem(event: BotEvent) {
  const ref = event.item!;
  return { ...outcomeOf(event), item: { ref, snapshot: itemSnapshot() } };
}

function worker(options: Partial<WorkerOptions>) {
  const decide: Decider = async (event) => {
    decided.push(event.guid);
    return outcomeOf(event);
  };
  return createWorker({ store, decide, clock: () => nowMs, random: () => 0.5, onResult: (result) => results.push(result), ...options });
}

function outcomeOf(event: BotEvent) {
  return { configSha: 'default', decisions: [], timeline: [], subject: subjectOf(event) };
}

async function put(guid: string, number = 1, of = repository): Promise<void> {
  const item = { repository: of, kind: 'issue' as const, number, nodeId: `I_${number}` };
  await ingestEvent(store, { guid, name: 'schedule.test', at: '2026-01-05T09:00:00Z', item, repository: of, installationId: 5 }, nowMs);
}
