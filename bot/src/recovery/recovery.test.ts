import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliverySummary } from '../github/port.ts';
import { normalise } from '../intake/normalise.ts';
import type { RepositoryRef } from '../item.ts';
import type { Store } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { MemoryGitHub } from '../testing/memory-github.ts';
import { recover } from './recovery.ts';
import { DELIVERY_WINDOW_MS, SWEEP_CURSOR, sweep, undelivered } from './sweep.ts';

const DAY_MS = 24 * 60 * 60_000;
const START = Date.parse('2026-01-05T09:00:00Z');
const repository: RepositoryRef = { installationId: 5, repositoryId: 50, owner: 'acme', name: 'app', private: false };
let store: Store;
let github: MemoryGitHub;
let nowMs: number;

beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:', clock: () => 0 });
  github = new MemoryGitHub();
  github.addRepository(repository);
  nowMs = START;
});
afterEach(() => store.close());

describe('the sweep', () => {
  it('fetches what never arrived, oldest first and redacted, and nothing else', async () => {
    listed('late', 502, 2_000);
    listed('early', 500, 3_000);
    listed('arrived', 202, 1_500);
    listed('known', 504, 1_000);
    await store.accept({ guid: 'known', event: 'issues', source: 'webhook', subject: 's', payload: {}, receivedAtMs: 0 });
    expect(await sweep(options())).toMatchObject({ listed: 4, missed: 2, accepted: 2, failed: [] });
    const stored = await store.deliveriesBetween({ fromMs: START, toMs: START + 1, limit: 9 });
    expect(stored.map(({ guid, source, payload }) => [guid, source, payload])).toEqual([
      ['early', 'sweep', { redacted: 'early' }],
      ['late', 'sweep', { redacted: 'late' }],
    ]);
    expect(github.calls.filter((call) => call === 'getDelivery')).toHaveLength(2);
  });

  it('takes a redelivery that got through as delivered', async () => {
    listed('g', 502, 3_000);
    listed('g', 202, 1_000);
    expect(await sweep(options())).toMatchObject({ listed: 2, missed: 0 });
  });

  it('reads page after page up to where it was last time, and no further', async () => {
    github.deliveriesPerPage = 10;
    for (let n = 0; n < 45; n += 1) listed(`old-${n}`, 202, DAY_MS + n);
    await recover(options());
    expect(github.calls.filter((call) => call === 'listDeliveries')).toHaveLength(5);
    github.calls.length = 0;
    nowMs += 600_000;
    for (let n = 0; n < 12; n += 1) listed(`new-${n}`, 500, 1_000 - n);
    expect((await recover(options())).sweep).toMatchObject({ listed: 12, accepted: 12 });
    expect(github.calls.filter((call) => call === 'listDeliveries')).toHaveLength(2);
  });

  it('comes back for a delivery that it could not fetch', async () => {
    listed('g', 502, 3_600_000);
    github.failNext({ method: 'getDelivery', when: 'before', code: 'UNAVAILABLE' });
    expect((await recover(options())).sweep.failed).toMatchObject([{ guid: 'g' }]);
    nowMs += 600_000;
    expect((await recover(options())).sweep).toMatchObject({ accepted: 1, failed: [] });
  });

  it('does nothing twice', async () => {
    listed('g', 502, 1_000);
    await recover(options());
    expect((await recover(options())).sweep).toMatchObject({ missed: 0, accepted: 0 });
  });
});

describe('undelivered', () => {
  it('does not depend on the order of the attempts, and never names a guid twice or a delivered one', () => {
    const attempt = fc.record({
      guid: fc.constantFrom('a', 'b', 'c', 'd'),
      statusCode: fc.constantFrom(202, 500, 504),
      minute: fc.nat(50),
    });
    fc.assert(
      fc.property(fc.array(attempt), fc.array(fc.nat()), (attempts, shuffle) => {
        const summaries = attempts.map(({ guid, statusCode, minute }, id) => summary(id, guid, statusCode, START - minute * 60_000));
        const found = undelivered(summaries).map(({ guid }) => guid);
        const delivered = new Set(attempts.filter(({ statusCode }) => statusCode === 202).map(({ guid }) => guid));
        expect(new Set(found)).toEqual(new Set(attempts.map(({ guid }) => guid).filter((guid) => !delivered.has(guid))));
        expect(new Set(found).size).toBe(found.length);
        const shuffled = summaries.toSorted((a, b) => (shuffle[a.id] ?? 0) - (shuffle[b.id] ?? 0));
        expect(new Set(undelivered(shuffled).map(({ guid }) => guid))).toEqual(new Set(found));
      }),
    );
  });
});

