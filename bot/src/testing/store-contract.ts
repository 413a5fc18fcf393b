import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../decision.ts';
import { subjectOf } from '../item.ts';
import type { Store } from '../store/port.ts';
import { comment, delivery, item, label, outcome, snapshot, T } from './store-examples.ts';

const LEASE = { nowMs: T, leaseMs: 1_000 };

/** What every adapter of the store must do; run once per engine. `open` gives a store over a new, empty database. */
export function describeStore(engine: string, open: () => Promise<Store>): void {
  describe(`store on ${engine}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    describe('inbox', () => inboxContract(() => store));
    describe('outbox', () => outboxContract(() => store));
    describe('ledger', () => ledgerContract(() => store));
    describe('settings and upkeep', () => upkeepContract(() => store));
  });
}

function inboxContract(current: () => Store): void {
  it('accepts a guid once, also when ten arrive at the same time', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, () => current().accept(delivery('g'))));
    expect(results.filter((result) => result === 'accepted')).toHaveLength(1);
    expect((await current().counts(T)).deliveries).toEqual({ pending: 1, done: 0, dead: 0 });
  });

  it('stores the others when one of several at the same time cannot be stored', async () => {
    const together = [delivery('g1'), { ...delivery('g2'), payload: undefined }, delivery('g3')].map((one) => current().accept(one));
    expect((await Promise.allSettled(together)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await current().knownGuids(['g1', 'g2', 'g3'])).toEqual(new Set(['g1', 'g3']));
  });

  it('gives back a payload as it came in, with NUL, emoji and half a surrogate', async () => {
    const payload = { text: 'a\u0000b 🙂 \ud800', list: [1, null, { deep: true }] };
    await current().accept({ ...delivery('g'), payload });
    expect((await current().leaseDelivery(LEASE))?.payload).toEqual(payload);
  });

  it('leases one delivery per subject, oldest first, and other subjects beside it', async () => {
    for (const [guid, subject] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
    ] as const)
      await current().accept(delivery(guid, subject));
    const first = await must(current().leaseDelivery(LEASE));
    const second = await must(current().leaseDelivery(LEASE));
    expect([first.guid, second.guid]).toEqual(['a1', 'b1']);
    expect(await current().leaseDelivery(LEASE)).toBeUndefined();
    await current().completeDelivery(first.lease, { nowMs: T });
    expect((await current().leaseDelivery(LEASE))?.guid).toBe('a2');
  });

  it('never hands one subject to two of many concurrent takers', async () => {
    for (let n = 0; n < 12; n += 1) await current().accept(delivery(`g${n}`, `s${n % 3}`));
    const taken = await Promise.all(Array.from({ length: 12 }, () => current().leaseDelivery(LEASE)));
    const subjects = taken.flatMap((lease) => (lease ? [lease.subject] : []));
    expect(new Set(subjects).size).toBe(subjects.length);
    expect(subjects.length).toBeGreaterThan(0);
  });

  it('holds the subject back while its oldest delivery waits for a retry', async () => {
    await current().accept(delivery('a1', 'a'));
    await current().accept(delivery('a2', 'a'));
    const first = await must(current().leaseDelivery(LEASE));
    await current().retryDelivery(first.lease, { runAtMs: T + 500, error: 'no luck' });
    expect(await current().leaseDelivery({ ...LEASE, nowMs: T + 499 })).toBeUndefined();
    expect(await current().leaseDelivery({ ...LEASE, nowMs: T + 500 })).toMatchObject({ guid: 'a1', attempts: 2 });
  });

  it('hands a delivery on when its lease ran out, and refuses the late result', async () => {
    await current().accept(delivery('a1'));
    const slow = await must(current().leaseDelivery(LEASE));
    const next = await must(current().leaseDelivery({ ...LEASE, nowMs: T + 1_000 }));
    expect(next).toMatchObject({ guid: 'a1', attempts: 2 });
    await expect(current().completeDelivery(slow.lease, { nowMs: T, outcome: outcome(1) })).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect((await current().history(subjectOf({ item: item(1) }))).decisions).toEqual([]);
    await current().completeDelivery(next.lease, { nowMs: T });
  });

  it('does not count an attempt that was given back', async () => {
    await current().accept(delivery('a1'));
    const lease = await must(current().leaseDelivery(LEASE));
    await current().returnDelivery(lease.lease);
    expect((await current().leaseDelivery(LEASE))?.attempts).toBe(1);
  });

  it('goes on with a subject past a dead letter, and replays that one first when asked', async () => {
    for (const guid of ['a1', 'a2', 'a3']) await current().accept(delivery(guid, 'a'));
    const first = await must(current().leaseDelivery(LEASE));
    await current().buryDelivery(first.lease, { nowMs: T + 1, error: 'unreadable' });
    const second = await must(current().leaseDelivery(LEASE));
    expect(second.guid).toBe('a2');
    expect(await current().deadLetters({ limit: 10 })).toMatchObject([
      { guid: 'a1', error: 'unreadable', attempts: 1, diedAtMs: T + 1, expired: false },
    ]);
    expect(await current().replayDeadLetters({ nowMs: T, guids: ['a1', 'unknown'] })).toBe(1);
    await current().accept(delivery('b1', 'b'));
    expect((await current().leaseDelivery(LEASE))?.guid).toBe('b1');
    expect(await current().leaseDelivery(LEASE)).toBeUndefined();
    await current().completeDelivery(second.lease, { nowMs: T });
    expect(await current().leaseDelivery(LEASE)).toMatchObject({ guid: 'a1', attempts: 1 });
  });

  it('knows guids, a thousand at a time', async () => {
    await current().accept(delivery('here'));
    const many = Array.from({ length: 1_000 }, (_, n) => `other-${n}`);
    expect(await current().knownGuids([...many, 'here'])).toEqual(new Set(['here']));
  });

  it('leases nothing of a paused installation until the pause is over, and never shortens a pause', async () => {
    await current().accept({ ...delivery('a', 'a'), installationId: 5 });
    await current().accept({ ...delivery('b', 'b'), installationId: 6 });
    await current().pauseInstallation(5, T + 100);
    await current().pauseInstallation(5, T + 50);
    expect((await current().leaseDelivery(LEASE))?.guid).toBe('b');
    expect(await current().leaseDelivery({ ...LEASE, nowMs: T + 99 })).toBeUndefined();
    expect((await current().leaseDelivery({ ...LEASE, nowMs: T + 100 }))?.guid).toBe('a');
  });
}

function outboxContract(current: () => Store): void {
  it('writes outcome and end of the delivery together, with a key per effect', async () => {
    await decided(current(), 'g', outcome(1, [label('x'), label('y')]));
    const effects = await current().effects({ limit: 10 });
    expect(effects.map(({ idempotencyKey, state }) => [idempotencyKey, state])).toEqual([
      ['g/label/1', 'pending'],
      ['g/label/0', 'pending'],
    ]);
    expect((await current().counts(T)).deliveries).toEqual({ pending: 0, done: 1, dead: 0 });
  });

  it('performs the effects of one target in order, a failed one holding nothing back', async () => {
    await decided(current(), 'g', outcome(1, [label('x'), label('y')]));
    await decided(current(), 'h', outcome(2, [label('z')]));
    const first = await must(current().leaseEffect(LEASE));
    const other = await must(current().leaseEffect(LEASE));
    expect([first.idempotencyKey, other.idempotencyKey]).toEqual(['g/label/0', 'h/label/0']);
    expect(await current().leaseEffect(LEASE)).toBeUndefined();
    await current().settleEffect(first.lease, { nowMs: T, state: 'failed', error: 'NOT_FOUND: gone' });
    expect((await current().leaseEffect(LEASE))?.idempotencyKey).toBe('g/label/1');
    expect((await current().effects({ limit: 10, states: ['failed'] }))[0]).toMatchObject({ error: 'NOT_FOUND: gone' });
  });

  it('never leases withheld effects, and performs them once promoted', async () => {
    await decided(current(), 'g', outcome(1, [{ effect: label('x').effect, state: 'withheld', because: 'dry run' }]));
    expect(await current().leaseEffect(LEASE)).toBeUndefined();
    const withheld = await must(
      current()
        .effects({ limit: 10, states: ['withheld'], repositoryId: 50, fromMs: T, toMs: T + 1 })
        .then(([one]) => one),
    );
    expect(withheld).toMatchObject({ because: 'dry run', state: 'withheld' });
    expect(await current().promoteEffects([withheld.id], T)).toBe(1);
    expect(await current().leaseEffect(LEASE)).toMatchObject({ effect: label('x').effect, attempts: 1 });
  });

  it('keeps the note of what an interrupted attempt was about to change', async () => {
    await decided(current(), 'g', outcome(1, [label('x')]));
    const first = await must(current().leaseEffect(LEASE));
    await current().noteEffect(first.lease, { changed: true, previousBody: 'before' });
    const second = await must(current().leaseEffect({ ...LEASE, nowMs: T + 1_000 }));
    expect(second.noted).toEqual({ changed: true, previousBody: 'before' });
    await expect(current().noteEffect(first.lease, { changed: false })).rejects.toMatchObject({ code: 'LEASE_LOST' });
  });

  it('marks an effect undone when its inverse is done', async () => {
    await decided(current(), 'g', outcome(1, [label('x')]));
    const done = await must(current().leaseEffect(LEASE));
    await current().settleEffect(done.lease, { nowMs: T, state: 'done', result: { changed: true } });
    const inverse = { idempotencyKey: 'undo/1', decisionId: 1, guid: 'g', effect: label('x').effect, inverseOf: done.lease.id };
    expect(await current().addEffects([inverse], T)).toBe(1);
    expect(await current().addEffects([inverse], T)).toBe(0);
    const undo = await must(current().leaseEffect(LEASE));
    expect(undo.inverseOf).toBe(done.lease.id);
    await current().settleEffect(undo.lease, { nowMs: T, state: 'done', result: { changed: true } });
    expect((await current().counts(T)).outbox).toEqual({ pending: 0, done: 1, withheld: 0, failed: 0, undone: 1 });
  });

  it('counts new comments of the last hour, not edits and not other repositories', async () => {
    await decided(current(), 'g', outcome(1, [comment(), comment()]));
    const first = await must(current().leaseEffect(LEASE));
    await current().settleEffect(first.lease, { nowMs: T, state: 'done', result: { changed: true, commentId: 1 } });
    const second = await must(current().leaseEffect(LEASE));
    await current().settleEffect(second.lease, { nowMs: T, state: 'done', result: { changed: true, commentId: 1, previousBody: 'old' } });
    expect(await current().commentsSince(50, T)).toBe(1);
    expect(await current().commentsSince(50, T + 1)).toBe(0);
    expect(await current().commentsSince(51, T)).toBe(0);
  });

  it('counts comments that are still on their way, so that a burst cannot outrun the noise budget', async () => {
    await decided(current(), 'g', outcome(1, [comment()]));
    await decided(current(), 'h', outcome(2, [comment()]));
    expect(await current().commentsSince(50, T)).toBe(2);
    expect(await current().commentsSince(51, T)).toBe(0);
  });
}

function ledgerContract(current: () => Store): void {
  it('tells the history of an item: decisions, effects, memos, and the timeline by time and then by arrival', async () => {
    const full: Outcome = {
      ...outcome(1, [label('x')]),
      timeline: [
        { at: '2026-01-05T08:00:00Z', type: 'opened', actor: { login: 'r', id: 1, role: 'author' } },
        { at: '2026-01-05T07:00:00Z', type: 'labeled', actor: { login: 'm', id: 2, role: 'maintainer' }, label: 'x' },
      ],
    };
    await decided(current(), 'g', full);
    const history = await current().history(full.subject);
    expect(history.decisions).toMatchObject([
      { guid: 'g', handler: 'label', because: 'the path says so', confidence: 0.5, configSha: 'c0ffee' },
    ]);
    expect(history.decisions[0]).toMatchObject({ evidence: [{ text: 'x', source: 'path', rule: 'r' }], at: new Date(T).toISOString() });
    expect(history.effects).toMatchObject([{ guid: 'g', state: 'pending', decisionId: history.decisions[0]?.id, effect: { label: 'x' } }]);
    expect(history.memos).toEqual([{ type: 'asked', fields: ['version'], at: new Date(T).toISOString() }]);
    expect(history.timeline.map(({ type }) => type)).toEqual(['labeled', 'opened']);
    expect((await current().history('repository/50/item/99')).decisions).toEqual([]);
  });

  it('takes text that PostgreSQL would refuse', async () => {
    const reached = outcome(1, [label('x')]);
    const hostile = reached.decisions.map((decision) => ({ ...decision, because: 'a\u0000b' }));
    await decided(current(), 'g', { ...reached, decisions: hostile });
    expect((await current().decisions({ limit: 1 }))[0]?.because).toBe('a\ufffdb');
    const lease = await must(current().leaseEffect(LEASE));
    await current().settleEffect(lease.lease, { nowMs: T, state: 'failed', error: 'x\u0000' });
    await current().putConfiguration('repository/50', { sha: 's', source: 's', text: '\u0000', storedAtMs: T });
    expect((await current().getConfiguration('repository/50'))?.text).toBe('\ufffd');
  });

  it('lists open items of one repository or of all, with their timelines', async () => {
    await decided(current(), 'g', { ...outcome(1), item: { ref: item(1), snapshot: snapshot() } });
    await decided(current(), 'h', { ...outcome(2), item: { ref: item(2), snapshot: snapshot() } });
    await decided(current(), 'i', { ...outcome(2), item: { ref: item(2), snapshot: { ...snapshot(), state: 'closed' } } });
    expect(await current().openItems(50)).toMatchObject([{ item: { number: 1 }, title: 'title', labels: ['kind/bug'], timeline: [] }]);
    expect(await current().openItems(51)).toEqual([]);
    expect(await current().openItems()).toHaveLength(1);
    expect(await current().item(outcome(2).subject)).toMatchObject({ snapshot: { state: 'closed' }, seenAtMs: T });
  });

  it('lists decisions newest first, by subject and in pages', async () => {
    for (const number of [1, 2, 1]) await decided(current(), `g${number}-${Math.random()}`, outcome(number));
    const all = await current().decisions({ limit: 2 });
    expect(all).toHaveLength(2);
    const [newest = 0, older = 0] = all.map(({ id }) => id);
    expect(newest).toBeGreaterThan(older);
    expect(await current().decisions({ limit: 9, beforeId: older })).toHaveLength(1);
    expect(await current().decisions({ limit: 9, subject: outcome(1).subject, handler: 'label' })).toHaveLength(2);
    expect((await current().counts(T)).decisions).toEqual([{ handler: 'label', verdict: 'act', count: 3 }]);
  });

  it('hands out stored deliveries of a time range in the order of arrival, in pages', async () => {
    for (let n = 0; n < 5; n += 1) await current().accept({ ...delivery(`g${n}`), receivedAtMs: T + n });
    const page = await current().deliveriesBetween({ fromMs: T + 1, toMs: T + 4, limit: 2 });
    expect(page.map(({ guid, payload }) => [guid, payload])).toEqual([
      ['g1', { hello: 'g1' }],
      ['g2', { hello: 'g2' }],
    ]);
    const rest = await current().deliveriesBetween({ fromMs: T + 1, toMs: T + 4, limit: 2, afterId: page[1]?.id ?? 0 });
    expect(rest.map(({ guid }) => guid)).toEqual(['g3']);
  });
}

function upkeepContract(current: () => Store): void {
  it('keeps the last good configuration, cursors and installations', async () => {
    const configuration = { sha: 'a', source: 'acme/app', text: 'labels: {}\n', storedAtMs: T };
    await current().putConfiguration('repository/50', configuration);
    await current().putConfiguration('repository/50', { ...configuration, sha: 'b', installationId: 5 });
    expect(await current().getConfiguration('repository/50')).toEqual({ ...configuration, sha: 'b', installationId: 5 });
    expect(await current().getConfiguration('repository/51')).toBeUndefined();
    await current().putCursor('c', '1');
    await current().putCursor('c', '2');
    expect(await current().getCursor('c')).toBe('2');
    await current().putInstallation({ id: 5, account: 'acme', permissions: { issues: 'write' }, updatedAtMs: T });
    expect(await current().installations()).toEqual([{ id: 5, account: 'acme', permissions: { issues: 'write' }, updatedAtMs: T }]);
  });

  it('reports the age of the oldest work that is due', async () => {
    await current().accept(delivery('g'));
    expect(await current().counts(T + 700)).toMatchObject({ deliveryLagMs: 700, outboxLagMs: 0 });
  });

  it('forgets payloads of finished deliveries only, and still knows their guids', async () => {
    await current().accept(delivery('done', 'a'));
    await current().accept(delivery('waiting', 'b'));
    const lease = await must(current().leaseDelivery(LEASE));
    await current().completeDelivery(lease.lease, { nowMs: T });
    expect(await current().expirePayloads(T)).toBe(0);
    expect(await current().expirePayloads(T + 1)).toBe(1);
    expect(await current().accept(delivery('done', 'a'))).toBe('duplicate');
    const stored = await current().deliveriesBetween({ fromMs: 0, toMs: T + 1, limit: 9 });
    expect(stored.map(({ guid, payload }) => [guid, payload])).toEqual([
      ['done', undefined],
      ['waiting', { hello: 'waiting' }],
    ]);
  });

  it('does not replay a dead letter whose payload is gone', async () => {
    await current().accept(delivery('g'));
    const lease = await must(current().leaseDelivery(LEASE));
    await current().buryDelivery(lease.lease, { nowMs: T, error: 'x' });
    await current().expirePayloads(T + 1);
    expect(await current().replayDeadLetters({ nowMs: T })).toBe(0);
    expect(await current().deadLetters({ limit: 9 })).toMatchObject([{ guid: 'g', expired: true }]);
  });

  it('purges an installation with the delivery that says so, keeps others, and still refuses the duplicate', async () => {
    await current().putInstallation({ id: 5, account: 'acme', permissions: {}, updatedAtMs: T });
    await current().putConfiguration('repository/50', { sha: 'a', source: 's', text: 't', installationId: 5, storedAtMs: T });
    await decided(current(), 'g', { ...outcome(1, [label('x')]), item: { ref: item(1), snapshot: snapshot() } });
    await current().accept({ ...delivery('other', 'o'), installationId: 6 });
    await current().accept({ ...delivery('bye', 'installation/5'), installationId: 5 });
    await finish(current(), 'other');
    const lease = await must(current().leaseDelivery(LEASE));
    await current().completeDelivery(lease.lease, { nowMs: T, purgeInstallationId: 5 });
    const { decisions, effects, memos, timeline } = await current().history(outcome(1).subject);
    expect([decisions, effects, memos, timeline]).toEqual([[], [], [], []]);
    expect(await current().installations()).toEqual([]);
    expect(await current().openItems()).toEqual([]);
    expect(await current().getConfiguration('repository/50')).toBeUndefined();
    expect(await current().accept({ ...delivery('bye', 'installation/5'), installationId: 5 })).toBe('duplicate');
    const left = await current().deliveriesBetween({ fromMs: 0, toMs: T + 1, limit: 9 });
    expect(left.map(({ guid, payload }) => [guid, payload])).toEqual([
      ['other', { hello: 'other' }],
      ['bye', undefined],
    ]);
  });

  it('purges a repository with all its items and nothing of one whose number begins alike', async () => {
    await current().putConfiguration('repository/50', { sha: 'a', source: 's', text: 't', installationId: 5, storedAtMs: T });
    await decided(current(), 'g', { ...outcome(1, [label('x')]), item: { ref: item(1), snapshot: snapshot() } });
    await current().accept(delivery('alike', 'repository/500/item/1'));
    await finish(current(), 'alike');
    await current().accept(delivery('bye', 'repository/50'));
    const lease = await must(current().leaseDelivery(LEASE));
    await current().completeDelivery(lease.lease, { nowMs: T, purgeRepositoryIds: [50] });
    const { decisions, effects, memos, timeline } = await current().history(outcome(1).subject);
    expect([decisions, effects, memos, timeline, await current().items()]).toEqual([[], [], [], [], []]);
    expect(await current().getConfiguration('repository/50')).toBeUndefined();
    const left = await current().deliveriesBetween({ fromMs: 0, toMs: T + 1, limit: 9 });
    expect(left.map(({ guid, payload }) => [guid, payload === undefined])).toEqual([
      ['alike', false],
      ['bye', true],
    ]);
  });

  it('files known items under their repository as it is now', async () => {
    await decided(current(), 'g', { ...outcome(1), item: { ref: item(1), snapshot: snapshot() } });
    const moved = { ...item(1).repository, owner: 'beta', private: true, installationId: 6 };
    await current().accept(delivery('moved', 'repository/50'));
    const lease = await must(current().leaseDelivery(LEASE));
    await current().completeDelivery(lease.lease, { nowMs: T, repository: moved });
    expect((await current().items()).map((known) => known.item.repository)).toEqual([moved]);
  });

  it('withholds effects that wait, and leaves alone what is being performed', async () => {
    await decided(current(), 'g', outcome(1, [label('x'), label('y')]));
    const held = await must(current().leaseEffect(LEASE));
    const ids = (await current().effects({ limit: 9 })).map(({ id }) => id);
    expect(await current().withholdEffects(ids, { nowMs: T, because: 'b' })).toBe(1);
    await current().settleEffect(held.lease, { nowMs: T, state: 'done', result: { changed: true } });
    expect((await current().counts(T)).outbox).toMatchObject({ pending: 0, done: 1, withheld: 1 });
  });
}

async function must<Value>(value: Promise<Value | undefined>): Promise<Value> {
  const got = await value;
  if (got === undefined) throw new Error('expected a value, got undefined');
  return got;
}

/** A delivery that was accepted, leased and completed with this outcome. */
async function decided(store: Store, guid: string, reached: Outcome): Promise<void> {
  await store.accept({ ...delivery(guid, reached.subject), installationId: 5 });
  const lease = await must(store.leaseDelivery(LEASE));
  await store.completeDelivery(lease.lease, { nowMs: T, outcome: reached });
}

async function finish(store: Store, guid: string): Promise<void> {
  const lease = await must(store.leaseDelivery(LEASE));
  expect(lease?.guid).toBe(guid);
  await store.completeDelivery(lease.lease, { nowMs: T });
}
