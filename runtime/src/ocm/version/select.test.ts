import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConstraint } from './constraint.ts';
import { compileFilter } from './filter.ts';
import { orderVersions, parseVersionRequest, selectHighest } from './select.ts';

const chosen = (published: readonly string[], constraint: string, filter?: string) => {
  const selection = selectHighest(published, parseConstraint(constraint), filter === undefined ? undefined : compileFilter(filter));
  return selection.kind === 'selected' ? selection.version.original : selection;
};

describe('choosing a version', () => {
  it('takes the highest that fulfils the constraint, as published', () => {
    expect(chosen(['1.0.0', 'v1.9.0', '2.0.0', '1.10.0-rc.1'], '^1')).toBe('v1.9.0');
  });

  it('applies the filter before the constraint', () => {
    expect(chosen(['1.0.0', '1.1.0-dev', '1.2.0-dev', '1.3.0-rc.1'], '>=1.0.0-0', '-dev$')).toBe('1.2.0-dev');
  });

  it('says which step left nothing', () => {
    expect(chosen(['1.0.0', 'latest'], '^1', 'rc')).toEqual({
      kind: 'none',
      publishedCount: 2,
      readableCount: 1,
      filteredCount: 0,
      unreadable: ['latest'],
    });
    expect(chosen(['1.0.0'], '^2')).toMatchObject({ kind: 'none', filteredCount: 1 });
  });

  it('prefers, among equals, the spelling without v and then the order of publication', () => {
    expect(chosen(['v1.0.0', '1.0.0+b', '1.0.0+a'], '*')).toBe('1.0.0+b');
  });

  it('is the same for every order of distinct versions', () => {
    const published = ['0.9.0', '1.0.0', '1.2.3', '1.10.0', '2.0.0-rc.1', '2.0.0'];
    fc.assert(
      fc.property(fc.shuffledSubarray(published, { minLength: published.length }), (shuffled) => {
        expect(orderVersions(shuffled).versions.map(({ original }) => original)).toEqual([...published].reverse());
      }),
    );
  });

  it('a single version is pinned without a listing, also when relaxed', () => {
    expect(parseVersionRequest('v1.2')).toMatchObject({ kind: 'pinned', version: { original: 'v1.2' } });
    expect(parseVersionRequest('~1.2').kind).toBe('range');
    expect(() => parseVersionRequest('newest')).toThrow(expect.objectContaining({ code: 'CONSTRAINT_INVALID' }));
  });
});

describe('the version filter', () => {
  it('has the syntax of RE2', () => {
    expect(compileFilter('(?i)RC\\.[0-9]+\\z').matches('1.0.0-rc.12')).toBe(true);
    expect(compileFilter('^1').matches('v1.0.0')).toBe(false);
  });

  it.each(['(', '(?=a)', '(a)\\1', 'a'.repeat(1025)])('refuses %j', (pattern) => {
    expect(() => compileFilter(pattern)).toThrow(expect.objectContaining({ code: 'FILTER_INVALID' }));
  });
});
