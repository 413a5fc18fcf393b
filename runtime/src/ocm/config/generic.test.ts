import { describe, expect, it } from 'vitest';
import { allowEntries, flattenConfig } from './generic.ts';
import { refusal } from './test-refusal.ts';

const generic = (...configurations: readonly object[]) => ({ type: 'generic.config.ocm.software/v1', configurations });
const entry = (name: string) => ({ type: 'transfer.config.ocm.software/v1alpha1', name });
const names = (...documents: readonly unknown[]) => flattenConfig(documents).map(({ name }) => name);

describe('generic configurations', () => {
  it('give their direct entries first and then those of nested ones, which so have the last word', () => {
    expect(names(generic(generic(entry('inner'), generic(entry('innermost')), entry('inner too')), entry('outer')))).toEqual([
      'outer',
      'inner',
      'inner too',
      'innermost',
    ]);
  });

  it('keep the order of files and of siblings', () => {
    expect(names(generic(entry('a'), entry('b')), generic(entry('c')))).toEqual(['a', 'b', 'c']);
    expect(names(generic(generic(entry('x')), generic(entry('y')), entry('z')))).toEqual(['z', 'x', 'y']);
  });

  it('may be empty, unversioned, or not generic at all', () => {
    expect(names(null, { type: 'generic.config.ocm.software' }, { type: 'generic.config.ocm.software/v1', configurations: null })).toEqual(
      [],
    );
    expect(names(entry('alone'))).toEqual(['alone']);
  });

  it('keep what they do not know', () => {
    expect(flattenConfig([generic({ type: 'HashiCorpVault/v1', token: 'x' })])).toEqual([{ type: 'HashiCorpVault/v1', token: 'x' }]);
  });

  it('are refused when malformed, nested without end or too many', async () => {
    expect(await refusal(() => flattenConfig(['text']))).toBe('SCHEMA');
    expect(await refusal(() => flattenConfig([generic({ kind: 'none' })]))).toBe('SCHEMA');
    let deep: object = entry('x');
    for (let level = 0; level < 30; level += 1) deep = generic(deep);
    expect(await refusal(() => flattenConfig([deep]))).toBe('TOO_DEEP');
    expect(await refusal(() => flattenConfig([generic(...Array.from({ length: 10_001 }, () => entry('x')))]))).toBe('TOO_LARGE');
  });

  it('pass an allow-list by name, whatever the version, and say what they lost', () => {
    const entries = flattenConfig([
      generic(
        { type: 'credentials.config.ocm.software' },
        { type: 'credentials.config.ocm.software/v1' },
        { type: 'http.config.ocm.software/v1alpha1' },
        { type: 'http.config.ocm.software/v1alpha1' },
      ),
    ]);
    const { kept, dropped } = allowEntries(entries, new Set(['credentials.config.ocm.software']));
    expect(kept).toHaveLength(2);
    expect(dropped).toEqual(['http.config.ocm.software/v1alpha1']);
  });
});
