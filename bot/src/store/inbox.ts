import type { Kysely, Selectable, Transaction } from 'kysely';
import type { DeadLetter, DeliverySource, DeliveryState, Lease, LeasedDelivery, NewDelivery, StoredDelivery } from './port.ts';
import type { Database, InboxTable } from './schema.ts';

type Row = Selectable<InboxTable>;

/** One delivery in a transaction of its own. */
export function acceptAlone(db: Kysely<Database>, delivery: NewDelivery): Promise<'accepted' | 'duplicate'> {
  return db.transaction().execute((trx) => accept(trx, delivery));
}

export async function accept(trx: Transaction<Database>, delivery: NewDelivery): Promise<'accepted' | 'duplicate'> {
  const inserted = await trx
    .insertInto('inbox')
    .values({
      guid: delivery.guid,
      event: delivery.event,
      source: delivery.source,
      subject: delivery.subject,
      installation_id: delivery.installationId ?? null,
      received_at_ms: delivery.receivedAtMs,
      run_at_ms: delivery.receivedAtMs,
    })
    .onConflict((conflict) => conflict.column('guid').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) return 'duplicate';
  await trx
    .insertInto('payloads')
    .values({ delivery_id: inserted.id, payload: JSON.stringify(delivery.payload) })
    .execute();
  return 'accepted';
}

/** Rows of the inbox with what is left of their payloads. */
function withPayload(db: Kysely<Database>) {
  return db.selectFrom('inbox').leftJoin('payloads', 'payloads.delivery_id', 'inbox.id').selectAll('inbox').select('payloads.payload');
}

export async function leasedDelivery(db: Kysely<Database>, lease: Lease): Promise<LeasedDelivery> {
  const row = await withPayload(db).where('inbox.id', '=', lease.id).executeTakeFirstOrThrow();
  return { ...common(row), payload: payloadOf(row), lease, attempts: row.attempts };
}

export async function knownGuids(db: Kysely<Database>, guids: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let from = 0; from < guids.length; from += 500) {
    const slice = guids.slice(from, from + 500);
    const rows = await db.selectFrom('inbox').select('guid').where('guid', 'in', slice).execute();
    for (const row of rows) known.add(row.guid);
  }
  return known;
}

export async function deadLetters(db: Kysely<Database>, page: { limit: number; afterId?: number }): Promise<readonly DeadLetter[]> {
  const rows = await withPayload(db)
    .where('state', '=', 'dead')
    .where('inbox.id', '>', page.afterId ?? 0)
    .orderBy('inbox.id')
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({
    ...common(row),
    id: row.id,
    attempts: row.attempts,
    error: row.error ?? '',
    diedAtMs: row.ended_at_ms ?? row.received_at_ms,
    expired: row.payload === null,
  }));
}

export async function replayDeadLetters(
  db: Kysely<Database>,
  { nowMs, guids }: { nowMs: number; guids?: readonly string[] },
): Promise<number> {
  if (guids?.length === 0) return 0;
  let update = db
    .updateTable('inbox')
    .set({ state: 'pending', attempts: 0, run_at_ms: nowMs, ended_at_ms: null })
    .where('state', '=', 'dead')
    .where('id', 'in', (e) => e.selectFrom('payloads').select('delivery_id'));
  if (guids) update = update.where('guid', 'in', guids);
  const result = await update.executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function deliveriesBetween(
  db: Kysely<Database>,
  range: { fromMs: number; toMs: number; limit: number; afterId?: number },
): Promise<readonly StoredDelivery[]> {
  const rows = await withPayload(db)
    .where('received_at_ms', '>=', range.fromMs)
    .where('received_at_ms', '<', range.toMs)
    .where('inbox.id', '>', range.afterId ?? 0)
    .orderBy('inbox.id')
    .limit(range.limit)
    .execute();
  return rows.map((row) => ({ ...common(row), id: row.id, state: row.state as DeliveryState, payload: payloadOf(row) }));
}

/** Forgets payloads of finished deliveries; the row and its guid stay. */
export async function expirePayloads(db: Kysely<Database>, beforeMs: number): Promise<number> {
  const result = await db
    .deleteFrom('payloads')
    .where('delivery_id', 'in', (e) =>
      e.selectFrom('inbox').select('id').where('received_at_ms', '<', beforeMs).where('state', '<>', 'pending'),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

function common(row: Row): Omit<NewDelivery, 'payload'> {
  return {
    guid: row.guid,
    event: row.event,
    source: row.source as DeliverySource,
    subject: row.subject,
    receivedAtMs: row.received_at_ms,
    ...(row.installation_id === null ? {} : { installationId: row.installation_id }),
  };
}

function payloadOf(row: { payload: string | null }): unknown {
  return row.payload === null ? undefined : JSON.parse(row.payload);
}
