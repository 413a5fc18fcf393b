import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConstraint, printConstraint } from './constraint.ts';
import { satisfies } from './satisfies.ts';
import { parseVersion } from './version.ts';

interface Vector {
  readonly string?: string;
  readonly match?: readonly string[];
  readonly noMatch?: readonly string[];
  readonly error?: string;
}
const vectors = JSON.parse(readFileSync(new URL('../../../../test/fixtures/ocm/semver-masterminds.json', import.meta.url), 'utf8')) as {
  constraints: Record<string, Vector>;
};
const { constraints } = vectors;

describe('constraints agree with Masterminds/semver v3.5', () => {
  it('has vectors to agree with', () => {
    expect(Object.keys(constraints).length).toBeGreaterThan(100);
  });

  it.each(Object.entries(constraints))('%j', (text, { string, match = [], noMatch = [], error }) => {
    if (error !== undefined) {
      expect(() => parseConstraint(text)).toThrow(expect.objectContaining({ code: 'CONSTRAINT_INVALID' }));
      return;
    }
    const constraint = parseConstraint(text);
    expect(printConstraint(constraint)).toBe(string);
    expect(match.filter((version) => !satisfies(parseVersion(version), constraint))).toEqual([]);
    expect(noMatch.filter((version) => satisfies(parseVersion(version), constraint))).toEqual([]);
  });

  it.each([
    ['1||2 - 3', '>=1 || 2 <=3'],
    ['1 - 2||3', '>=1 <=2 || 3'],
    ['1, 2 - 3', '1 >=2 <=3'],
    ['1 - 2>3', '>=1 <=2 >3'],
    ['\t^1.2 ,\n<2 ', '^1.2 <2'],
    ['1.2-a - 2', '>=1.2-a <=2'],
  ])('%j is read as %j', (text, canonical) => {
    expect(printConstraint(parseConstraint(text))).toBe(canonical);
  });

  it.each(['1.2 3 - 4', '^1 - 2', '1 - 2 - 3', '1,,2', ',1', '1,', '1 |2', '12*', '1.2.3-01', '> = 1', '!1', '1\v2'])(
    '%j is improper',
    (text) => {
      expect(() => parseConstraint(text)).toThrow(expect.objectContaining({ code: 'CONSTRAINT_INVALID' }));
    },
  );

  it('a wildcard behind a prerelease excludes that prerelease only', () => {
    const constraint = parseConstraint('!=1.2.x-a');
    expect(satisfies(parseVersion('1.2.7-a'), constraint)).toBe(false);
    expect(satisfies(parseVersion('1.2.7-b'), constraint)).toBe(true);
    expect(satisfies(parseVersion('1.2.7'), constraint)).toBe(true);
  });

  it('text above 512 bytes or 32 alternatives is refused', () => {
    expect(() => parseConstraint(`>=${'1'.repeat(511)}`)).toThrow(/longer than 512 bytes/);
    expect(() => parseConstraint(Array(33).fill('1').join('||'))).toThrow(/more than 32 alternatives/);
    expect(parseConstraint(Array(32).fill('1').join('||')).groups).toHaveLength(32);
  });

  it('printing and reading again changes nothing', () => {
    const part = fc.constantFrom('0', '1', '12', 'x', '*');
    const operand = fc
      .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '-0', '-rc.1', '+b'))
      .map(([parts, suffix]) => parts.join('.') + suffix);
    const operator = fc.constantFrom('', '=', '!=', '>', '<', '>=', '=>', '<=', '=<', '~', '~>', '^');
    const group = fc
      .array(
        fc.tuple(operator, operand).map((pair) => pair.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((all) => all.join(', '));
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 3 }), (groups) => {
        const constraint = parseConstraint(groups.join('||'));
        expect(parseConstraint(printConstraint(constraint))).toEqual(constraint);
      }),
    );
  });

  it('arbitrary text is read or refused with a typed error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123x*|-+., ~^<>=!va') })), (text) => {
        try {
          parseConstraint(text);
        } catch (error) {
          expect(error).toMatchObject({ name: 'OcmError', code: 'CONSTRAINT_INVALID' });
        }
      }),
    );
  });
});
