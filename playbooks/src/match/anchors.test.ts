import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPlaybooks } from '../load.ts';
import { anchorsOf } from './anchors.ts';
import { createLiteralIndex, lowerSameLength } from './literal-index.ts';
import { compilePattern } from './pattern.ts';

describe('literals of a pattern', () => {
  it.each([
    ['status code 40[13]', ['status code 401', 'status code 403']],
    ['(retries|Retries)Exceeded', ['retriesexceeded']],
    ['colou?r', ['color', 'colour']],
    [String.raw`\bkro\b`, ['kro']],
    ['abc.*defgh', ['defgh']],
    ['(?:abc|de+fg)', ['abc', 'fg']],
    ['x*', undefined],
    ['[a-z]+', undefined],
    ['abc|.*', undefined],
  ])('of %s are found', (pattern, expected) => {
    const found = anchorsOf(pattern);
    expect(found === undefined ? undefined : [...found].sort()).toEqual(expected === undefined ? undefined : [...expected].sort());
  });

  const piece = fc.constantFrom(
    'abc',
    'de',
    'X',
    '.',
    '[01]',
    '(foo|bar)',
    '(a|bc)?',
    'z+',
    'y*',
    '(mn){2}',
    String.raw`\.`,
    String.raw`\d`,
    '(?:q|rs|t.u)',
    String.raw`\b`,
  );
  const pattern = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
  const text = fc
    .array(fc.constantFrom('abc', 'de', 'x', 'foo', 'bar', 'bc', 'zz', 'mn', '.', '0', 'q', 'rs', 't-u', ' ', 'ABC', '7'), {
      maxLength: 10,
    })
    .map((parts) => parts.join(''));

  it('stand in every text that the pattern matches', () => {
    fc.assert(
      fc.property(pattern, text, (source, sample) => {
        const anchors = anchorsOf(source);
        if (!anchors || !compilePattern(source).matcher(sample).find()) return;
        expect(anchors.some((literal) => sample.toLowerCase().includes(literal))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('stand in every positive sample that a shipped pattern matches', () => {
    for (const { rules } of loadPlaybooks()) {
      for (const { pattern: source, requires } of rules) {
        if (source !== undefined && requires === undefined) expect(anchorsOf(source), source).toBeDefined();
      }
    }
  });
});

describe('the literal index', () => {
  it('finds what indexOf finds, also overlapping words and words inside words', () => {
    const word = fc.stringMatching(/^[abc.]{1,5}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.stringMatching(/^[abcd.]{0,60}$/), (words, sample) => {
        const hits = createLiteralIndex(words)(sample);
        for (const one of words) {
          const first = sample.indexOf(one);
          expect(hits.of(one)[0] ?? -1).toBe(first);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('remembers a bounded number of positions, the last among them', () => {
    const hits = createLiteralIndex(['ab'])('ab'.repeat(1000)).of('ab');
    expect(hits.length).toBeLessThanOrEqual(12);
    expect(hits.at(-1)).toBe(1998);
  });

  it('keeps offsets when lower-casing would change the length', () => {
    expect(lowerSameLength('İABC')).toHaveLength(4);
    expect(lowerSameLength('İABC').endsWith('abc')).toBe(true);
  });
});
