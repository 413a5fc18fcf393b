import type { Transaction } from 'kysely';
import type { Outcome, PlannedEffect } from '../decision.ts';
import type { Effect } from '../effect.ts';
import { type RepositoryRef, subjectOf } from '../item.ts';
import { plainText } from './plain-text.ts';
import type { Database } from './schema.ts';

/** Where an outcome comes from and when it was reached. */
export type Origin = { guid: string; installationId: number | null; nowMs: number };

/** What an effect acts on: effects of one target keep their order. */
export function targetOf(effect: Effect): { subject: string; repository: RepositoryRef } {
  if ('item' in effect) return { subject: subjectOf({ item: effect.item }), repository: effect.item.repository };
  return { subject: subjectOf({ repository: effect.repository }), repository: effect.repository };
}

/** Files everything one delivery led to. Runs inside the transaction that ends the delivery. */
export async function writeOutcome(trx: Transaction<Database>, origin: Origin, outcome: Outcome): Promise<void> {
  await writeTimeline(trx, origin, outcome);
  const effectsOf = new Map<string, number>();
  for (const decision of outcome.decisions) {
    const decisionId = await writeDecision(trx, origin, outcome, decision);
    await writeMemos(trx, origin, outcome.subject, decisionId, decision.memos ?? []);
    for (const planned of decision.planned) {
      const n = effectsOf.get(decision.handler) ?? 0;
      effectsOf.set(decision.handler, n + 1);
      await writeEffect(trx, { ...origin, decisionId, idempotencyKey: `${origin.guid}/${decision.handler}/${n}` }, planned);
    }
  }
  if (outcome.item) await writeItem(trx, outcome.subject, outcome.item, origin.nowMs);
}

async function writeTimeline(trx: Transaction<Database>, { guid, installationId }: Origin, outcome: Outcome): Promise<void> {
  for (const event of outcome.timeline) {
    await trx
      .insertInto('timeline')
      .values({
        guid,
        subject: outcome.subject,
        installation_id: installationId,
        at_ms: Date.parse(event.at),
        event: JSON.stringify(event),
      })
      .execute();
  }
}

async function writeDecision(
  trx: Transaction<Database>,
  { guid, installationId, nowMs }: Origin,
  outcome: Outcome,
  decision: Outcome['decisions'][number],
): Promise<number> {
  const row = await trx
    .insertInto('decisions')
    .values({
      guid,
      subject: outcome.subject,
      installation_id: installationId,
      at_ms: nowMs,
      config_sha: outcome.configSha,
      handler: decision.handler,
      rule: decision.rule,
      verdict: decision.verdict,
      because: plainText(decision.because),
      confidence: decision.confidence ?? null,
      evidence: JSON.stringify(decision.evidence),
      effects: JSON.stringify(decision.effects),
      memos: JSON.stringify(decision.memos ?? []),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function writeMemos(
  trx: Transaction<Database>,
  { installationId, nowMs }: Origin,
  subject: string,
  decisionId: number,
  memos: NonNullable<Outcome['decisions'][number]['memos']>,
): Promise<void> {
  for (const memo of memos) {
    await trx
      .insertInto('memos')
      .values({ decision_id: decisionId, subject, installation_id: installationId, at_ms: nowMs, memo: JSON.stringify(memo) })
      .execute();
  }
}

/** False when the idempotency key is taken: then the effect is in the outbox already. */
export async function writeEffect(
  trx: Transaction<Database>,
  origin: { guid: string; nowMs: number; decisionId: number; idempotencyKey: string },
  planned: PlannedEffect,
): Promise<boolean> {
  const { subject, repository } = targetOf(planned.effect);
  const result = await trx
    .insertInto('outbox')
    .values({
      idempotency_key: origin.idempotencyKey,
      decision_id: origin.decisionId,
      guid: origin.guid,
      subject,
      installation_id: repository.installationId,
      repository_id: repository.repositoryId,
      at_ms: origin.nowMs,
      type: planned.effect.type,
      effect: JSON.stringify(planned.effect),
      state: planned.state,
      because: planned.because === undefined ? null : plainText(planned.because),
      inverse_of: planned.inverseOf ?? null,
      run_at_ms: origin.nowMs,
    })
    .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

async function writeItem(
  trx: Transaction<Database>,
  subject: string,
  { ref, snapshot }: NonNullable<Outcome['item']>,
  nowMs: number,
): Promise<void> {
  const seen = {
    installation_id: ref.repository.installationId,
    repository_id: ref.repository.repositoryId,
    state: snapshot.state,
    ref: JSON.stringify(ref),
    snapshot: JSON.stringify(snapshot),
    seen_at_ms: nowMs,
  };
  await trx
    .insertInto('items')
    .values({ subject, ...seen })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(seen))
    .execute();
}
