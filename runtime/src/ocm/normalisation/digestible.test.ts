import { describe, expect, it } from 'vitest';
import { composeDescriptor } from '../descriptor/parse.ts';
import { digestibleFindings, EXCLUDED_DIGEST, isSafelyDigestible } from './digestible.ts';

const digest = { hashAlgorithm: 'SHA-256', normalisationAlgorithm: 'genericBlobDigest/v1', value: 'aa' };
const component = (parts: object) =>
  composeDescriptor({ meta: { schemaVersion: 'v2' }, component: { name: 'acme.org/app', version: '1.0.0', provider: 'p', ...parts } })
    .descriptor;
const resource = (parts: object) => component({ resources: [{ name: 'r', version: '1.0.0', type: 'blob', relation: 'local', ...parts }] });
const reference = (parts: object) =>
  component({ componentReferences: [{ name: 'c', componentName: 'acme.org/c', version: '1.0.0', ...parts }] });

describe('safely digestible', () => {
  it.each([
    ['an empty component', component({})],
    ['a resource with digest', resource({ access: { type: 'localBlob' }, digest })],
    ['a resource excluded from signing', resource({ access: { type: 'localBlob' }, digest: EXCLUDED_DIGEST })],
    ['a resource without content', resource({ access: { type: 'None' } })],
    ['a resource without content in old spelling', resource({ access: { type: 'none' } })],
    ['a resource without access', resource({})],
    ['a reference with digest', reference({ digest })],
  ])('%s is', (_, descriptor) => {
    expect(isSafelyDigestible(descriptor)).toBe(true);
  });

  it.each([
    [
      'a resource without digest',
      resource({ access: { type: 'localBlob' } }),
      'component.resources[0].digest',
      /add the digest of the content/,
    ],
    [
      'a resource with half a digest',
      resource({ access: { type: 'localBlob' }, digest: { ...digest, value: '' } }),
      'component.resources[0].digest',
      /incomplete/,
    ],
    ['a resource without access but with digest', resource({ digest }), 'component.resources[0].digest', /remove it/],
    ['a type that only looks like none', resource({ access: { type: 'NONE' } }), 'component.resources[0].digest', /missing/],
    ['a reference without digest', reference({}), 'component.componentReferences[0].digest', /referenced component/],
  ])('%s is not', (_, descriptor, path, message) => {
    expect(digestibleFindings(descriptor)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });
});
