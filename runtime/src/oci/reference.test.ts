import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOciError } from './error.ts';
import { formatReference, isHost, isRepository, parseReference } from './reference.ts';

const hex = 'a'.repeat(64);

describe('a reference', () => {
  it.each([
    ['registry.example/a/b:1.0', { host: 'registry.example', repository: 'a/b', tag: '1.0' }],
    ['registry.example:5000/a', { host: 'registry.example:5000', repository: 'a' }],
    ['localhost/a', { host: 'localhost', repository: 'a' }],
    ['[::1]:5000/a:v1', { host: '[::1]:5000', repository: 'a', tag: 'v1' }],
    [`registry.example/a:1@sha256:${hex}`, { host: 'registry.example', repository: 'a', tag: '1', digest: `sha256:${hex}` }],
    [`registry.example/a@sha256:${hex}`, { host: 'registry.example', repository: 'a', digest: `sha256:${hex}` }],
    ['http://127.0.0.1:5000/a', { host: '127.0.0.1:5000', repository: 'a', scheme: 'http' }],
    ['oci://registry.example/a', { host: 'registry.example', repository: 'a', scheme: 'https' }],
    ['alpine', { host: 'docker.io', repository: 'library/alpine' }],
    ['alpine:3', { host: 'docker.io', repository: 'library/alpine', tag: '3' }],
    ['docker.io/alpine', { host: 'docker.io', repository: 'library/alpine' }],
    ['acme/tool', { host: 'docker.io', repository: 'acme/tool' }],
  ])('%s is read', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });

  it('takes the defaults it is given, a tag only where nothing else names the manifest', () => {
    const options = { defaultHost: 'registry.example', defaultTag: 'latest' };
    expect(parseReference('a/b', options)).toEqual({ host: 'registry.example', repository: 'a/b', tag: 'latest' });
    expect(parseReference(`a/b@sha256:${hex}`, options).tag).toBeUndefined();
  });

  it.each([
    '',
    '/',
    'registry.example/',
    'registry.example//a',
    'registry.example/A',
    'registry.example/a/../b',
    'registry.example/a b',
    'registry.example/a:',
    'registry.example/a:-x',
    `registry.example/a:${'x'.repeat(129)}`,
    'registry.example/a@',
    'registry.example/a@sha256:12',
    'registry.example:99999/a',
    'registry.example:/a',
    'user:secret@registry.example/a',
    'ftp://registry.example/a',
    '-x.example/a',
    'a..example/a',
    `registry.example/${'a'.repeat(256)}`,
    'registry.example/a\n',
    'registry.example/a?x=1',
    'registry.example/%2e%2e/a',
    `registry.example/${'a'.repeat(3000)}`,
  ])('%j is refused', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'INVALID_REFERENCE' }));
  });

  it.each([
    ['a', true],
    ['a.b_c__d---e/0', true],
    ['a..b', false],
    ['a___b', false],
    ['a._b', false],
    ['-a', false],
    ['a-', false],
  ])('path %s is valid: %s', (path, valid) => {
    expect(isRepository(path)).toBe(valid);
  });

  it('of hostile text parses to something that prints and parses alike, or ends in INVALID_REFERENCE', () => {
    const alphabet = fc.string({ unit: fc.constantFrom(...'aZ0.:/@-_[]% '), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(alphabet, fc.string(), fc.constant('_'.repeat(2000))), (text) => {
        try {
          const { scheme: _, ...reference } = parseReference(text);
          expect(parseReference(formatReference(reference))).toEqual(reference);
          expect(isHost(reference.host)).toBe(true);
        } catch (error) {
          if (!isOciError(error, 'INVALID_REFERENCE')) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
