import { type Backoff, backoffMs } from '../backoff.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Clock } from '../clock.ts';
import type { Decider, Outcome } from '../decision.ts';
import type { BotEvent } from '../event.ts';
import { GitHubError, PASSING } from '../github/port.ts';
import { normalise, PayloadError } from '../intake/normalise.ts';
import { createPump, type Pump } from '../pump.ts';
import { StoreError } from '../store/error.ts';
import type { Lease, LeasedDelivery, Store, Upkeep } from '../store/port.ts';

export type WorkerOptions = {
  store: Store;
  decide: Decider;
  clock: Clock;
  /** In [0, 1), for the jitter of retries. */
  random: () => number;
  /** Subjects decided at the same time. */
  concurrency?: number;
  /** Must exceed the longest decision, its reads of GitHub included. */
  leaseMs?: number;
  /** Attempts before a delivery becomes a dead letter: when deciding fails, and when GitHub cannot be reached or refuses the App's key. */
  maxAttempts?: { failed: number; unavailable: number };
  backoff?: Backoff;
  idleMs?: number;
  giveWay?: () => Promise<void>;
  /** After an outcome is stored: wake the executor. */
  onDecided?: (event: BotEvent, outcome: Outcome) => void;
  onResult?: (result: WorkerResult) => void;
  onError?: (error: unknown) => void;
  checkpoint?: Checkpoint;
};

/** What became of one leased delivery, for metrics and logs. `ignored`: nobody reads its event. `lost`: the lease ran out. */
export type WorkerResult = {
  kind: 'decided' | 'ignored' | 'retried' | 'paused' | 'buried' | 'lost';
  guid: string;
  event: string;
  attempts: number;
  error?: unknown;
};

const DEFAULTS = {
  concurrency: 4,
  leaseMs: 120_000,
  maxAttempts: { failed: 6, unavailable: 40 },
  backoff: { baseMs: 2_000, maxMs: 15 * 60_000 },
  idleMs: 1_000,
};

export type Worker = Pump & {
  /** Gives back what is still held, for others to take at once: for a drain that ran out of time. What finishes later is dropped. */
  returnLeases(): Promise<void>;
};

/** Takes deliveries out of the inbox, one at a time per subject, and files what the decider makes of them. */
export function createWorker(options: WorkerOptions): Worker {
  const held = new Set<Lease>();
  const pump = createPump({
    work: () => processNext(options, held),
    concurrency: options.concurrency ?? DEFAULTS.concurrency,
    idleMs: options.idleMs ?? DEFAULTS.idleMs,
    ...(options.giveWay ? { giveWay: options.giveWay } : {}),
    onError: options.onError ?? (() => {}),
  });
  return {
    ...pump,
    async returnLeases() {
      for (const lease of held) await options.store.returnDelivery(lease);
    },
  };
}

/** Leases and finishes one delivery. False when none is due. Throws only when the store fails. */
async function processNext(options: WorkerOptions, held: Set<Lease>): Promise<boolean> {
  const { store, clock } = options;
  const delivery = await store.leaseDelivery({ nowMs: clock(), leaseMs: options.leaseMs ?? DEFAULTS.leaseMs });
  if (!delivery) return false;
  held.add(delivery.lease);
  await options.checkpoint?.('worker/leased');
  let result: Pick<WorkerResult, 'kind' | 'error'>;
  try {
    result = await handle(options, delivery);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'LEASE_LOST')) throw error;
    result = { kind: 'lost', error };
  } finally {
    held.delete(delivery.lease);
  }
  options.onResult?.({ guid: delivery.guid, event: delivery.event, attempts: delivery.attempts, ...result });
  return true;
}

async function handle(options: WorkerOptions, delivery: LeasedDelivery): Promise<Pick<WorkerResult, 'kind' | 'error'>> {
  const { store, clock, checkpoint } = options;
  const limits = options.maxAttempts ?? DEFAULTS.maxAttempts;
  if (delivery.attempts > Math.max(limits.failed, limits.unavailable)) {
    await store.buryDelivery(delivery.lease, {
      nowMs: clock(),
      error: 'attempts ended without a result: the process may die of this payload',
    });
    return { kind: 'buried' };
  }
  const decided = await conclude(options, delivery);
  if ('error' in decided) return recover(options, delivery, decided.error);
  const { event, outcome } = decided;
  try {
    await store.completeDelivery(delivery.lease, {
      nowMs: clock(),
      ...(outcome ? { outcome } : {}),
      ...(event ? upkeepOf(event) : {}),
    });
  } catch (error) {
    // An outcome that the database refuses fails its own delivery; a database that is down fails the next line too, and is reported.
    if (error instanceof StoreError) throw error;
    return recover(options, delivery, error);
  }
  await checkpoint?.('worker/completed');
  if (event && outcome) options.onDecided?.(event, outcome);
  return { kind: event ? 'decided' : 'ignored' };
}

/** Nothing is kept of what the App was taken off; what moved keeps its records. */
function upkeepOf({ name, installationId, repository, repositories = [] }: BotEvent): Upkeep {
  switch (name) {
    case 'installation.deleted':
      return installationId === undefined ? {} : { purgeInstallationId: installationId };
    case 'installation_repositories.removed':
    case 'repository.deleted':
      return { purgeRepositoryIds: repositories.map(({ repositoryId }) => repositoryId) };
    case 'repository.renamed':
    case 'repository.transferred':
    case 'repository.privatized':
    case 'repository.publicized':
      return repository ? { repository } : {};
    default:
      return {};
  }
}

type Concluded = { event?: BotEvent; outcome?: Outcome } | { error: unknown };

/** Everything that may fail because of the payload, the handlers or GitHub, and therefore is retried or buried rather than thrown. */
async function conclude({ decide, checkpoint }: WorkerOptions, delivery: LeasedDelivery): Promise<Concluded> {
  try {
    const event = normalise(delivery);
    await checkpoint?.('worker/normalised');
    if (!event) return {};
    const outcome = await decide(event, delivery.attempts);
    await checkpoint?.('worker/decided');
    return { event, outcome };
  } catch (error) {
    return { error };
  }
}

async function recover(options: WorkerOptions, delivery: LeasedDelivery, error: unknown): Promise<Pick<WorkerResult, 'kind' | 'error'>> {
  const { store, clock, random } = options;
  const nowMs = clock();
  const reason = describe(error);
  if (error instanceof GitHubError && error.code === 'RATE_LIMITED') {
    const untilMs = nowMs + (error.retryAfterMs ?? 60_000);
    if (delivery.installationId !== undefined) await store.pauseInstallation(delivery.installationId, untilMs);
    await store.retryDelivery(delivery.lease, { runAtMs: untilMs, error: reason, countAttempt: false });
    return { kind: 'paused', error };
  }
  const unavailable = error instanceof GitHubError && PASSING.has(error.code);
  const limits = options.maxAttempts ?? DEFAULTS.maxAttempts;
  if (error instanceof PayloadError || delivery.attempts >= (unavailable ? limits.unavailable : limits.failed)) {
    await store.buryDelivery(delivery.lease, { nowMs, error: reason });
    return { kind: 'buried', error };
  }
  const runAtMs = nowMs + backoffMs(delivery.attempts, options.backoff ?? DEFAULTS.backoff, random);
  await store.retryDelivery(delivery.lease, { runAtMs, error: reason });
  return { kind: 'retried', error };
}

const ERROR_CHARS = 2_000;

function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? `${String(error.code)}: ` : '';
  return `${code}${error instanceof Error ? error.message : String(error)}`.slice(0, ERROR_CHARS);
}
