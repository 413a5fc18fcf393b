import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonObject, valueAt } from '../descriptor/json.ts';
import type { Descriptor } from '../descriptor/model.ts';
import { composeDescriptor } from '../descriptor/parse.ts';
import { printProvider } from '../descriptor/provider.ts';
import { normalise } from './normalise.ts';

const digest = { hashAlgorithm: 'SHA-256', normalisationAlgorithm: 'genericBlobDigest/v1', value: 'aa' };
const v2 = (component: JsonObject): Descriptor =>
  composeDescriptor({
    meta: { schemaVersion: 'v2' },
    component: { name: 'acme.org/app', version: '1.0.0', provider: 'acme', ...component },
  }).descriptor;
const [v1, v2Algorithm, v3, v4] = ['v1', 'v2', 'v3', 'v4alpha1'].map((name) => `jsonNormalisation/${name}`) as [
  string,
  string,
  string,
  string,
];
const signed = (descriptor: Descriptor, algorithm: string) =>
  valueAt(JSON.parse(normalise(descriptor, algorithm)) as JsonObject, ['component']) as JsonObject;

const labels = [
  { name: 'off', value: 1 },
  { name: 'no', value: 1, signing: false },
  { name: 'on', value: { n: null, l: [null] }, version: 'v1', signing: true, mergeAlgorithm: 'x', merge: { algorithm: 'default' } },
];
const rich = v2({
  creationTime: '2025-07-28T11:40:51Z',
  repositoryContexts: [{ type: 'OCIRegistry' }],
  labels,
  provider: JSON.stringify({ name: 'acme', labels }),
  resources: [
    { name: 'r', version: '1.0.0', type: 'blob', relation: 'local', labels, access: { type: 'x' }, srcRefs: [{}], digest, odd: 1 },
    { name: 'r', version: '2.0.0', type: 'blob', relation: 'local', extraIdentity: {}, access: { type: 'none' }, digest },
  ],
  sources: [{ name: 's', version: '1.0.0', type: 'git', extraIdentity: { os: 'x' }, access: { type: 'y' } }],
  componentReferences: [{ name: 'c', componentName: 'acme.org/c', version: '1.0.0', labels }],
});

