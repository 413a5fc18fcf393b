import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictVersion, parseVersion, printVersion, tryParseVersion } from './version.ts';

const vectors = JSON.parse(readFileSync(new URL('../../../../test/fixtures/ocm/semver-masterminds.json', import.meta.url), 'utf8')) as {
  versions: Record<string, string>;
};

describe('versions are read as Masterminds reads them', () => {
  it.each(Object.entries(vectors.versions))('%j is %s', (text, expected) => {
    const version = tryParseVersion(text);
    expect(version === undefined ? 'ERR' : `${printVersion(version)} orig=${version.original}`).toBe(
      expected.startsWith('ERR') ? 'ERR' : expected,
    );
  });

  it.each([
    ['latest', /not a semantic version: write MAJOR/],
    ['1.2.3-01', /starts with 0/],
    ['18446744073709551616.0.0', /number above 18446744073709551615/],
    [`1.0.0-${'a'.repeat(251)}`, /longer than 256/],
  ])('%j is refused with its reason', (text, message) => {
    expect(() => parseVersion(text)).toThrow(expect.objectContaining({ code: 'VERSION_INVALID', message: expect.stringMatching(message) }));
  });

  it('the largest 64-bit number is exact', () => {
    expect(parseVersion('18446744073709551615.0.0').major).toBe(18446744073709551615n);
  });

  it.each(['v1.2.3', '1.2', '01.2.3', '1.02.3', '1.2.3-', '1.2.3+', '1.2.3-a..b', '1.2.3-01', ''])('strict reading refuses %j', (text) => {
    expect(() => parseStrictVersion(text)).toThrow(expect.objectContaining({ code: 'VERSION_INVALID' }));
  });

  it.each(['0.0.0', '1.2.3-a-b.0+01.x'])('strict reading accepts %j', (text) => {
    expect(printVersion(parseStrictVersion(text))).toBe(text);
  });

  it('printing and reading again changes nothing but the spelling', () => {
    const number = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    const word = fc.stringMatching(/^[a-z-][0-9a-z-]{0,5}$/);
    const identifiers = fc.array(fc.oneof(word, fc.nat().map(String)), { maxLength: 3 }).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(number, number, number, identifiers, identifiers, (major, minor, patch, prerelease, metadata) => {
        const version = { major, minor, patch, prerelease, metadata };
        const text = printVersion({ ...version, original: '' });
        expect(parseVersion(text)).toEqual({ ...version, original: text });
        expect(parseVersion(`v${text}`)).toEqual({ ...version, original: `v${text}` });
      }),
    );
  });
});