describe('reconcile', () => {
  beforeEach(() => store.putCursor(SWEEP_CURSOR, new Date(START - 10 * DAY_MS).toISOString()));

  it("puts items into the inbox that changed while nobody looked for longer than GitHub's window", async () => {
    issue(1, START - 12 * DAY_MS);
    issue(2, START - 5 * DAY_MS);
    const result = await recover(options());
    expect(result.sweep.gap).toEqual({ fromMs: START - 10 * DAY_MS, toMs: START - DELIVERY_WINDOW_MS });
    expect(result.reconciled).toEqual({ changed: 1, accepted: 1 });
    const [stored] = await store.deliveriesBetween({ fromMs: 0, toMs: START + 1, limit: 9 });
    expect(stored).toMatchObject({ event: 'schedule.reconcile', subject: 'repository/50/item/2', installationId: 5 });
    expect(stored && normalise(stored)).toMatchObject({ name: 'schedule.reconcile', item: { number: 2 }, snapshot: { title: 'title' } });
  });

  it('adds nothing for items that the bot saw in their present state', async () => {
    issue(2, START - 5 * DAY_MS);
    const ref = { repository, kind: 'issue' as const, number: 2, nodeId: 'I_2' };
    await store.accept({ guid: 'g', event: 'issues', source: 'webhook', subject: 's', payload: {}, receivedAtMs: 0 });
    const lease = await store.leaseDelivery({ nowMs, leaseMs: 1_000 });
    const outcome = {
      configSha: '',
      subject: 'repository/50/item/2',
      decisions: [],
      timeline: [],
      item: { ref, snapshot: await github.getItem(ref) },
    };
    await store.completeDelivery(lease!.lease, { nowMs, outcome });
    expect((await recover(options())).reconciled).toEqual({ changed: 1, accepted: 0 });
  });

  it('is done again when it was cut short, without adding anything twice', async () => {
    for (const number of [1, 2, 3]) issue(number, START - 5 * DAY_MS + number);
    github.failNext({ method: 'listChangedItems', when: 'before', code: 'UNAVAILABLE' });
    await expect(recover(options())).rejects.toThrow('listChangedItems');
    expect((await recover(options())).reconciled.accepted).toBe(3);
    expect((await recover(options())).sweep.gap).toBeUndefined();
    expect((await store.counts(nowMs)).deliveries.pending).toBe(3);
  });

  it.each([
    ['a suspended installation', 'listRepositories', 'FORBIDDEN'],
    ['a repository without issues', 'listChangedItems', 'NOT_FOUND'],
  ] as const)('passes over %s and comes to an end', async (_, method, code) => {
    const other = { ...repository, installationId: 6, repositoryId: 60 };
    github.addRepository(other);
    const number = 9;
    github.addItem({ repository: other, kind: 'issue', number, nodeId: 'I_9' }, { updatedAt: new Date(START - 5 * DAY_MS).toISOString() });
    github.failNext({ method, when: 'before', code });
    expect((await recover(options())).reconciled).toEqual({ changed: 1, accepted: 1 });
    expect((await recover(options())).sweep.gap).toBeUndefined();
  });

  it('stores no secret of a text that changed meanwhile', async () => {
    const updatedAt = new Date(START - 5 * DAY_MS).toISOString();
    github.addItem({ repository, kind: 'issue', number: 4, nodeId: 'I_4' }, { updatedAt, title: 'secret-one', body: 'secret-two' });
    await recover({ ...options(), redact: (value) => JSON.parse(JSON.stringify(value).replaceAll('secret-', '*******')) });
    const stored = await store.deliveriesBetween({ fromMs: 0, toMs: START + 1, limit: 9 });
    expect(JSON.stringify(stored)).toContain('*******one');
    expect(JSON.stringify(stored)).not.toContain('secret-');
  });

  it('does not look back at all on a first start', async () => {
    const fresh = await openSqliteStore({ path: ':memory:', clock: () => 0 });
    issue(1, START - 5 * DAY_MS);
    expect(await recover({ ...options(), store: fresh })).toMatchObject({ reconciled: { changed: 0 } });
    await fresh.close();
  });
});

it('forgets payloads after thirty days', async () => {
  await store.accept({ guid: 'g', event: 'ping', source: 'webhook', subject: 's', payload: {}, receivedAtMs: START - 31 * DAY_MS });
  const lease = await store.leaseDelivery({ nowMs, leaseMs: 1_000 });
  await store.completeDelivery(lease!.lease, { nowMs });
  expect(await recover(options())).toMatchObject({ expired: 1 });
});

function options() {
  const redact = (payload: unknown) => {
    const { guid } = payload as { guid?: string };
    return guid === undefined ? payload : { redacted: guid };
  };
  return { app: github, store, redact, clock: () => nowMs };
}

function summary(id: number, guid: string, statusCode: number, atMs: number): DeliverySummary {
  return { id, guid, statusCode, deliveredAt: new Date(atMs).toISOString(), event: 'issues', action: 'opened', redelivery: false };
}

function listed(guid: string, statusCode: number, ageMs: number): void {
  const delivery = { ...summary(github.deliveries.length + 1, guid, statusCode, nowMs - ageMs), payload: { guid } };
  github.deliveries = [...github.deliveries, delivery].sort((a, b) => Date.parse(b.deliveredAt) - Date.parse(a.deliveredAt));
}

function issue(number: number, updatedAtMs: number): void {
  github.addItem({ repository, kind: 'issue', number, nodeId: `I_${number}` }, { updatedAt: new Date(updatedAtMs).toISOString() });
}
