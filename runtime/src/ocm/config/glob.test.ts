import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from './error.ts';
import { compileGlob } from './glob.ts';
import { refusal } from './test-refusal.ts';

describe('patterns', () => {
  it.each([
    ['a/*', 'a/b', true],
    ['a/*', 'a/b/c', false],
    ['a/*', 'a/', true],
    ['a/**', 'a/b/c', true],
    ['*', '', true],
    ['a/?', 'a/b', true],
    ['a?b', 'a/b', false],
    ['a.b', 'axb', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[^a-c]x', 'dx', true],
    ['[.^]x', '^x', true],
    ['{a,b/**}', 'b/c/d', true],
    ['{a,b}c', 'c', false],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['ü*', 'übel', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s against path %s: %s', (pattern, path, expected) => {
    expect(compileGlob(pattern, '/')(path)).toBe(expected);
  });

  it('cross everything without a separator', () => {
    expect(compileGlob('ocm.software/*')('ocm.software/core/deep')).toBe(true);
    expect(compileGlob('*.software/*/test')('a.software/b/c/test')).toBe(true);
    expect(compileGlob('a?b')('a/b')).toBe(true);
  });

  it('are refused when malformed', async () => {
    for (const pattern of ['[', '[]', 'a[b', '{a', 'a\\', '[c-a]', '{'.repeat(20), 'a'.repeat(2000)]) {
      expect(await refusal(() => compileGlob(pattern))).toBe('PATTERN');
    }
  });

  it('match text without wildcards literally, and compile or refuse whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab/.+()|^$*?[]{}\\,-!ü😀') }), fc.string(), (pattern, text) => {
        const escaped = pattern.replace(/[*?[\]{}\\,]/g, '\\$&');
        expect(compileGlob(escaped, '/')(pattern)).toBe(true);
        try {
          compileGlob(pattern, '/')(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
