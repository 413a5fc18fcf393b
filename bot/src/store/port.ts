import type { Outcome, StoredDecision } from '../decision.ts';
import type { Effect, EffectResult, EffectState } from '../effect.ts';
import type { History, ItemSnapshot, OpenItem, StoredEffect } from '../facts.ts';
import type { ItemRef, RepositoryRef } from '../item.ts';

/**
 * Everything durable. Two adapters (SQLite for one process, PostgreSQL for several) share one implementation over Kysely.
 *
 * Order: deliveries of one subject are decided one at a time, oldest first; a delivery that waits for its retry holds the later ones
 * of its subject back. A dead letter does not: facts are read again before every decision, so later deliveries decide correctly without
 * it, and one poisonous payload must not silence an item for ever. A replayed dead letter takes its old place in the order.
 * Effects on one target are performed one at a time in the order in which they were decided; failed and withheld ones hold nothing back.
 *
 * Times are milliseconds since the epoch and always come from the caller. Whoever leases may act until the lease ends; every
 * operation that takes a lease throws `StoreError` `LEASE_LOST` when somebody else has the row since.
 */
export interface Store {
  readonly dialect: 'sqlite' | 'postgres';

  // ── inbox ──
  /** Durable when it resolves. The guid decides: the first one is `accepted`, every later one a `duplicate` that changes nothing. */
  accept(delivery: NewDelivery): Promise<'accepted' | 'duplicate'>;
  leaseDelivery(request: LeaseRequest): Promise<LeasedDelivery | undefined>;
  /** Outcome, outbox rows and the end of the delivery in one transaction. Without an outcome the delivery was nothing we act on. */
  completeDelivery(lease: Lease, completion: { nowMs: number; outcome?: Outcome } & Upkeep): Promise<void>;
  retryDelivery(lease: Lease, retry: Retry): Promise<void>;
  /** To the dead letters. */
  buryDelivery(lease: Lease, end: { nowMs: number; error: string }): Promise<void>;
  /** Gives a lease back unused: the attempt does not count. */
  returnDelivery(lease: Lease): Promise<void>;
  /** Which of these guids the inbox knows. */
  knownGuids(guids: readonly string[]): Promise<ReadonlySet<string>>;
  deadLetters(page: { limit: number; afterId?: number }): Promise<readonly DeadLetter[]>;
  /** Dead letters back to pending, attempts forgotten; all of them when no guid is given. Answers how many. Expired payloads stay dead. */
  replayDeadLetters(selection: { nowMs: number; guids?: readonly string[] }): Promise<number>;
  /** Stored deliveries in the order of their arrival, payload included until it expires: what a policy replay reads. */
  deliveriesBetween(range: { fromMs: number; toMs: number; limit: number; afterId?: number }): Promise<readonly StoredDelivery[]>;

  // ── outbox ──
  leaseEffect(request: LeaseRequest): Promise<LeasedEffect | undefined>;
  /** What is about to change, kept with the effect before GitHub is asked to change it. */
  noteEffect(lease: Lease, note: EffectResult): Promise<void>;
  /** The end of an effect; a `done` inverse marks what it took back as `undone` in the same transaction. */
  settleEffect(
    lease: Lease,
    end: { nowMs: number; state: 'done' | 'withheld' | 'failed'; result?: EffectResult; error?: string },
  ): Promise<void>;
  retryEffect(lease: Lease, retry: Retry): Promise<void>;
  /** No delivery and no effect of the installation is leased before `untilMs` (rate limits). Never shortens an earlier pause. */
  pauseInstallation(installationId: number, untilMs: number): Promise<void>;
  /** Newest first. */
  effects(query: EffectQuery): Promise<readonly OutboxEntry[]>;
  /** Adds effects outside a delivery (undo from the command line). A key that exists already is skipped; answers how many were added. */
  addEffects(effects: readonly NewEffect[], nowMs: number): Promise<number>;
  /** Pending effects that nobody is performing become withheld. Answers how many. */
  withholdEffects(ids: readonly number[], end: { nowMs: number; because: string }): Promise<number>;
  /** Withheld effects become pending, failed ones are tried again. Answers how many. */
  promoteEffects(ids: readonly number[], nowMs: number): Promise<number>;

