import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pathMatcher } from './paths.ts';

it.each([
  ['kubernetes/controller/**', 'kubernetes/controller/api/v1/types.go', true],
  ['kubernetes/controller/**', 'kubernetes/controller', true],
  ['kubernetes/controller/**', 'kubernetes/controllers/a.go', false],
  ['kubernetes/controller', 'kubernetes/controller/a.go', true],
  ['kubernetes/controller/', 'kubernetes/controller/a.go', true],
  ['Makefile', 'Makefile', true],
  ['Makefile', 'docs/Makefile', false],
  ['**/*.proto', 'api.proto', true],
  ['**/*.proto', 'a/b/.hidden/api.proto', true],
  ['docs/*.md', 'docs/adr/0001.md', false],
  ['**/controller/**/*.go', 'a/controller/b/c/d.go', true],
  ['**/controller/**/*.go', 'a/controller.go', false],
  ['v?/api', 'v2/api', true],
  ['v?/api', 'v10/api', false],
  ['a+b/$.[x]', 'a+b/$.[x]', true],
])('pattern %s and path %s: %s', (pattern, path, want) => {
  expect(pathMatcher([pattern])(path)).toBe(want);
});

it('agrees with the regular expression that a pattern stands for', () => {
  const pattern = fc.array(fc.constantFrom('**', '*', 'a', 'b', 'a*', '*b', 'a?', '*a*'), { minLength: 1, maxLength: 5 });
  const path = fc.array(fc.constantFrom('a', 'b', 'ab', 'aab', 'ba'), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(pattern, path, (segments, names) => {
      const glob = segments.join('/');
      fc.pre(/[*?]/.test(glob));
      expect(pathMatcher([glob])(names.join('/'))).toBe(expressionOf(segments).test(`${names.join('/')}/`));
    }),
    { numRuns: 1_000 },
  );
});

it('comes to an end on patterns and paths that make others backtrack', () => {
  const matches = pathMatcher([`${'*a'.repeat(90)}b`, `${'**/a/'.repeat(3)}${'a*'.repeat(80)}b`]);
  expect(matches('a'.repeat(4_000))).toBe(false);
  expect(matches('a/'.repeat(2_000))).toBe(false);
});

function expressionOf(segments: readonly string[]): RegExp {
  const parts = segments.map((segment) =>
    segment === '**' ? '(?:[^/]+/)*' : `${segment.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}/`,
  );
  return new RegExp(`^${parts.join('')}$`);
}
