import type { Catalog } from '@sig-runtime/playbooks/catalog';
import { itemClock } from '../sla/clock.ts';
import { feedOf } from '../sla/feed.ts';
import type { SlaFeed } from '../sla/feed-schema.ts';
import { calendarOf, policyOf } from '../sla/from-catalog.ts';
import type { Store } from '../store/port.ts';

export type SlaView = {
  /** Aggregates over public repositories, for the site. */
  feed(): Promise<SlaFeed>;
  /** Open items whose clock has run out, by target; `clocks` counts every clock that was ever started. */
  state(): Promise<{ breaches: ReadonlyMap<string, number>; openItems: number; clocks: number }>;
};

/** Reads the stored timelines through the policy and the calendar of the catalogue. */
export function createSlaView(catalog: Catalog, store: Pick<Store, 'items'>, nowMs: () => number): SlaView {
  const calendar = calendarOf(catalog.calendar);
  const policy = policyOf(catalog.sla, calendar);
  return {
    feed: async () => feedOf({ items: await store.items(), policy, calendar, now: new Date(nowMs()).toISOString() }),
    state: async () => {
      const items = await store.items();
      const now = new Date(nowMs()).toISOString();
      const clocks = items.flatMap(({ item, timeline, open }) =>
        itemClock({ kind: item.kind, timeline, policy, calendar, now }).targets.map((clock) => ({ ...clock, open })),
      );
      const breaches = new Map<string, number>(policy.targets.map(({ id }) => [id, 0]));
      for (const { target, state, open } of clocks) if (open && state === 'breached') breaches.set(target, (breaches.get(target) ?? 0) + 1);
      const started = clocks.filter(({ startedAt }) => startedAt !== undefined);
      return { breaches, openItems: items.filter(({ open }) => open).length, clocks: started.length };
    },
  };
}