describe('what is signed', () => {
  it('v3: all that counts, labels with their version, nulls in values, labels of references unfiltered', () => {
    expect(normalise(rich, v3)).toBe(
      '{"component":{"componentReferences":[{"componentName":"acme.org/c","labels":[{"name":"off","value":1},{"name":"no","value":1},' +
        '{"merge":{"algorithm":"default"},"name":"on","signing":true,"value":{"l":[null],"n":null},"version":"v1"}],"name":"c","version":"1.0.0"}],' +
        '"creationTime":"2025-07-28T11:40:51Z","labels":[{"name":"on","signing":true,"value":{"l":[null],"n":null},"version":"v1"}],"name":"acme.org/app",' +
        '"provider":{"labels":[{"name":"on","signing":true,"value":{"l":[null],"n":null},"version":"v1"}],"name":"acme"},' +
        '"resources":[{"digest":{"hashAlgorithm":"SHA-256","normalisationAlgorithm":"genericBlobDigest/v1","value":"aa"},' +
        '"labels":[{"name":"on","signing":true,"value":{"l":[null],"n":null},"version":"v1"}],"name":"r","relation":"local","type":"blob","version":"1.0.0"},' +
        '{"name":"r","relation":"local","type":"blob","version":"2.0.0"}],' +
        '"sources":[{"extraIdentity":{"os":"x"},"name":"s","type":"git","version":"1.0.0"}],"version":"1.0.0"}}',
    );
  });

  it('v4alpha1: the same without label versions, merge and null members, with an empty digest for a reference that has none', () => {
    const component = signed(rich, v4);
    const label = { name: 'on', signing: true, value: { l: [null] } };
    expect(component).toMatchObject({ labels: [label], provider: { labels: [label] }, resources: [{ labels: [label] }, {}] });
    expect(component.componentReferences).toEqual([
      {
        name: 'c',
        componentName: 'acme.org/c',
        version: '1.0.0',
        labels: [{ name: 'off', value: 1 }, { name: 'no', value: 1 }, label],
        digest: { hashAlgorithm: '', normalisationAlgorithm: '', value: '' },
      },
    ]);
  });

  it('v2: as v3, with the version as extra identity where resources clash', () => {
    expect(signed(rich, v2Algorithm)).toEqual({
      ...signed(rich, v3),
      resources: [
        { ...(valueAt(signed(rich, v3), ['resources', 0]) as JsonObject), extraIdentity: { version: '1.0.0' } },
        valueAt(signed(rich, v3), ['resources', 1]),
      ],
    });
  });

  it('v1: entries with meta, no sources, null for absent extra identities, filtered labels of references', () => {
    const label = '[{"name":"on"},{"signing":true},{"value":[{"l":[null]},{"n":null}]},{"version":"v1"}]';
    expect(normalise(rich, v1)).toBe(
      `[{"component":[{"componentReferences":[[{"componentName":"acme.org/c"},{"extraIdentity":null},{"labels":[${label}]},{"name":"c"},{"version":"1.0.0"}]]},` +
        `{"creationTime":"2025-07-28T11:40:51Z"},{"labels":[${label}]},{"name":"acme.org/app"},{"provider":[{"labels":[${label}]},{"name":"acme"}]},` +
        '{"resources":[[{"digest":[{"hashAlgorithm":"SHA-256"},{"normalisationAlgorithm":"genericBlobDigest/v1"},{"value":"aa"}]},{"extraIdentity":[{"version":"1.0.0"}]},' +
        `{"labels":[${label}]},{"name":"r"},{"relation":"local"},{"type":"blob"},{"version":"1.0.0"}],` +
        '[{"extraIdentity":null},{"name":"r"},{"relation":"local"},{"type":"blob"},{"version":"2.0.0"}]]},{"version":"1.0.0"}]},{"meta":[{"schemaVersion":"v2"}]}]',
    );
    expect(normalise(v2({}), v1)).toContain('{"provider":"acme"},{"resources":[]}');
  });

  it('v1 of schema v3alpha1: its own members, all labels of the provider, no empty lists', () => {
    const empty = v2({ labels, provider: JSON.stringify({ name: 'acme', labels: labels.slice(0, 1) }) });
    expect(normalise({ ...empty, schemaVersion: 'v3alpha1' }, v1)).toBe(
      '[{"apiVersion":"ocm.software/v3alpha1"},{"kind":"ComponentVersion"},{"metadata":[{"labels":[[{"name":"on"},{"signing":true},' +
        '{"value":[{"l":[null]},{"n":null}]},{"version":"v1"}]]},{"name":"acme.org/app"},' +
        '{"provider":[{"labels":[[{"name":"off"},{"value":1}]]},{"name":"acme"}]},{"version":"1.0.0"}]},{"spec":[]}]',
    );
    expect(normalise({ ...rich, schemaVersion: 'v3alpha1' }, v1)).toContain('"sources":[[{"extraIdentity":[{"os":"x"}]}');
  });

  it('the schema a descriptor was written in does not count from v2 on', () => {
    for (const algorithm of [v2Algorithm, v3, v4])
      expect(normalise({ ...rich, schemaVersion: 'v3alpha1' }, algorithm)).toBe(normalise(rich, algorithm));
  });

  it.each(['none', 'None'])('a digest behind access %s is left out', (type) => {
    const resources = [{ name: 'r', version: '1.0.0', type: 'blob', relation: 'local', access: { type }, digest }];
    for (const algorithm of [v1, v2Algorithm, v3, v4]) expect(normalise(v2({ resources }), algorithm)).not.toContain('digest');
  });

  it('members with an empty key are not seen, as the official tools have it', () => {
    const odd = v2({ labels: [{ name: 'a', value: { '': 1, b: [{ '': 2 }] }, signing: true }] });
    expect(signed(odd, v3).labels).toEqual([{ name: 'a', value: { b: [{}] }, signing: true }]);
    expect(normalise(odd, v1)).toContain('{"value":[{"b":[[]]}]}');
  });

  it('signing written as text counts and stays text', () => {
    expect(
      signed(
        v2({
          labels: [
            { name: 'a', value: 1, signing: 'true' },
            { name: 'b', value: 1, signing: 'false' },
          ],
        }),
        v3,
      ).labels,
    ).toEqual([{ name: 'a', value: 1, signing: 'true' }]);
  });

  it('an absent relation is left out in v3 and empty text in v4alpha1', () => {
    const resources = [{ name: 'r', version: '1.0.0', type: 'blob', access: { type: 'x' }, digest }];
    expect(normalise(v2({ resources }), v3)).not.toContain('relation');
    expect(normalise(v2({ resources }), v4)).toContain('"relation":""');
  });
});

