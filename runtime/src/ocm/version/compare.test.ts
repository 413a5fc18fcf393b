import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from './compare.ts';
import { parseVersion, type Version } from './version.ts';

const part = fc.constantFrom(
  '0',
  '1',
  '9',
  '10',
  'a',
  'B',
  '-1',
  'rc',
  '18446744073709551615',
  '18446744073709551616',
  '99999999999999999999',
);
const version = fc
  .tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.array(part, { maxLength: 3 }), fc.constantFrom('', '+b'))
  .map(([x, y, z, parts, metadata]) => parseVersion(`${x}.${y}.${z}${parts.length > 0 ? `-${parts.join('.')}` : ''}${metadata}`));
const below = (a: string, b: string) => compareVersions(parseVersion(a), parseVersion(b));

describe('precedence of versions', () => {
  it('follows the example of semver.org', () => {
    const ascending = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
    ];
    for (let i = 1; i < ascending.length; i++) expect(below(ascending[i - 1]!, ascending[i]!)).toBe(-1);
  });

  it('ignores build metadata and spelling', () => {
    expect(below('1.2.3+a', 'v1.2.3+b')).toBe(0);
    expect(below('1.2', '01.2.0')).toBe(0);
  });

  it('counts digits beyond 64 bits as a word', () => {
    expect(below('1.0.0-18446744073709551616', '1.0.0-9')).toBe(1);
    expect(below('1.0.0-18446744073709551616', '1.0.0-99999999999999999999')).toBe(-1);
  });

  it('is a total order: antisymmetric, transitive, and equal only where nothing that counts differs', () => {
    const key = ({ major, minor, patch, prerelease }: Version) => `${major}.${minor}.${patch}-${prerelease}`;
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(compareVersions(a, b) + compareVersions(b, a)).toBe(0);
        expect(compareVersions(a, b) === 0).toBe(key(a) === key(b));
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
});
