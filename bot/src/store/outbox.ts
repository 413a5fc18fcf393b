import type { Kysely, Selectable } from 'kysely';
import { toRfc3339 } from '../clock.ts';
import type { EffectResult, EffectState } from '../effect.ts';
import { assertHeld, end } from './lease.ts';
import { writeEffect } from './outcome.ts';
import type { EffectQuery, Lease, LeasedEffect, NewEffect, OutboxEntry } from './port.ts';
import type { Database, OutboxTable } from './schema.ts';

type Row = Selectable<OutboxTable>;

export async function leasedEffect(db: Kysely<Database>, lease: Lease): Promise<LeasedEffect> {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', lease.id).executeTakeFirstOrThrow();
  return {
    lease,
    effect: JSON.parse(row.effect),
    idempotencyKey: row.idempotency_key,
    subject: row.subject,
    installationId: row.installation_id,
    attempts: row.attempts,
    ...(row.inverse_of === null ? {} : { inverseOf: row.inverse_of }),
    ...(row.result === null ? {} : { noted: JSON.parse(row.result) }),
  };
}

export async function note(db: Kysely<Database>, lease: Lease, result: EffectResult): Promise<void> {
  const updated = await db
    .updateTable('outbox')
    .set({ result: JSON.stringify(result) })
    .where('id', '=', lease.id)
    .where('lease_token', '=', lease.token)
    .executeTakeFirst();
  assertHeld(updated.numUpdatedRows, 'outbox', lease);
}

export async function settle(
  db: Kysely<Database>,
  lease: Lease,
  settled: { nowMs: number; state: 'done' | 'withheld' | 'failed'; result?: EffectResult; error?: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await end(trx, 'outbox', lease, settled);
    const row = await trx.selectFrom('outbox').select(['type', 'inverse_of']).where('id', '=', lease.id).executeTakeFirstOrThrow();
    const { result } = settled;
    const newComment = row.type === 'put-comment' && settled.state === 'done' && result?.changed && result.previousBody === undefined;
    await trx
      .updateTable('outbox')
      .set({ new_comment: newComment ? 1 : 0, ...(result ? { result: JSON.stringify(result) } : {}) })
      .where('id', '=', lease.id)
      .execute();
    if (settled.state === 'done' && row.inverse_of !== null) {
      await trx.updateTable('outbox').set({ state: 'undone' }).where('id', '=', row.inverse_of).where('state', '=', 'done').execute();
    }
  });
}

export async function listEffects(db: Kysely<Database>, query: EffectQuery): Promise<readonly OutboxEntry[]> {
  let select = db.selectFrom('outbox').selectAll().orderBy('id', 'desc').limit(query.limit);
  if (query.states) {
    if (query.states.length === 0) return [];
    select = select.where('state', 'in', query.states);
  }
  if (query.subject !== undefined) select = select.where('subject', '=', query.subject);
  if (query.repositoryId !== undefined) select = select.where('repository_id', '=', query.repositoryId);
  if (query.fromMs !== undefined) select = select.where('at_ms', '>=', query.fromMs);
  if (query.toMs !== undefined) select = select.where('at_ms', '<', query.toMs);
  if (query.beforeId !== undefined) select = select.where('id', '<', query.beforeId);
  return (await select.execute()).map(toEntry);
}

export async function addEffects(db: Kysely<Database>, effects: readonly NewEffect[], nowMs: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    let added = 0;
    for (const { effect, inverseOf, because, ...origin } of effects) {
      const planned = {
        effect,
        state: 'pending' as const,
        ...(inverseOf === undefined ? {} : { inverseOf }),
        ...(because === undefined ? {} : { because }),
      };
      if (await writeEffect(trx, { ...origin, nowMs }, planned)) added += 1;
    }
    return added;
  });
}

export async function withholdEffects(
  db: Kysely<Database>,
  ids: readonly number[],
  { nowMs, because }: { nowMs: number; because: string },
): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await db
    .updateTable('outbox')
    .set({ state: 'withheld', because, ended_at_ms: nowMs })
    .where('id', 'in', ids)
    .where('state', '=', 'pending')
    .where('lease_token', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function promoteEffects(db: Kysely<Database>, ids: readonly number[], nowMs: number): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await db
    .updateTable('outbox')
    .set({ state: 'pending', attempts: 0, run_at_ms: nowMs, error: null, ended_at_ms: null })
    .where('id', 'in', ids)
    .where('state', 'in', ['withheld', 'failed'])
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function commentsSince(db: Kysely<Database>, repositoryId: number, sinceMs: number): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('repository_id', '=', repositoryId)
    .where((e) =>
      e.or([
        e.and([e('new_comment', '=', 1), e('ended_at_ms', '>=', sinceMs)]),
        e.and([e('state', '=', 'pending'), e('type', '=', 'put-comment')]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return row.count;
}

export function toEntry(row: Row): OutboxEntry {
  return {
    id: row.id,
    decisionId: row.decision_id,
    guid: row.guid,
    at: toRfc3339(row.at_ms),
    effect: JSON.parse(row.effect),
    state: row.state as EffectState,
    subject: row.subject,
    idempotencyKey: row.idempotency_key,
    attempts: row.attempts,
    ...(row.result === null ? {} : { result: JSON.parse(row.result) }),
    ...(row.inverse_of === null ? {} : { inverseOf: row.inverse_of }),
    ...(row.because === null ? {} : { because: row.because }),
    ...(row.error === null ? {} : { error: row.error }),
  };
}