describe('normalisation of any descriptor', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 });
  const anyValue = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));
  const label = fc.record(
    { name: text, value: anyValue, version: fc.constantFrom('v1', 'v2'), signing: fc.boolean() },
    { requiredKeys: ['name', 'value'] },
  );
  const identity = fc.dictionary(fc.constantFrom('os', 'arch', 'lang'), text);
  const common = { name: text, version: text, extraIdentity: identity, labels: fc.array(label, { maxLength: 3 }) };
  const someDigest = fc.record({ hashAlgorithm: text, normalisationAlgorithm: text, value: text });
  const access = fc.record({ type: fc.constantFrom('localBlob', 'none', 'None', 'x') });
  const component = fc.record({
    name: text,
    version: text,
    creationTime: text,
    labels: fc.array(label, { maxLength: 3 }),
    provider: text.map((name) => `p${name}`),
    resources: fc.array(fc.record({ ...common, type: text, relation: fc.constantFrom('local', 'external'), access, digest: someDigest }), {
      maxLength: 3,
    }),
    sources: fc.array(fc.record({ ...common, type: text, access }), { maxLength: 2 }),
    componentReferences: fc.array(
      fc.record({ ...common, componentName: text, digest: someDigest }, { requiredKeys: ['name', 'version', 'componentName'] }),
      { maxLength: 2 },
    ),
  });
  const descriptor = component.map(
    (parts) => composeDescriptor({ meta: { schemaVersion: 'v2' }, component: JSON.parse(JSON.stringify(parts)) as JsonObject }).descriptor,
  );

  /** Reads normalised text as a document again: only the provider has another form there. */
  function reread(normalised: string): Descriptor {
    const { component: read } = JSON.parse(normalised) as { component: JsonObject & { provider: { name: string; labels?: [] } } };
    const provider = printProvider({ name: read.provider.name, labels: read.provider.labels ?? [] });
    return composeDescriptor({ meta: { schemaVersion: 'v2' }, component: { ...read, provider } }).descriptor;
  }

  it('is a fixed point: reading and normalising again gives the same bytes', () => {
    fc.assert(
      fc.property(descriptor, fc.constantFrom(v3, v4), (any, algorithm) => {
        const once = normalise(any, algorithm);
        expect(normalise(reread(once), algorithm)).toBe(once);
      }),
    );
  });

  it('does not see what is not signed', () => {
    fc.assert(
      fc.property(descriptor, fc.constantFrom(v1, v2Algorithm, v3, v4), (any, algorithm) => {
        const moved: Descriptor = {
          ...any,
          repositoryContexts: [{ type: 'OCIRegistry' }],
          labels: [...any.labels, { name: 'note', value: 'x' }],
          resources: any.resources.map((resource) => ({
            ...resource,
            srcRefs: [{ identitySelector: {}, labels: [] }],
            access: ['none', 'None'].includes(resource.access?.type ?? '') ? resource.access : { type: 'moved' },
          })),
        };
        expect(normalise(moved, algorithm)).toBe(normalise(any, algorithm));
      }),
    );
  });

  it('sees every change of a digest, a name or an order', () => {
    fc.assert(
      fc.property(descriptor, fc.constantFrom(v1, v2Algorithm, v3, v4), (any, algorithm) => {
        const before = normalise(any, algorithm);
        expect(normalise({ ...any, name: `${any.name}x` }, algorithm)).not.toBe(before);
        const [first, ...rest] = any.references;
        if (first === undefined) return;
        const other = { ...(first.digest ?? digest), value: `${first.digest?.value}x` };
        expect(normalise({ ...any, references: [{ ...first, digest: other }, ...rest] }, algorithm)).not.toBe(before);
        expect(normalise({ ...any, references: [...rest, { ...first, name: `${first.name}x` }] }, algorithm)).not.toBe(before);
      }),
    );
  });
});
