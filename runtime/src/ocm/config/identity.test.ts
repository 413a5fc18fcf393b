import { describe, expect, it } from 'vitest';
import { type ConsumerIdentity, identityKey, identityMatches } from './identity.ts';

const registry = (attributes: ConsumerIdentity): ConsumerIdentity => ({ type: 'OCIRegistry', hostname: 'r.example', ...attributes });

describe('a configured identity serves a requested one', () => {
  it.each<[string, ConsumerIdentity, ConsumerIdentity, boolean]>([
    ['equal', {}, {}, true],
    ['port is the scheme’s own', { scheme: 'https' }, { port: '443' }, true],
    ['port is the other side’s scheme’s own', { port: '80' }, { scheme: 'http' }, true],
    ['port without any scheme', { port: '443' }, {}, false],
    ['other port', { scheme: 'https', port: '5000' }, { scheme: 'https' }, false],
    ['schemes differ', { scheme: 'http' }, { scheme: 'https' }, false],
    ['oci is https', { scheme: 'oci' }, { scheme: 'https' }, true],
    ['scheme on one side only counts for both', { scheme: 'https' }, {}, true],
    ['no path configured', { path: 'a/b' }, {}, true],
    ['path pattern of one segment', { path: 'a/b' }, { path: 'a/*' }, true],
    ['path pattern does not cross segments', { path: 'a/b/c' }, { path: 'a/*' }, false],
    ['path asked for is missing', {}, { path: 'a' }, false],
    ['host differs', { hostname: 'other.example' }, {}, false],
    ['no wildcard in hosts', { hostname: 'r.example' }, { hostname: '*.example' }, false],
    ['type with a version is another type', {}, { type: 'OCIRegistry/v1' }, false],
    ['an attribute too many', {}, { realm: 'x' }, false],
    ['an attribute too few', { realm: 'x' }, {}, false],
    ['prefix is the path', { path: 'a/b' }, { pathprefix: 'a/b' }, true],
    ['prefix above the path', { path: 'a/b/c' }, { pathprefix: '/a/b/' }, true],
    ['prefix ends inside a segment', { path: 'a/bc' }, { pathprefix: 'a/b' }, false],
    ['prefix is not a pattern', { path: 'a/b' }, { pathprefix: '*' }, false],
    ['path wins over prefix', { path: 'a/b' }, { pathprefix: 'x', path: 'a/*' }, true],
  ])('%s', (_, requested, configured, expected) => {
    expect(identityMatches(registry(requested), registry(configured))).toBe(expected);
  });

  it('has one key for the same attributes in any order', () => {
    expect(identityKey({ a: '1', b: '2' })).toBe(identityKey({ b: '2', a: '1' }));
    expect(identityKey({ a: '1' })).not.toBe(identityKey({ a: '1', b: '' }));
  });
});
