import { describe, expect, it } from 'vitest';
import {
  elementIdentity,
  findElement,
  identitiesEqual,
  isIdentitySubset,
  matchesIgnoringVersion,
  minimalIdentity,
  printIdentity,
} from './identity.ts';

const element = (name: string, version: string, extraIdentity: Record<string, string> = {}) => ({ name, version, extraIdentity });
const list = [element('a', '1.0.0'), element('a', '2.0.0'), element('b', '1.0.0', { os: 'linux' })];

describe('identities of elements', () => {
  it('name and version win over extra keys of the same name', () => {
    expect(elementIdentity(element('a', '1', { name: 'x', version: 'y', os: 'z' }))).toEqual({ name: 'a', version: '1', os: 'z' });
    expect(elementIdentity(element('a', ''))).toEqual({ name: 'a' });
  });

  it('the minimal identity has a version only where it is needed', () => {
    expect(list.map((_, i) => minimalIdentity(list, i))).toEqual([
      { name: 'a', version: '1.0.0' },
      { name: 'a', version: '2.0.0' },
      { name: 'b', os: 'linux' },
    ]);
  });

  it('match as subset, as equal, and as equal but for the version', () => {
    const b = elementIdentity(list[2]!);
    expect(isIdentitySubset({ name: 'b' }, b)).toBe(true);
    expect(isIdentitySubset({ toString: 'b' }, b)).toBe(false);
    expect(identitiesEqual({ os: 'linux', version: '1.0.0', name: 'b' }, b)).toBe(true);
    expect(matchesIgnoringVersion({ name: 'b', os: 'linux' }, b)).toBe(true);
    expect(matchesIgnoringVersion({ name: 'b' }, b)).toBe(false);
    expect(matchesIgnoringVersion({ name: 'b', os: 'linux', version: '2' }, b)).toBe(false);
  });

  it('finding demands exactly one', () => {
    expect(findElement(list, { os: 'linux' })).toBe(list[2]);
    expect(() => findElement(list, { name: 'c' })).toThrow(
      expect.objectContaining({ code: 'ELEMENT_NOT_FOUND', message: expect.stringContaining('name=b,os=linux,version=1.0.0') }),
    );
    expect(() => findElement(list, { name: 'a' })).toThrow(expect.objectContaining({ code: 'ELEMENT_AMBIGUOUS' }));
  });

  it('are printed name first', () => {
    expect(printIdentity({ arch: 'x', name: 'n' })).toBe('name=n,arch=x');
  });
});
