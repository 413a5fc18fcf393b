import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DurationText, durationMs, ElapsedText, formatDuration, parseDuration } from './duration.ts';

describe('durations', () => {
  it('reads each unit', () => {
    expect(['30s', '5m', '2h', '3d'].map(durationMs)).toEqual([30_000, 300_000, 7_200_000, 259_200_000]);
    expect(parseDuration('2bd')).toEqual({ kind: 'business', days: 2 });
  });

  it.each(['', '5', 'm', '0s', '-1h', '1.5h', '1h30m', ' 5m', '5M', '2 d', '99999999999s', '4000d', '3000bd', 'x'.repeat(100)])(
    'refuses %j',
    (text) => {
      expect(() => parseDuration(text)).toThrowError(expect.objectContaining({ code: 'INVALID_DURATION' }));
      expect(DurationText.safeParse(text).success).toBe(false);
    },
  );

  it('gives business days no length in milliseconds', () => {
    expect(() => durationMs('2bd')).toThrowError(expect.objectContaining({ code: 'BUSINESS_DURATION' }));
    expect(ElapsedText.safeParse('2bd').success).toBe(false);
    expect(DurationText.safeParse('2bd').success).toBe(true);
  });

  it('reads back what it writes', () => {
    const spans = fc.oneof(
      fc.integer({ min: 1, max: 2_600 }).map((days) => ({ kind: 'business', days }) as const),
      fc.integer({ min: 1, max: 300_000_000 }).map((seconds) => ({ kind: 'elapsed', ms: seconds * 1_000 }) as const),
    );
    fc.assert(
      fc.property(spans, (span) => {
        expect(parseDuration(formatDuration(span))).toEqual(span);
      }),
    );
  });

  it('shows no more than forty characters of refused text', () => {
    expect(() => parseDuration('y'.repeat(5_000))).toThrowError(/^.{20,140}$/);
  });
});
