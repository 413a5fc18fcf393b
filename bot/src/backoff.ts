export type Backoff = { baseMs: number; maxMs: number };

/**
 * Wait before attempt number `attempt + 1`: doubles per attempt up to `maxMs`, of which the upper half is random, so that many rows
 * that failed together do not come back together.
 * @param attempt attempts made so far, from 1
 * @param random in [0, 1)
 */
export function backoffMs(attempt: number, { baseMs, maxMs }: Backoff, random: () => number): number {
  const ceiling = Math.min(maxMs, baseMs * 2 ** Math.min(Math.max(attempt, 1) - 1, 30));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
