import { describe, expect, it } from 'vitest';
import { readResolvers, repositoriesFor } from './resolvers.ts';
import { refusal } from './test-refusal.ts';

const repository = (baseUrl: string) => ({ type: 'OCIRepository/v1', baseUrl });
const patterns = (...resolvers: readonly object[]) => ({ type: 'resolvers.config.ocm.software/v1alpha1', resolvers });
const fallbacks = (...resolvers: readonly object[]) => ({ type: 'ocm.config.ocm.software', aliases: {}, resolvers });
const asked = (entries: readonly { type: string }[], component: string, version?: string) =>
  repositoriesFor(readResolvers(entries, repository('base')), component, version).map(({ baseUrl }) => baseUrl);

describe('resolvers by pattern', () => {
  const entries = [
    patterns({ repository: repository('core'), componentNamePattern: 'ocm.software/core/*', versionConstraint: '>= 2.0.0' }),
    patterns({ repository: repository('any'), componentNamePattern: 'ocm.software/*' }),
  ];

  it('ask only the first repository that matches, the given one last', () => {
    expect(asked(entries, 'ocm.software/core/a', '2.1.0')).toEqual(['core']);
    expect(asked(entries, 'ocm.software/core/a', '1.0.0')).toEqual(['any']);
    expect(asked(entries, 'ocm.software/deep/er', '1.0.0')).toEqual(['any']);
    expect(asked(entries, 'acme.org/x', '1.0.0')).toEqual(['base']);
  });

  it('pass over rules with a constraint while no version is known or it is none', () => {
    expect(asked(entries, 'ocm.software/core/a')).toEqual(['any']);
    expect(asked(entries, 'ocm.software/core/a', 'latest')).toEqual(['any']);
  });

  it('know nothing without configuration', () => {
    expect(repositoriesFor(readResolvers([]), 'acme.org/x')).toEqual([]);
  });
});

describe('fallback resolvers', () => {
  it('are asked by priority after the given repository, by whole segments', () => {
    const entries = [
      fallbacks(
        { repository: repository('ten'), prefix: 'a/b' },
        { repository: repository('twenty'), prefix: 'a', priority: 20 },
        { repository: repository('zero'), prefix: '', priority: 0 },
        { repository: repository('ten too'), prefix: 'a/b', priority: 10 },
      ),
    ];
    expect(asked(entries, 'a/b')).toEqual(['base', 'twenty', 'ten', 'ten too', 'zero']);
    expect(asked(entries, 'a/b/c')).toEqual(['base', 'twenty', 'ten', 'ten too', 'zero']);
    expect(asked(entries, 'a/bc')).toEqual(['base', 'twenty', 'zero']);
  });
});

describe('resolver configuration', () => {
  it('is refused with both kinds, without a repository, and with a broken pattern', async () => {
    const one = { repository: repository('x'), componentNamePattern: '*' };
    expect(await refusal(() => readResolvers([patterns(one), fallbacks({ repository: repository('y') })]))).toBe('RESOLVERS_CONFLICT');
    expect(await refusal(() => readResolvers([patterns({ componentNamePattern: '*' })]))).toBe('SCHEMA');
    expect(await refusal(() => readResolvers([patterns({ ...one, componentNamePattern: '[' })]))).toBe('PATTERN');
    expect(() => readResolvers([patterns({ ...one, versionConstraint: 'soon' })])).toThrow(
      expect.objectContaining({ code: 'CONSTRAINT_INVALID' }),
    );
  });

  it('does not mind an empty list of the other kind', () => {
    expect(asked([fallbacks(), patterns({ repository: repository('x'), componentNamePattern: '*' })], 'a/b')).toEqual(['x']);
  });
});
