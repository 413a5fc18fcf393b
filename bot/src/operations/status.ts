import type { StoredDecision } from '../decision.ts';
import { fullName, type ItemRef, itemPath } from '../item.ts';
import { webUrlOf } from '../options.ts';
import type { DeadLetter, OutboxEntry, Store, StoreCounts, StoredInstallation } from '../store/port.ts';

const LATEST = 50;

/** What the status page shows and `/api/v1/status.json` answers. */
export type Status = {
  generatedAt: string;
  app: { id: number; login: string };
  /** API root of the GitHub the bot works with. */
  github: string;
  store: Store['dialect'];
  counts: StoreCounts;
  installations: readonly StoredInstallation[];
  /** Handlers that lack a permission in an installation. */
  degraded: readonly { installation: number; handler: string; missing: string }[];
  decisions: readonly StoredDecision[];
  effects: readonly OutboxEntry[];
  deadLetters: readonly DeadLetter[];
  slaBreaches: ReadonlyMap<string, number>;
  openItems: number;
  /** By subject: the items that decisions and effects are about, as far as they are known. */
  items: ReadonlyMap<string, NamedItem>;
};

/** An item as people know it. `name`: `acme/app#3`. */
export type NamedItem = { name: string; url: string; title: string };

export type StatusSources = {
  store: Store;
  app: Status['app'];
  github: string;
  degraded: () => Promise<Status['degraded']>;
  sla: () => Promise<{ breaches: ReadonlyMap<string, number>; openItems: number }>;
  nowMs: () => number;
};

/** One reading of everything; each part is bounded to the latest 50. */
export async function readStatus(sources: StatusSources): Promise<Status> {
  const nowMs = sources.nowMs();
  const { store } = sources;
  const [counts, installations, degraded, decisions, effects, deadLetters, sla] = await Promise.all([
    store.counts(nowMs),
    store.installations(),
    sources.degraded(),
    store.decisions({ limit: LATEST }),
    store.effects({ limit: LATEST }),
    store.deadLetters({ limit: LATEST }),
    sources.sla(),
  ]);
  const subjects = new Set([...decisions, ...effects].map(({ subject }) => subject));
  const items = await namedItems(store, [...subjects], webUrlOf(sources.github));
  return {
    generatedAt: new Date(nowMs).toISOString(),
    app: sources.app,
    github: sources.github,
    store: store.dialect,
    counts,
    installations,
    degraded,
    decisions,
    effects,
    deadLetters,
    slaBreaches: sla.breaches,
    openItems: sla.openItems,
    items,
  };
}

async function namedItems(store: Pick<Store, 'item'>, subjects: readonly string[], webUrl: string): Promise<Status['items']> {
  const found = await Promise.all(
    subjects.map(async (subject): Promise<[string, NamedItem][]> => {
      const item = await store.item(subject);
      return item ? [[subject, { ...linkTo(item.ref, webUrl), title: item.snapshot.title }]] : [];
    }),
  );
  return new Map(found.flat());
}

function linkTo(item: ItemRef, webUrl: string): { name: string; url: string } {
  return { name: `${fullName(item.repository)}#${item.number}`, url: `${webUrl}${itemPath(item)}` };
}

/** The machine-readable form: aggregates and health only, no texts of users, so that it may be scraped widely. */
export function statusJson(status: Status): Record<string, unknown> {
  return {
    generatedAt: status.generatedAt,
    app: status.app,
    store: status.store,
    deliveries: status.counts.deliveries,
    deliveryLagMs: status.counts.deliveryLagMs,
    outbox: status.counts.outbox,
    outboxLagMs: status.counts.outboxLagMs,
    decisions: status.counts.decisions,
    deadLetters: status.deadLetters.length,
    openItems: status.openItems,
    slaBreaches: Object.fromEntries(status.slaBreaches),
    degraded: status.degraded,
  };
}
