import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../descriptor/json.ts';
import { canonicalJson } from './jcs.ts';

/** A double from its 64 bits in hex, as RFC 8785 Appendix B lists them. */
function double(hex: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}

describe('canonical JSON of RFC 8785', () => {
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555554', '333333333.33333325'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('the double %s is %s', (hex, text) => {
    expect(canonicalJson(double(hex))).toBe(text);
  });

  it('members are sorted by UTF-16 code units', () => {
    const members = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(members)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
    expect(canonicalJson({ 10: 'a', 9: 'b', a: 'c' })).toBe('{"10":"a","9":"b","a":"c"}');
  });

  it('only what must be escaped is', () => {
    expect(canonicalJson('\u20ac$\u000f\n\b\t\f\r"\\/<>&\u2028\u007f')).toBe('"\u20ac$\\u000f\\n\\b\\t\\f\\r\\"\\\\/<>&\u2028\u007f"');
  });

  it('lists keep order and nulls, undefined members are left out', () => {
    expect(canonicalJson({ b: [null, true, {}], a: undefined, c: null })).toBe('{"b":[null,true,{}],"c":null}');
  });

  it.each<[string, JsonValue]>([
    ['infinite numbers', [Number.POSITIVE_INFINITY]],
    ['what is not a number', [Number.NaN]],
    ['lone surrogates', ['\ud800']],
    ['keys with lone surrogates', { '\udc00': 1 }],
  ])('%s are refused', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'NORMALISATION_FAILED' }));
  });

  it('is a fixed point, and says the same as the value it came from', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const text = canonicalJson(value as JsonValue);
        expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
