import type { Generated } from 'kysely';

/** Row shapes of `migrations/*.sql`. JSON columns are text; flags are 0 or 1; `*_ms` are milliseconds since the epoch. */
export type Database = {
  inbox: InboxTable;
  payloads: { delivery_id: number; payload: string };
  decisions: DecisionTable;
  memos: MemoTable;
  timeline: TimelineTable;
  outbox: OutboxTable;
  items: ItemTable;
  configuration: ConfigurationTable;
  cursors: { name: string; value: string };
  installations: { id: number; account: string; permissions: string; updated_at_ms: number };
  pauses: { installation_id: number; until_ms: number };
};

/** What the two queues share: see `lease.ts`. */
type Queued = {
  id: Generated<number>;
  subject: string;
  attempts: Generated<number>;
  run_at_ms: number;
  lease_token: string | null;
  lease_until_ms: number | null;
  error: string | null;
  ended_at_ms: number | null;
};

export type InboxTable = Queued & {
  guid: string;
  event: string;
  source: string;
  installation_id: number | null;
  received_at_ms: number;
  state: Generated<string>;
};

export type OutboxTable = Queued & {
  idempotency_key: string;
  decision_id: number;
  guid: string;
  installation_id: number;
  repository_id: number;
  at_ms: number;
  type: string;
  effect: string;
  state: string;
  because: string | null;
  inverse_of: number | null;
  result: string | null;
  new_comment: Generated<number>;
};

type DecisionTable = {
  id: Generated<number>;
  guid: string;
  subject: string;
  installation_id: number | null;
  at_ms: number;
  config_sha: string;
  handler: string;
  rule: string;
  verdict: string;
  because: string;
  confidence: number | null;
  evidence: string;
  effects: string;
  memos: string;
};

type MemoTable = {
  id: Generated<number>;
  decision_id: number;
  subject: string;
  installation_id: number | null;
  at_ms: number;
  memo: string;
};
type TimelineTable = { id: Generated<number>; guid: string; subject: string; installation_id: number | null; at_ms: number; event: string };

type ItemTable = {
  subject: string;
  installation_id: number;
  repository_id: number;
  state: string;
  ref: string;
  snapshot: string;
  seen_at_ms: number;
};

type ConfigurationTable = {
  scope: string;
  installation_id: number | null;
  sha: string;
  source: string;
  content: string;
  stored_at_ms: number;
};
