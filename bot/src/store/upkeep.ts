import { type Kysely, sql, type Transaction } from 'kysely';
import type { EffectState } from '../effect.ts';
import type { ItemRef, RepositoryRef } from '../item.ts';
import type { Queue } from './lease.ts';
import type { DeliveryState, StoreCounts } from './port.ts';
import type { Database } from './schema.ts';

const DELIVERY_STATES: readonly DeliveryState[] = ['pending', 'done', 'dead'];
const EFFECT_STATES: readonly EffectState[] = ['pending', 'done', 'withheld', 'failed', 'undone'];

export async function counts(db: Kysely<Database>, nowMs: number): Promise<StoreCounts> {
  const decisions = await db
    .selectFrom('decisions')
    .select((e) => ['handler', 'verdict', e.fn.countAll<number>().as('count')])
    .groupBy(['handler', 'verdict'])
    .orderBy('handler')
    .orderBy('verdict')
    .execute();
  return {
    deliveries: await byState(db, 'inbox', DELIVERY_STATES),
    deliveryLagMs: await lag(db, 'inbox', nowMs),
    outbox: await byState(db, 'outbox', EFFECT_STATES),
    outboxLagMs: await lag(db, 'outbox', nowMs),
    decisions: decisions.map((row) => ({ ...row, verdict: row.verdict as 'act' | 'abstain' })),
  };
}

async function byState<State extends string>(db: Kysely<Database>, queue: Queue, states: readonly State[]): Promise<Record<State, number>> {
  const rows = await sql<{ state: State; count: number }>`
    SELECT state, count(*) AS count FROM ${sql.table(queue)} GROUP BY state`.execute(db);
  const counted = new Map(rows.rows.map((row) => [row.state, row.count]));
  return Object.fromEntries(states.map((state) => [state, counted.get(state) ?? 0])) as Record<State, number>;
}

async function lag(db: Kysely<Database>, queue: Queue, nowMs: number): Promise<number> {
  const since = queue === 'inbox' ? sql.ref('received_at_ms') : sql.ref('at_ms');
  const rows = await sql<{ oldest: number | null }>`
    SELECT min(${since}) AS oldest FROM ${sql.table(queue)} WHERE state = 'pending' AND run_at_ms <= ${nowMs}`.execute(db);
  const oldest = rows.rows[0]?.oldest ?? null;
  return oldest === null ? 0 : Math.max(0, nowMs - oldest);
}

/** `exceptGuid`: the delivery that asked for it stays without its payload, so that its redelivery is still a duplicate. */
export async function purgeInstallation(trx: Transaction<Database>, installationId: number, exceptGuid?: string): Promise<void> {
  for (const table of ['timeline', 'memos', 'decisions', 'outbox', 'items', 'configuration', 'pauses'] as const) {
    await sql`DELETE FROM ${sql.table(table)} WHERE installation_id = ${installationId}`.execute(trx);
  }
  await trx.deleteFrom('installations').where('id', '=', installationId).execute();
  let inbox = trx.deleteFrom('inbox').where('installation_id', '=', installationId);
  if (exceptGuid !== undefined) {
    inbox = inbox.where('guid', '<>', exceptGuid);
    await sql`DELETE FROM payloads WHERE delivery_id IN (SELECT id FROM inbox WHERE guid = ${exceptGuid})`.execute(trx);
  }
  await inbox.execute();
}

/** Everything about a repository and its items. `exceptGuid`: as in `purgeInstallation`. */
export async function purgeRepository(trx: Transaction<Database>, repositoryId: number, exceptGuid: string): Promise<void> {
  const subject = `repository/${repositoryId}`;
  const ours = sql`(subject = ${subject} OR subject LIKE ${`${subject}/%`})`;
  for (const table of ['timeline', 'memos', 'decisions', 'outbox', 'items'] as const) {
    await sql`DELETE FROM ${sql.table(table)} WHERE ${ours}`.execute(trx);
  }
  await trx.deleteFrom('configuration').where('scope', '=', subject).execute();
  await sql`DELETE FROM payloads WHERE delivery_id IN (SELECT id FROM inbox WHERE guid = ${exceptGuid} AND ${ours})`.execute(trx);
  await sql`DELETE FROM inbox WHERE guid <> ${exceptGuid} AND ${ours}`.execute(trx);
}

/** Known items of a repository get its present name, owner and visibility: feeds and links go by these. */
export async function fileUnder(trx: Transaction<Database>, repository: RepositoryRef): Promise<void> {
  const rows = await trx.selectFrom('items').select(['subject', 'ref']).where('repository_id', '=', repository.repositoryId).execute();
  for (const { subject, ref } of rows) {
    const now: ItemRef = { ...(JSON.parse(ref) as ItemRef), repository };
    const set = { ref: JSON.stringify(now), installation_id: repository.installationId };
    await trx.updateTable('items').set(set).where('subject', '=', subject).execute();
  }
}
