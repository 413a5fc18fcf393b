import { describe, expect, it } from 'vitest';
import { entryJson } from './entries.ts';

describe('the entry form of jsonNormalisation/v1', () => {
  it('an object is a list of single members by key, at any depth; lists stay lists', () => {
    expect(entryJson({ b: [{ d: 1, c: [] }], a: {}, x: undefined, e: null })).toBe('[{"a":[]},{"b":[[{"c":[]},{"d":1}]]},{"e":null}]');
  });

  it('keys are sorted by code points, not by UTF-16 code units', () => {
    expect(entryJson({ '\ud83d\ude00': 1, '\ufb33': 2, a: 3, ab: 4, aa: 5 })).toBe(
      '[{"a":3},{"aa":5},{"ab":4},{"\ufb33":2},{"\ud83d\ude00":1}]',
    );
  });

  it('escapes and numbers are those of Go', () => {
    expect(entryJson({ '<': '&>\u2028\u2029' })).toBe('[{"\\u003c":"\\u0026\\u003e\\u2028\\u2029"}]');
    expect(entryJson([-0, 1e21, 1e-7, 0.000001, true])).toBe('[-0,1e+21,1e-7,0.000001,true]');
  });

  it('infinite numbers are refused', () => {
    expect(() => entryJson(Number.NaN)).toThrow(expect.objectContaining({ code: 'NORMALISATION_FAILED' }));
  });
});
