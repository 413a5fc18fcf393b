import { OciError } from '../error.ts';

/** `attempts` counts the first one. Waits double from `baseMs` to `maxMs`; a `Retry-After` beyond `maxRetryAfterMs` is not waited for. */
export type RetryPolicy = {
  readonly attempts: number;
  readonly baseMs: number;
  readonly maxMs: number;
  readonly maxRetryAfterMs: number;
};

export const DEFAULT_RETRY: RetryPolicy = { attempts: 5, baseMs: 200, maxMs: 3_000, maxRetryAfterMs: 60_000 };

const TRANSIENT_STATUS = new Set([408, 429, 500, 502, 503, 504]);

export function isTransientStatus(status: number): boolean {
  return TRANSIENT_STATUS.has(status);
}

/** Whether trying the same again may help. */
export function isTransient(error: unknown): error is OciError {
  return error instanceof OciError && (error.code === 'UNAVAILABLE' || error.code === 'TIMED_OUT' || error.code === 'RATE_LIMITED');
}

/**
 * Milliseconds to wait before the next attempt, undefined to give up. `failures` is how many attempts failed so far, from 1; `chance` is
 * a number from 0 to 1 that spreads clients out (between half and the whole of the wait).
 */
export function delayBefore(failures: number, error: OciError, policy: RetryPolicy, chance: number): number | undefined {
  if (failures >= policy.attempts) return undefined;
  if (error.retryAfterMs !== undefined) return error.retryAfterMs > policy.maxRetryAfterMs ? undefined : error.retryAfterMs;
  const full = Math.min(policy.maxMs, policy.baseMs * 2 ** (failures - 1));
  return Math.round(full * (0.5 + chance / 2));
}

/**
 * The wait a `Retry-After` asks for: seconds, or a date.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^[0-9]{1,9}$/.test(text)) return Number(text) * 1000;
  const date = text === '' || text.length > 40 ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
