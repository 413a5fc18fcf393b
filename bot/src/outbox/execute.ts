import { type Backoff, backoffMs } from '../backoff.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Clock } from '../clock.ts';
import type { Effect, EffectResult } from '../effect.ts';
import { type GitHubApp, GitHubError, type GitHubErrorCode, PASSING } from '../github/port.ts';
import { createPump, type Pump } from '../pump.ts';
import { StoreError } from '../store/error.ts';
import type { LeasedEffect, Store } from '../store/port.ts';
import { look } from './look.ts';

export type ExecutorOptions = {
  store: Store;
  app: Pick<GitHubApp, 'installation'>;
  clock: Clock;
  /** In [0, 1), for the jitter of retries. */
  random: () => number;
  /** Must exceed the longest effect, all its calls included: another process may take the effect over afterwards. */
  leaseMs?: number;
  /** Attempts while GitHub cannot be reached or refuses the App's key, and after any other fault. */
  maxAttempts?: { failed: number; unavailable: number };
  backoff?: Backoff;
  /** Least time from one effect to the next; GitHub asks for a second between writes. 0 for the embedded GitHub. */
  minSpacingMs?: number;
  idleMs?: number;
  giveWay?: () => Promise<void>;
  onResult?: (result: ExecutorResult) => void;
  onError?: (error: unknown) => void;
  checkpoint?: Checkpoint;
};

/** What became of one leased effect, for metrics and logs. `paused`: rate limited. `lost`: the lease ran out before the record. */
export type ExecutorResult = {
  kind: 'done' | 'withheld' | 'failed' | 'retried' | 'paused' | 'lost';
  effect: Effect;
  idempotencyKey: string;
  result?: EffectResult;
  error?: unknown;
};

const DEFAULTS = {
  leaseMs: 180_000,
  maxAttempts: { failed: 6, unavailable: 40 },
  backoff: { baseMs: 2_000, maxMs: 15 * 60_000 },
  minSpacingMs: 1_000,
  idleMs: 1_000,
};

/** Trying again cannot help: the reason is recorded and the next effect of the subject may go. */
const FINAL: ReadonlySet<GitHubErrorCode> = new Set(['NOT_FOUND', 'VALIDATION', 'FORBIDDEN']);

/** Performs what the outbox holds, one effect at a time; the only writer to GitHub in this process. */
export function createExecutor(options: ExecutorOptions): Pump {
  const spacingMs = options.minSpacingMs ?? DEFAULTS.minSpacingMs;
  return createPump({
    work: async () => {
      const worked = await performNext(options);
      if (worked && spacingMs > 0) await new Promise((resolve) => setTimeout(resolve, spacingMs));
      return worked;
    },
    concurrency: 1,
    idleMs: options.idleMs ?? DEFAULTS.idleMs,
    ...(options.giveWay ? { giveWay: options.giveWay } : {}),
    onError: options.onError ?? (() => {}),
  });
}

/** Leases and finishes one effect. False when none is due. Throws only when the store fails. */
async function performNext(options: ExecutorOptions): Promise<boolean> {
  const { store, clock, checkpoint } = options;
  const leased = await store.leaseEffect({ nowMs: clock(), leaseMs: options.leaseMs ?? DEFAULTS.leaseMs });
  if (!leased) return false;
  await checkpoint?.('executor/leased');
  const attempted = await attempt(options, leased);
  await checkpoint?.('executor/performed');
  let ended: Pick<ExecutorResult, 'kind' | 'result' | 'error'>;
  try {
    ended = 'error' in attempted ? await recover(options, leased, attempted.error) : await record(options, leased, attempted);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'LEASE_LOST')) throw error;
    ended = { kind: 'lost', error };
  }
  await checkpoint?.('executor/recorded');
  options.onResult?.({ effect: leased.effect, idempotencyKey: leased.idempotencyKey, ...ended });
  return true;
}

type Attempt = { state: 'done' | 'withheld'; result: EffectResult } | { error: unknown };

/**
 * Look, note what is about to change, write. The note makes a lost answer harmless: the next attempt finds GitHub as wanted and knows
 * from the note that this was our doing, and what stood there before.
 */
async function attempt({ app, store, checkpoint }: ExecutorOptions, leased: LeasedEffect): Promise<Attempt> {
  try {
    const github = await app.installation(leased.installationId);
    const found = await look(github, leased.effect);
    await checkpoint?.('executor/looked');
    if (found.kind === 'withheld') return { state: 'withheld', result: { changed: false, detail: found.detail } };
    if (found.kind === 'as-wanted') {
      return { state: 'done', result: leased.noted?.changed ? { ...leased.noted, ...found.result } : { ...found.result, changed: false } };
    }
    // A first note stays: what stood there before the first attempt is what an undo has to restore.
    if (!leased.noted?.changed) await store.noteEffect(leased.lease, { ...found.intended, changed: true });
    await checkpoint?.('executor/noted');
    const written = await found.write();
    return { state: 'done', result: { ...written, ...leased.noted, changed: true } };
  } catch (error) {
    return { error };
  }
}

async function record(
  { store, clock }: ExecutorOptions,
  leased: LeasedEffect,
  { state, result }: { state: 'done' | 'withheld'; result: EffectResult },
): Promise<Pick<ExecutorResult, 'kind' | 'result'>> {
  await store.settleEffect(leased.lease, { nowMs: clock(), state, result });
  return { kind: state, result };
}

async function recover(options: ExecutorOptions, leased: LeasedEffect, error: unknown): Promise<Pick<ExecutorResult, 'kind' | 'error'>> {
  const { store, clock, random } = options;
  const nowMs = clock();
  if (error instanceof StoreError) throw error;
  const reason = error instanceof GitHubError ? `${error.code}: ${error.message}` : String(error);
  if (error instanceof GitHubError && error.code === 'RATE_LIMITED') {
    const untilMs = nowMs + (error.retryAfterMs ?? 60_000);
    await store.pauseInstallation(leased.installationId, untilMs);
    await store.retryEffect(leased.lease, { runAtMs: untilMs, error: reason, countAttempt: false });
    return { kind: 'paused', error };
  }
  const unavailable = error instanceof GitHubError && PASSING.has(error.code);
  const limits = options.maxAttempts ?? DEFAULTS.maxAttempts;
  const final = error instanceof GitHubError && FINAL.has(error.code);
  if (final || leased.attempts >= (unavailable ? limits.unavailable : limits.failed)) {
    await store.settleEffect(leased.lease, { nowMs, state: 'failed', error: reason });
    return { kind: 'failed', error };
  }
  await store.retryEffect(leased.lease, {
    runAtMs: nowMs + backoffMs(leased.attempts, options.backoff ?? DEFAULTS.backoff, random),
    error: reason,
  });
  return { kind: 'retried', error };
}
