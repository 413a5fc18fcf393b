import type { Kysely, Selectable } from 'kysely';
import { toRfc3339 } from '../clock.ts';
import type { Memo, StoredDecision } from '../decision.ts';
import type { History, ItemSnapshot, OpenItem, TimelineEvent } from '../facts.ts';
import type { ItemRef } from '../item.ts';
import { toEntry } from './outbox.ts';
import type { DecisionQuery, KnownItem } from './port.ts';
import type { Database } from './schema.ts';

export async function history(db: Kysely<Database>, subject: string): Promise<History> {
  const decisions = await db.selectFrom('decisions').selectAll().where('subject', '=', subject).orderBy('id').execute();
  const effects = await db.selectFrom('outbox').selectAll().where('subject', '=', subject).orderBy('id').execute();
  const memos = await db.selectFrom('memos').selectAll().where('subject', '=', subject).orderBy('id').execute();
  return {
    decisions: decisions.map(toDecision),
    effects: effects.map(toEntry),
    memos: memos.map((row) => ({ ...(JSON.parse(row.memo) as Memo), at: toRfc3339(row.at_ms) })),
    timeline: await timeline(db, subject),
  };
}

export async function listDecisions(db: Kysely<Database>, query: DecisionQuery): Promise<readonly StoredDecision[]> {
  let select = db.selectFrom('decisions').selectAll().orderBy('id', 'desc').limit(query.limit);
  if (query.subject !== undefined) select = select.where('subject', '=', query.subject);
  if (query.guid !== undefined) select = select.where('guid', '=', query.guid);
  if (query.handler !== undefined) select = select.where('handler', '=', query.handler);
  if (query.beforeId !== undefined) select = select.where('id', '<', query.beforeId);
  if (query.fromMs !== undefined) select = select.where('at_ms', '>=', query.fromMs);
  if (query.toMs !== undefined) select = select.where('at_ms', '<', query.toMs);
  return (await select.execute()).map(toDecision);
}

export async function openItems(db: Kysely<Database>, repositoryId?: number): Promise<readonly OpenItem[]> {
  return (await items(db, repositoryId)).filter(({ open }) => open);
}

/** Two queries, however many items there are. */
export async function items(db: Kysely<Database>, repositoryId?: number): Promise<readonly KnownItem[]> {
  let select = db.selectFrom('items').selectAll().orderBy('subject');
  if (repositoryId !== undefined) select = select.where('repository_id', '=', repositoryId);
  const rows = await select.execute();
  let entries = db.selectFrom('timeline').selectAll().orderBy('at_ms').orderBy('id');
  if (repositoryId !== undefined) entries = entries.where('subject', 'like', `repository/${repositoryId}/item/%`);
  const timelines = Map.groupBy(await entries.execute(), ({ subject }) => subject);
  return rows.map((row) => {
    const snapshot = JSON.parse(row.snapshot) as ItemSnapshot;
    return {
      item: JSON.parse(row.ref),
      title: snapshot.title,
      author: snapshot.author,
      draft: snapshot.draft,
      labels: snapshot.labels,
      open: row.state === 'open',
      timeline: (timelines.get(row.subject) ?? []).map(toTimelineEvent),
    };
  });
}

export async function item(
  db: Kysely<Database>,
  subject: string,
): Promise<{ ref: ItemRef; snapshot: ItemSnapshot; seenAtMs: number } | undefined> {
  const row = await db.selectFrom('items').selectAll().where('subject', '=', subject).executeTakeFirst();
  return row && { ref: JSON.parse(row.ref), snapshot: JSON.parse(row.snapshot), seenAtMs: row.seen_at_ms };
}

async function timeline(db: Kysely<Database>, subject: string): Promise<readonly TimelineEvent[]> {
  const rows = await db.selectFrom('timeline').selectAll().where('subject', '=', subject).orderBy('at_ms').orderBy('id').execute();
  return rows.map(toTimelineEvent);
}

function toTimelineEvent({ event, id }: { event: string; id: number }): TimelineEvent {
  return { ...(JSON.parse(event) as Omit<TimelineEvent, 'seq'>), seq: id };
}

function toDecision(row: Selectable<Database['decisions']>): StoredDecision {
  return {
    id: row.id,
    guid: row.guid,
    subject: row.subject,
    at: toRfc3339(row.at_ms),
    configSha: row.config_sha,
    handler: row.handler,
    rule: row.rule,
    verdict: row.verdict as StoredDecision['verdict'],
    because: row.because,
    evidence: JSON.parse(row.evidence),
    effects: JSON.parse(row.effects),
    memos: JSON.parse(row.memos),
    ...(row.confidence === null ? {} : { confidence: row.confidence }),
  };
}
