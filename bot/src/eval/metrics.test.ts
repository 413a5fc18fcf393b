import { describe, expect, it } from 'vitest';
import { f1, percentile, ratio, wilson95 } from './metrics.ts';

describe('metrics', () => {
  it('give the Wilson interval of the textbook', () => {
    expect(wilson95(8, 10)).toEqual([0.4902, 0.9433]);
    expect(wilson95(10, 10)).toEqual([0.7225, 1]);
    expect(wilson95(0, 0)).toEqual([0, 1]);
  });

  it('are 0 rather than undefined without trials', () => {
    expect(ratio(0, 0)).toBe(0);
    expect(f1(0, 0)).toBe(0);
    expect(percentile([], 0.5)).toBe(0);
  });

  it('take percentiles by nearest rank, in any order', () => {
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
    expect(percentile([3, 1, 2], 0.99)).toBe(3);
  });
});
