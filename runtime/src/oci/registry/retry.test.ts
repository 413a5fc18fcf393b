import { describe, expect, it } from 'vitest';
import { OciError } from '../error.ts';
import { DEFAULT_RETRY, delayBefore, isTransient, isTransientStatus, parseRetryAfter } from './retry.ts';

const down = new OciError('UNAVAILABLE', 'down');
const limited = (retryAfterMs: number) => new OciError('RATE_LIMITED', 'slow down', { retryAfterMs });

describe('trying again', () => {
  it('waits twice as long each time, up to a cap, and gives up', () => {
    const waits = [1, 2, 3, 4, 5].map((failures) => delayBefore(failures, down, { ...DEFAULT_RETRY, attempts: 5, maxMs: 1000 }, 1));
    expect(waits).toEqual([200, 400, 800, 1000, undefined]);
    expect(delayBefore(1, down, DEFAULT_RETRY, 0)).toBe(100);
  });

  it('waits as long as the server asks, unless that is too long', () => {
    expect(delayBefore(1, limited(7000), DEFAULT_RETRY, 1)).toBe(7000);
    expect(delayBefore(1, limited(70_000), DEFAULT_RETRY, 1)).toBeUndefined();
  });

  it('is for faults that pass', () => {
    expect([429, 500, 502, 503, 504, 408].every(isTransientStatus)).toBe(true);
    expect([400, 401, 404, 501].some(isTransientStatus)).toBe(false);
    expect(isTransient(down)).toBe(true);
    expect(isTransient(new OciError('NOT_FOUND', 'gone'))).toBe(false);
    expect(isTransient(new Error('other'))).toBe(false);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['3', 3000],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Thu, 01 Jan 2015 00:00:10 GMT', 0],
    ['soon', undefined],
    ['-1', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, expected) => {
    if (header !== '-1') expect(parseRetryAfter(header, now)).toBe(expected);
    else expect(parseRetryAfter(header, now) ?? 0).toBe(0);
  });
});
