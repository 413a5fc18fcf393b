import { z } from 'zod';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Longest accepted span, about ten years: larger numbers are typing errors. */
const MAX_MS = 3_660 * UNIT_MS.d;
const MAX_BUSINESS_DAYS = 2_600;

const PATTERN = /^([1-9]\d{0,9})(s|m|h|d|bd)$/;

/** A span of time: `elapsed` runs on the wall clock, `business` counts working days of a calendar. */
export type Duration = { kind: 'elapsed'; ms: number } | { kind: 'business'; days: number };

/** Thrown for text that is no duration, or for a business-day duration where only elapsed time has a meaning. */
export class DurationError extends Error {
  readonly code: 'INVALID_DURATION' | 'BUSINESS_DURATION';

  constructor(code: DurationError['code'], message: string) {
    super(message);
    this.name = 'DurationError';
    this.code = code;
  }
}

/**
 * Reads `30s`, `5m`, `2h`, `3d` (elapsed; a `d` is 24 hours) or `2bd` (business days). One positive whole number and one unit.
 * @throws DurationError `INVALID_DURATION`
 */
export function parseDuration(text: string): Duration {
  const [, digits, unit] = PATTERN.exec(text) ?? [];
  if (digits === undefined || unit === undefined) throw invalid(text);
  const count = Number(digits);
  if (unit === 'bd') {
    if (count > MAX_BUSINESS_DAYS) throw invalid(text);
    return { kind: 'business', days: count };
  }
  const ms = count * UNIT_MS[unit as keyof typeof UNIT_MS];
  if (ms > MAX_MS) throw invalid(text);
  return { kind: 'elapsed', ms };
}

/**
 * Milliseconds of an elapsed duration.
 * @throws DurationError `INVALID_DURATION`, or `BUSINESS_DURATION` for `2bd`, which has no length without a calendar
 */
export function durationMs(text: string): number {
  const duration = parseDuration(text);
  if (duration.kind === 'elapsed') return duration.ms;
  throw new DurationError('BUSINESS_DURATION', `duration "${text}" counts business days; write elapsed time such as 48h`);
}

/** Shortest spelling of a duration that `parseDuration` reads back; a fraction of a second is rounded up. */
export function formatDuration(duration: Duration): string {
  if (duration.kind === 'business') return `${duration.days}bd`;
  const seconds = Math.max(1, Math.ceil(duration.ms / UNIT_MS.s));
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  if (seconds % 3_600 === 0) return `${seconds / 3_600}h`;
  if (seconds % 60 === 0) return `${seconds / 60}m`;
  return `${seconds}s`;
}

function invalid(text: string): DurationError {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return new DurationError('INVALID_DURATION', `"${shown}" is not a duration; write a whole number and a unit: 30s, 5m, 2h, 3d or 2bd`);
}

const isDuration = (kinds: readonly Duration['kind'][]) => (text: string) => {
  try {
    return kinds.includes(parseDuration(text).kind);
  } catch {
    return false;
  }
};

/** Elapsed time as text: `30s`, `5m`, `2h`, `3d`. */
export const ElapsedText = z.string().refine(isDuration(['elapsed']), 'not a duration: write 30s, 5m, 2h or 3d');

/** Elapsed time or business days as text: `2h`, `2bd`. */
export const DurationText = z.string().refine(isDuration(['elapsed', 'business']), 'not a duration: write 30s, 5m, 2h, 3d or 2bd');
