import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toV2 } from './convert-v2.ts';
import { toV3 } from './convert-v3.ts';
import type { Descriptor } from './model.ts';
import { composeDescriptor, parseDescriptor } from './parse.ts';

const blobs = new URL('../../../../test/fixtures/ocm/ctf/blobs/', import.meta.url);
const descriptors = readdirSync(blobs)
  .map((name) => readFileSync(new URL(name, blobs)))
  .filter((bytes) => bytes.subarray(0, 13).toString() === '{"component":')
  .map((bytes) => parseDescriptor(bytes).descriptor);

const full: Descriptor = {
  schemaVersion: 'v2',
  name: 'acme.org/app',
  version: '1.0.0',
  creationTime: '2025-07-28T11:40:51Z',
  provider: { name: 'acme', labels: [{ name: 'p', value: { value: {}, labels: [] }, signing: true }] },
  labels: [{ name: 'l', value: null, version: 'v1', merge: { algorithm: 'default', config: {} } }],
  repositoryContexts: [{ type: 'OCIRegistry', labels: [] }],
  resources: [
    {
      name: 'r',
      version: '1.0.0',
      type: 'blob',
      relation: 'local',
      extraIdentity: { value: 'x', labels: 'y' },
      labels: [],
      srcRefs: [{ identitySelector: { name: 's' }, labels: [] }],
      access: { type: 'x', labels: [] },
      digest: { hashAlgorithm: 'a', normalisationAlgorithm: 'b', value: 'c' },
    },
  ],
  sources: [{ name: 's', version: '1.0.0', type: 'git', extraIdentity: {}, labels: [], access: { type: 'git' } }],
  references: [{ name: 'c', componentName: 'acme.org/c', version: '1.0.0', extraIdentity: {}, labels: [] }],
  signatures: [
    {
      name: 'x',
      digest: { hashAlgorithm: 'a', normalisationAlgorithm: 'b', value: 'c' },
      signature: { algorithm: 'a', value: 'v', mediaType: 'm' },
      timestamp: { value: 'v', time: 't' },
    },
  ],
  nestedDigests: [{ name: 'n', version: '1.0.0', resourceDigests: [{ name: 'r', version: '1.0.0', extraIdentity: {} }] }],
};

describe('the model written as v2 and as v3alpha1', () => {
  it('has descriptors of the official tool to try', () => {
    expect(descriptors.length).toBeGreaterThan(10);
  });

  it.each([...descriptors, full].map((descriptor) => [`${descriptor.name}:${descriptor.version}`, descriptor] as const))(
    '%s survives both',
    (_, descriptor) => {
      expect(composeDescriptor(toV2(descriptor)).descriptor).toEqual(descriptor);
      const v3 = composeDescriptor(toV3(descriptor)).descriptor;
      expect(v3).toEqual({ ...descriptor, schemaVersion: 'v3alpha1' });
      expect(composeDescriptor(toV2(v3)).descriptor).toEqual(descriptor);
    },
  );

  it('writes a provider with labels as JSON in a string, and a plain one as its name', () => {
    expect(toV2(full)).toMatchObject({ component: { provider: expect.stringMatching(/^{"name":"acme","labels":\[/) } });
    expect(toV2({ ...full, provider: { name: 'acme', labels: [] } })).toMatchObject({ component: { provider: 'acme' } });
  });

  it('leaves out what is empty', () => {
    expect(toV2({ ...full, signatures: [], nestedDigests: [] })).not.toHaveProperty('signatures');
    expect(toV2(full)).not.toHaveProperty('component.sources[0].labels');
    expect(toV2(full)).toHaveProperty('component.resources[0].access.labels', []);
  });
});
