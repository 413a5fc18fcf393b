import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChallenges } from './challenge.ts';
import { nextLink } from './link.ts';
import { formatScopes, parseScopes, pullScope, pushScope } from './scope.ts';

describe('a WWW-Authenticate header', () => {
  it('is read with quoted values, escapes and several schemes', () => {
    const header = 'Bearer realm="https://auth.example/token",service="r, \\"x\\"",scope="repository:a/b:pull,push", Basic realm=plain';
    expect(parseChallenges(header)).toEqual([
      { scheme: 'bearer', parameters: { realm: 'https://auth.example/token', service: 'r, "x"', scope: 'repository:a/b:pull,push' } },
      { scheme: 'basic', parameters: { realm: 'plain' } },
    ]);
  });

  it('takes names in any case and the first of equal parameters', () => {
    expect(parseChallenges('BEARER Realm = "a" , realm="b"')).toEqual([{ scheme: 'bearer', parameters: { realm: 'a' } }]);
  });

  it('of any text ends in schemes without their separators', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'aB=", \\\t') }));
    fc.assert(
      fc.property(text, (header) => {
        for (const { scheme } of parseChallenges(header)) expect(scheme).toMatch(/^[^\s,="]+$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a Link header', () => {
  it.each([
    ['</v2/a/tags/list?n=1&last=b>; rel="next"', '/v2/a/tags/list?n=1&last=b'],
    ['<x>; rel=prev, <y>; title="<"; rel=next', undefined],
    ['<x>; rel=prev, <y>; rel=next', 'y'],
    ['<x>', undefined],
    ['<x', undefined],
    [undefined, undefined],
  ])('%s leads to %s', (header, target) => {
    expect(nextLink(header)).toBe(target);
  });
});

describe('scopes', () => {
  it('are merged per repository and written in one order', () => {
    expect(formatScopes([pullScope('b'), pushScope('a'), pullScope('a')])).toEqual(['repository:a:pull,push', 'repository:b:pull']);
    expect(formatScopes(parseScopes('repository:host:5000/a:push,pull registry:catalog:* nonsense :'))).toEqual([
      'registry:catalog:*',
      'repository:host:5000/a:pull,push',
    ]);
  });
});
