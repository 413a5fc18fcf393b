import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identitiesEqual } from '../descriptor/identity.ts';
import type { Resource } from '../descriptor/model.ts';
import { defaultVersions } from './version-defaulting.ts';

const resource = (name: string, version: string, extraIdentity: Record<string, string> = {}): Resource => ({
  name,
  version,
  extraIdentity,
  type: 'blob',
  labels: [],
  srcRefs: [],
});

/** The rule as the older tool has it: each resource, in order, is compared with all others as they are by then. */
function oneByOne(resources: readonly Resource[]): readonly Resource[] {
  const result = [...resources];
  for (const [i, own] of result.entries()) {
    const clash = result.some((other, j) => j !== i && other.name === own.name && identitiesEqual(other.extraIdentity, own.extraIdentity));
    if (clash) result[i] = { ...own, extraIdentity: { ...own.extraIdentity, version: own.version } };
  }
  return result;
}

describe('versions as extra identity of resources that cannot be told apart', () => {
  it('are given to all but the last', () => {
    const given = defaultVersions([resource('a', '1'), resource('b', '1'), resource('a', '2'), resource('a', '3')]);
    expect(given.map(({ extraIdentity }) => extraIdentity)).toEqual([{ version: '1' }, {}, { version: '2' }, {}]);
  });

  it('are those of the older tool for any list', () => {
    const any = fc.tuple(
      fc.constantFrom('a', 'b'),
      fc.constantFrom('1', '2'),
      fc.constantFrom({}, { version: '1' }, { os: 'x' }, { os: 'x', version: '2' }),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 7 }), (parts) => {
        const resources = parts.map(([name, version, extra]) => resource(name, version, extra));
        expect(defaultVersions(resources)).toEqual(oneByOne(resources));
      }),
    );
  });
});
