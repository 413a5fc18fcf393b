import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Effect } from '../effect.ts';
import type { Store } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { itemRef } from '../testing/handler-world.ts';
import { createOperations } from './operations.ts';

const AT_MS = Date.parse('2026-03-02T10:00:00Z');
const MANY = 1_200;
let store: Store;

beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:', clock: () => AT_MS });
  const effect: Effect = { type: 'add-label', item: itemRef(), label: 'sig/runtime' };
  const effects = Array.from({ length: MANY }, (_, n) => ({ idempotencyKey: `key-${n}`, decisionId: 1, guid: 'g', effect }));
  await store.addEffects(effects, AT_MS);
  for (;;) {
    const leased = await store.leaseEffect({ nowMs: AT_MS, leaseMs: 1_000 });
    if (!leased) break;
    await store.settleEffect(leased.lease, { nowMs: AT_MS, state: 'done', result: { changed: true } });
  }
});
afterEach(() => store.close());

it('an undo of a time range also stops what is still on its way', async () => {
  const effect: Effect = { type: 'add-label', item: itemRef('issue', 8), label: 'sig/runtime' };
  await store.addEffects([{ idempotencyKey: 'late', decisionId: 2, guid: 'h', effect }], AT_MS);
  const from = '2026-03-02T09:00:00Z';
  expect(await undo({ from })).toMatchObject({ waiting: 1, stopped: 0 });
  expect((await store.counts(AT_MS)).outbox).toMatchObject({ pending: 1, withheld: 0 });
  expect(await undo({ from, apply: true })).toMatchObject({ waiting: 1, stopped: 1, added: MANY });
  expect((await store.counts(AT_MS)).outbox).toMatchObject({ pending: MANY, withheld: 1 });
  expect(await undo({ from, apply: true })).toMatchObject({ waiting: 0, stopped: 0, added: 0 });
});

function undo(request: { ids?: number[]; from?: string; apply?: boolean }) {
  const operations = createOperations({
    store,
    nowMs: () => AT_MS,
    policyReplay: () => Promise.reject(new Error('unused')),
    wake: () => {},
  });
  return operations.undo({ apply: false, ...request }) as Promise<{ effects: { takesBack: number }[] }>;
}

it('an undo of a time range takes everything back, however much that is', async () => {
  expect((await undo({ from: '2026-03-02T09:00:00Z' })).effects).toHaveLength(MANY);
});

it('an undo by id finds effects however old they are, and no others', async () => {
  expect((await undo({ ids: [1, MANY] })).effects.map(({ takesBack }) => takesBack)).toEqual([MANY, 1]);
});