  // ── what the bot knows ──
  history(subject: string): Promise<History>;
  /** Newest first. */
  decisions(query: DecisionQuery): Promise<readonly StoredDecision[]>;
  /** Known open items; of every repository when none is given. */
  openItems(repositoryId?: number): Promise<readonly OpenItem[]>;
  /** Every known item, closed ones too, with its timeline. */
  items(repositoryId?: number): Promise<readonly KnownItem[]>;
  item(subject: string): Promise<{ ref: ItemRef; snapshot: ItemSnapshot; seenAtMs: number } | undefined>;
  /** Comments newly written (not edited) in the repository since `sinceMs`, and those still on their way. */
  commentsSince(repositoryId: number, sinceMs: number): Promise<number>;

  // ── settings ──
  getConfiguration(scope: string): Promise<StoredConfiguration | undefined>;
  /** Keeps one last good version per scope (`repository/<id>`, `organisation/<login>`). */
  putConfiguration(scope: string, configuration: StoredConfiguration): Promise<void>;
  getCursor(name: string): Promise<string | undefined>;
  putCursor(name: string, value: string): Promise<void>;
  putInstallation(installation: StoredInstallation): Promise<void>;
  installations(): Promise<readonly StoredInstallation[]>;

  // ── upkeep ──
  counts(nowMs: number): Promise<StoreCounts>;
  /** Drops the payloads of finished deliveries received before `beforeMs`; answers how many. Guids stay, so duplicates stay duplicates. */
  expirePayloads(beforeMs: number): Promise<number>;
  /** Deletes everything that belongs to the installation. */
  purgeInstallation(installationId: number): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What a delivery changes beside its outcome. Purged is everything but the guid of this delivery. */
export type Upkeep = {
  purgeInstallationId?: number;
  purgeRepositoryIds?: readonly number[];
  /** A repository that was renamed, transferred, or made private or public: its known items are filed under it as it is now. */
  repository?: RepositoryRef;
};

export type KnownItem = OpenItem & { open: boolean };

export type DeliverySource = 'webhook' | 'sweep' | 'schedule';

export type NewDelivery = {
  guid: string;
  /** `X-GitHub-Event`, or the name of a scheduled event. */
  event: string;
  source: DeliverySource;
  subject: string;
  installationId?: number;
  /** Already redacted. */
  payload: unknown;
  receivedAtMs: number;
};

export type LeaseRequest = { nowMs: number; leaseMs: number };
export type Lease = { id: number; token: string };
/** `countAttempt: false` when the failure says nothing about the row (rate limit). */
export type Retry = { runAtMs: number; error: string; countAttempt?: boolean };

export type LeasedDelivery = NewDelivery & { lease: Lease /** This one included, from 1. */; attempts: number };

export type StoredDelivery = Omit<NewDelivery, 'payload'> & {
  id: number;
  state: DeliveryState;
  /** Undefined once expired. */
  payload: unknown;
};
export type DeliveryState = 'pending' | 'done' | 'dead';

export type DeadLetter = Omit<StoredDelivery, 'payload' | 'state'> & {
  attempts: number;
  error: string;
  diedAtMs: number;
  expired: boolean;
};

export type LeasedEffect = {
  lease: Lease;
  effect: Effect;
  idempotencyKey: string;
  subject: string;
  installationId: number;
  attempts: number;
  inverseOf?: number;
  /** What an earlier attempt was about to change: it may or may not have come to it. */
  noted?: EffectResult;
};

export type OutboxEntry = StoredEffect & { subject: string; idempotencyKey: string; because?: string; error?: string; attempts: number };

export type NewEffect = { idempotencyKey: string; decisionId: number; guid: string; effect: Effect; inverseOf?: number; because?: string };

export type EffectQuery = {
  limit: number;
  states?: readonly EffectState[];
  subject?: string;
  repositoryId?: number;
  /** Decided in this range, `toMs` excluded. */
  fromMs?: number;
  toMs?: number;
  beforeId?: number;
};

export type DecisionQuery = {
  limit: number;
  subject?: string;
  guid?: string;
  handler?: string;
  beforeId?: number;
  fromMs?: number;
  toMs?: number;
};

export type StoredConfiguration = { sha: string; source: string; text: string; installationId?: number; storedAtMs: number };

export type StoredInstallation = { id: number; account: string; permissions: Readonly<Record<string, string>>; updatedAtMs: number };

export type StoreCounts = {
  deliveries: Record<DeliveryState, number>;
  /** Age of the oldest delivery that is due and not decided; 0 when none waits. */
  deliveryLagMs: number;
  outbox: Record<EffectState, number>;
  outboxLagMs: number;
  /** By handler and verdict. */
  decisions: readonly { handler: string; verdict: 'act' | 'abstain'; count: number }[];
};
