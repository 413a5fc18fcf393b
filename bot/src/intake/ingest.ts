import type { BotEvent } from '../event.ts';
import { subjectOf } from '../item.ts';
import type { DeliverySource, Store } from '../store/port.ts';
import { routeOf } from './route.ts';

/** Takes secrets out of a payload; what it returns is all that is ever stored. */
export type Redact = (payload: unknown) => unknown;

export type Arrival = { guid: string; event: string; payload: unknown; source: Exclude<DeliverySource, 'schedule'>; receivedAtMs: number };

/** The only way of a payload into the store, whether it came through the door or was fetched by the sweep: redacted, then durable. */
export function ingest({ store, redact }: { store: Store; redact: Redact }, arrival: Arrival): Promise<'accepted' | 'duplicate'> {
  const { guid, event, source, receivedAtMs, payload } = arrival;
  return store.accept({ guid, event, source, receivedAtMs, payload: redact(payload), ...routeOf(payload) });
}

/** Puts an event of our own (a schedule, a reconcile) into the same inbox: same order, same retries, once per guid. */
export function ingestEvent(store: Store, event: BotEvent, receivedAtMs: number): Promise<'accepted' | 'duplicate'> {
  const installationId = event.item?.repository.installationId ?? event.repository?.installationId ?? event.installationId;
  return store.accept({
    guid: event.guid,
    event: event.name,
    source: 'schedule',
    subject: subjectOf(event),
    receivedAtMs,
    payload: event,
    ...(installationId === undefined ? {} : { installationId }),
  });
}
