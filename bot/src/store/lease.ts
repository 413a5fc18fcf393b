import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { StoreError } from './error.ts';
import type { Dialect } from './migrate.ts';
import { plainText } from './plain-text.ts';
import type { Lease, LeaseRequest, Retry } from './port.ts';
import type { Database } from './schema.ts';

/**
 * Both queues (inbox, outbox) are leased by the same rules:
 *
 *     pending ──lease──► pending + token ──► done | dead | withheld | failed
 *        ▲                    │
 *        └── retry, return, lease ran out
 *
 * A row may be leased when it is due, nobody holds it, no earlier row of its subject is pending, no other row of its subject is
 * leased, and its installation is not paused. Two workers that read at the same moment are told apart by row locks (PostgreSQL:
 * `FOR UPDATE SKIP LOCKED`) and, whatever they read, by the unique index over leased subjects.
 */
export type Queue = 'inbox' | 'outbox';

/** The id of the row now leased, or undefined when nothing is due. */
export async function lease(db: Kysely<Database>, dialect: Dialect, queue: Queue, request: LeaseRequest): Promise<Lease | undefined> {
  try {
    return await db.transaction().execute((trx) => leaseNext(trx, dialect, queue, request));
  } catch (error) {
    if (isUniqueViolation(error)) return undefined;
    throw error;
  }
}

async function leaseNext(
  trx: Transaction<Database>,
  dialect: Dialect,
  queue: Queue,
  { nowMs, leaseMs }: LeaseRequest,
): Promise<Lease | undefined> {
  const table = sql.table(queue);
  const id = await nextId(trx, dialect, queue, nowMs);
  if (id === undefined) return undefined;
  const token = randomUUID();
  await sql`UPDATE ${table} SET lease_token = ${token}, lease_until_ms = ${nowMs + leaseMs}, attempts = attempts + 1
    WHERE id = ${id}`.execute(trx);
  return { id, token };
}

async function nextId(trx: Transaction<Database>, dialect: Dialect, queue: Queue, nowMs: number): Promise<number | undefined> {
  const table = sql.table(queue);
  await sql`UPDATE ${table} SET lease_token = NULL, lease_until_ms = NULL
    WHERE lease_token IS NOT NULL AND lease_until_ms <= ${nowMs}`.execute(trx);
  const found = await sql<{ id: number }>`
    SELECT q.id FROM ${table} q
    WHERE q.state = 'pending' AND q.lease_token IS NULL AND q.run_at_ms <= ${nowMs}
      AND NOT EXISTS (SELECT 1 FROM ${table} o WHERE o.subject = q.subject AND o.state = 'pending' AND o.id < q.id)
      AND NOT EXISTS (SELECT 1 FROM ${table} o WHERE o.subject = q.subject AND o.lease_token IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM pauses p WHERE p.installation_id = q.installation_id AND p.until_ms > ${nowMs})
    ORDER BY q.id LIMIT 1 ${dialect === 'postgres' ? sql.raw('FOR UPDATE OF q SKIP LOCKED') : sql.raw('')}`.execute(trx);
  return found.rows[0]?.id;
}

/** Back to pending at a later time, or without a lease at all. */
export async function retry(db: Kysely<Database>, queue: Queue, held: Lease, { runAtMs, error, countAttempt }: Retry): Promise<void> {
  const back = countAttempt === false ? 1 : 0;
  const result = await sql`UPDATE ${sql.table(queue)}
    SET lease_token = NULL, lease_until_ms = NULL, run_at_ms = ${runAtMs}, error = ${plainText(error)}, attempts = attempts - ${back}
    WHERE id = ${held.id} AND lease_token = ${held.token} AND state = 'pending'`.execute(db);
  assertHeld(result.numAffectedRows, queue, held);
}

export async function giveBack(db: Kysely<Database>, queue: Queue, held: Lease): Promise<void> {
  await sql`UPDATE ${sql.table(queue)} SET lease_token = NULL, lease_until_ms = NULL, attempts = attempts - 1
    WHERE id = ${held.id} AND lease_token = ${held.token} AND state = 'pending'`.execute(db);
}

/** Ends a row; the first statement of every completing transaction, because it decides whether the rest may happen. */
export async function end(
  db: Kysely<Database>,
  queue: Queue,
  held: Lease,
  { nowMs, state, error }: { nowMs: number; state: string; error?: string | undefined },
): Promise<void> {
  const result = await sql`UPDATE ${sql.table(queue)}
    SET state = ${state}, lease_token = NULL, lease_until_ms = NULL, ended_at_ms = ${nowMs}, error = ${error === undefined ? null : plainText(error)}
    WHERE id = ${held.id} AND lease_token = ${held.token} AND state = 'pending'`.execute(db);
  assertHeld(result.numAffectedRows, queue, held);
}

/** All leases end now. Only for a store with a single owner that has just started: whoever held them is gone. */
export async function dropLeases(db: Kysely<Database>): Promise<void> {
  for (const queue of ['inbox', 'outbox'] as const) {
    await sql`UPDATE ${sql.table(queue)} SET lease_token = NULL, lease_until_ms = NULL WHERE lease_token IS NOT NULL`.execute(db);
  }
}

/** Throws `LEASE_LOST` when an update that names the lease found no row. */
export function assertHeld(affected: bigint | undefined, queue: Queue, held: Lease): void {
  if (affected !== 1n) {
    throw new StoreError('LEASE_LOST', `${queue} row ${held.id}: the lease ran out before the work ended; give leases more time`);
  }
}

/** PostgreSQL `unique_violation`; SQLite reports the same through its extended result code. */
function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return code === '23505' || errcode === 2067;
}
