import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it('doubles up to the longest wait, and never waits less than half of it', () => {
  const waits = [1, 2, 3, 4, 5, 6].map((attempt) => backoffMs(attempt, { baseMs: 100, maxMs: 1_000 }, () => 0));
  expect(waits).toEqual([50, 100, 200, 400, 500, 500]);
});

it('stays between half and all of the doubled wait, whatever the attempt', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      const waitMs = backoffMs(attempt, { baseMs: 100, maxMs: 60_000 }, () => random);
      expect(waitMs).toBeGreaterThanOrEqual(50);
      expect(waitMs).toBeLessThanOrEqual(60_000);
    }),
  );
});
