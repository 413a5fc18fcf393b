import type { Checkpoint } from '../checkpoint.ts';
import { type Clock, toRfc3339 } from '../clock.ts';
import type { DeliverySummary, GitHubApp } from '../github/port.ts';
import { ingest, type Redact } from '../intake/ingest.ts';
import type { Store } from '../store/port.ts';

/** How long GitHub keeps deliveries. @see https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
export const DELIVERY_WINDOW_MS = 3 * 24 * 60 * 60_000;
/** Looked at again each time: a delivery under way during the last sweep had no result yet. */
const OVERLAP_MS = 15 * 60_000;
export const SWEEP_CURSOR = 'sweep';

export type SweepOptions = {
  app: Pick<GitHubApp, 'listDeliveries' | 'getDelivery'>;
  store: Store;
  redact: Redact;
  clock: Clock;
  checkpoint?: Checkpoint;
};

export type SweepResult = {
  /** Attempts that GitHub listed. */
  listed: number;
  /** Deliveries that never reached us. */
  missed: number;
  accepted: number;
  /** Could not be fetched; the next sweep looks for them again. */
  failed: readonly { guid: string; error: unknown }[];
  /** Up to where deliveries are accounted for, RFC 3339: for `SWEEP_CURSOR` in the store, once the gap is closed too. */
  cursor: string;
  /** Set when the last sweep is further back than GitHub's window: what happened in between can only be seen on the items. */
  gap?: { fromMs: number; toMs: number };
};

/**
 * Finds deliveries that GitHub could not hand over (no attempt of the guid was answered 2xx, and the inbox does not have it) and
 * puts them into the inbox from here: GitHub never retries by itself, and no way in from outside is needed. Safe to run at any time
 * and in several processes: the guid decides. Throws what listing throws. Does not move the cursor: `recover` does, when all is done.
 */
export async function sweep(options: SweepOptions): Promise<SweepResult> {
  const { app, store, clock, checkpoint } = options;
  const nowMs = clock();
  const last = await store.getCursor(SWEEP_CURSOR);
  const windowStartMs = nowMs - DELIVERY_WINDOW_MS;
  const sinceMs = Math.max(windowStartMs, last === undefined ? 0 : Date.parse(last) - OVERLAP_MS);
  const listed = await listSince(app, sinceMs);
  await checkpoint?.('sweep/listed');
  const missed = await withoutKnown(store, undelivered(listed));
  const failed: { guid: string; error: unknown; deliveredAtMs: number }[] = [];
  let accepted = 0;
  for (const delivery of missed) {
    try {
      if ((await fetchInto(options, delivery)) === 'accepted') accepted += 1;
    } catch (error) {
      failed.push({ guid: delivery.guid, error, deliveredAtMs: Date.parse(delivery.deliveredAt) });
    }
  }
  const cursor = toRfc3339(Math.min(nowMs, ...failed.map(({ deliveredAtMs }) => deliveredAtMs)));
  const gap = last !== undefined && Date.parse(last) < windowStartMs ? { gap: { fromMs: Date.parse(last), toMs: windowStartMs } } : {};
  const failures = failed.map(({ guid, error }) => ({ guid, error }));
  return { listed: listed.length, missed: missed.length, accepted, failed: failures, cursor, ...gap };
}

/** Every listed attempt since then; pages come newest first. */
async function listSince(app: SweepOptions['app'], sinceMs: number): Promise<readonly DeliverySummary[]> {
  const found: DeliverySummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await app.listDeliveries(cursor);
    const recent = page.deliveries.filter((delivery) => Date.parse(delivery.deliveredAt) >= sinceMs);
    found.push(...recent);
    cursor = recent.length < page.deliveries.length ? undefined : page.next;
  } while (cursor !== undefined);
  return found;
}

/** One attempt of each guid that no attempt brought over, in the order in which they happened. Pure. */
export function undelivered(attempts: readonly DeliverySummary[]): readonly DeliverySummary[] {
  const delivered = new Set(attempts.filter(({ statusCode }) => statusCode >= 200 && statusCode < 300).map(({ guid }) => guid));
  const first = new Map<string, DeliverySummary>();
  for (const attempt of attempts) {
    if (delivered.has(attempt.guid)) continue;
    const other = first.get(attempt.guid);
    if (!other || Date.parse(attempt.deliveredAt) < Date.parse(other.deliveredAt)) first.set(attempt.guid, attempt);
  }
  return [...first.values()].sort((a, b) => Date.parse(a.deliveredAt) - Date.parse(b.deliveredAt) || a.id - b.id);
}

async function withoutKnown(store: Store, deliveries: readonly DeliverySummary[]): Promise<readonly DeliverySummary[]> {
  const known = await store.knownGuids(deliveries.map(({ guid }) => guid));
  return deliveries.filter(({ guid }) => !known.has(guid));
}

async function fetchInto({ app, store, redact, clock, checkpoint }: SweepOptions, summary: DeliverySummary) {
  const { guid, event, payload } = await app.getDelivery(summary.id);
  await checkpoint?.('sweep/fetched');
  const result = await ingest({ store, redact }, { guid, event, payload, source: 'sweep', receivedAtMs: clock() });
  await checkpoint?.('sweep/accepted');
  return result;
}
