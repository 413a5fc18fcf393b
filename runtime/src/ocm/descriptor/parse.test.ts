import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DescriptorDocument, type ParseDescriptorOptions, parseDescriptor } from './parse.ts';

const parse = (text: string, options?: ParseDescriptorOptions): DescriptorDocument =>
  parseDescriptor(new TextEncoder().encode(text), options);
const refusal = (code: string, message: RegExp) => expect.objectContaining({ code, message: expect.stringMatching(message) });

/** A v2 document in YAML with one line replaced or added under `component`. */
const yaml = (extra = '', name = 'name: acme.org/app') => `meta:
  schemaVersion: v2
component:
  ${name}
  version: "1.10"
  provider: acme
  creationTime: 2025-07-28T11:40:51Z
  repositoryContexts: null
  resources: null
  sources: []
  ${extra}
`;

describe('reading a component descriptor', () => {
  it('reads what the official tool wrote, null lists as empty ones', () => {
    const bytes = readFileSync(
      new URL(
        '../../../../test/fixtures/ocm/ctf/blobs/sha256.34983451dce87be804ed29e842c42aad9797ba4249acf4de13ef7aa3cfd3456c',
        import.meta.url,
      ),
    );
    const { descriptor, findings, format } = parseDescriptor(bytes);
    expect(format).toBe('json');
    expect(findings).toEqual([]);
    expect(descriptor).toMatchObject({
      schemaVersion: 'v2',
      name: 'acme.org/train/plain',
      version: '1.0.0',
      sources: [],
      repositoryContexts: [],
    });
    expect(descriptor.resources.map(({ extraIdentity }) => extraIdentity.lang)).toEqual([
      undefined,
      'de',
      'en',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('reads v3alpha1 into the same model', () => {
    const { descriptor } = parse(`apiVersion: ocm.software/v3alpha1
kind: ComponentVersion
metadata: {name: acme.org/app, version: 1.0.0, provider: {name: acme, labels: [{name: a, value: 1}]}}
repositoryContexts: []
spec:
  resources: [{name: r, version: 1.0.0, type: blob, relation: local, access: {type: localBlob}, sourceRefs: [{identitySelector: {name: s}}]}]
  references: [{name: c, componentName: acme.org/other, version: 1.0.0}]
`);
    expect(descriptor).toMatchObject({
      schemaVersion: 'v3alpha1',
      name: 'acme.org/app',
      provider: { name: 'acme', labels: [{ name: 'a', value: 1 }] },
    });
    expect(descriptor.resources[0]?.srcRefs).toEqual([{ identitySelector: { name: 's' }, labels: [] }]);
    expect(descriptor.references[0]?.componentName).toBe('acme.org/other');
  });

  it('dates stay text, quoted versions keep their zero', () => {
    expect(parse(yaml()).descriptor).toMatchObject({ creationTime: '2025-07-28T11:40:51Z', version: '1.10' });
  });

  it('keeps bytes and members that no schema names', () => {
    const document = parse(
      '{"meta":{"schemaVersion":"v2"},"component":{"name":"acme.org/app","version":"1.0.0","provider":"p","odd":1.50},"x":[]}',
    );
    expect(document.value).toMatchObject({ x: [], component: { odd: 1.5 } });
    expect(new TextDecoder().decode(document.bytes)).toContain('1.50');
  });
});

describe('traps of YAML and JSON', () => {
  it.each([
    ['a number where text belongs', yaml('', 'name: 1.10'), /component\.name must be a string but is the number 1\.1: put it in quotes/],
    [
      'a boolean where text belongs',
      yaml('labels: [{name: true, value: 1}]'),
      /component\.labels\[0\]\.name must be a string but is the boolean true/,
    ],
    ['a list where a mapping belongs', yaml('labels: {}'), /component\.labels must be a list but is a mapping/],
    ['a missing name', yaml('', 'x: z'), /component\.name is missing: add it/],
    ['an empty name', yaml('', 'name: ""'), /component\.name is empty/],
  ])('%s is a schema error that names path and remedy', (_, text, message) => {
    expect(() => parse(text)).toThrow(refusal('DESCRIPTOR_SCHEMA', message));
  });

  it('schema errors are listed up to twenty items a list, ten of them in the message', () => {
    const labels = Array.from({ length: 100_000 }, (_, i) => `{"name":${i}}`).join(',');
    const text = `{"meta":{"schemaVersion":"v2"},"component":{"name":"acme.org/app","version":"1.0.0","provider":"p","labels":[${labels}]}}`;
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ findings: expect.objectContaining({ length: 20 }), message: expect.stringMatching(/and 10 more$/) }),
    );
  });

  it.each([
    ['a key twice in YAML', yaml('version: "2"'), /key "version" twice in component/],
    ['a key twice in JSON', '{"meta":{"schemaVersion":"v2"},"component":{"name":"a","n\\u0061me":"b"}}', /key "name" twice in component/],
    ['an alias', yaml('labels: [{name: a, value: &x 1}, {name: b, value: *x}]'), /anchor at component\.labels\[0\]\.value/],
    ['an alias bomb', `a: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]`, /anchor|alias/],
    ['a tag', yaml('labels: [{name: a, value: !!binary aGk=}]'), /tag at component\.labels\[0\]\.value/],
    ['a merge key', yaml('<<: {odd: 1}'), /merge key in component/],
    [
      'a word that is a boolean in YAML 1.1',
      yaml('labels: [{name: a, value: yes}]'),
      /"yes" at component\.labels\[0\]\.value, which YAML readers disagree about/,
    ],
    ['a number that is octal in YAML 1.1', yaml('labels: [{name: a, value: 0123}]'), /"0123"/],
    ['an infinite number in YAML', yaml('labels: [{name: a, value: .inf}]'), /JSON cannot hold/],
    ['an infinite number in JSON', '{"a":1e999}', /beyond the range of a double/],
    ['a key that shadows the prototype', '{"__proto__":{}}', /__proto__/],
    ['two documents', `${yaml()}---\n${yaml()}`, /not valid YAML/],
    ['broken YAML', 'a: [', /not valid YAML/],
    ['broken JSON', '{"a":', /not valid JSON/],
    ['deep JSON', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, /nested deeper/],
    ['deep YAML', `a: ${'['.repeat(5000)}${']'.repeat(5000)}`, /nested deeper/],
    ['a list', '- a', /not an object/],
    ['nothing', '', /not an object/],
  ])('%s is refused', (_, text, message) => {
    expect(() => parse(text)).toThrow(refusal('DESCRIPTOR_SYNTAX', message));
  });

  it('quoted words and numbers are text', () => {
    expect(parse(yaml('labels: [{name: "yes", value: "0123"}]')).descriptor.labels).toMatchObject([{ name: 'yes', value: '0123' }]);
  });

  it('bytes that are not UTF-8 are refused, a byte order mark is not', () => {
    expect(() => parseDescriptor(new Uint8Array([0x7b, 0xff, 0x7d]))).toThrow(refusal('DESCRIPTOR_SYNTAX', /not UTF-8/));
    expect(parse(`\ufeff${yaml()}`).descriptor.name).toBe('acme.org/app');
  });

  it('too many bytes and other schemas are refused', () => {
    expect(() => parse(yaml(), { maxBytes: 10 })).toThrow(refusal('DESCRIPTOR_TOO_LARGE', /at most 10/));
    expect(() => parse('meta: {schemaVersion: v9}')).toThrow(refusal('DESCRIPTOR_UNSUPPORTED', /"v9"/));
    expect(() => parse('apiVersion: ocm.software/v4')).toThrow(refusal('DESCRIPTOR_UNSUPPORTED', /v4/));
  });

  it('broken surrogates become U+FFFD', () => {
    const { descriptor } = parse('{"meta":{"schemaVersion":"v2"},"component":{"name":"a","version":"1","provider":"x\\ud800"}}');
    expect(descriptor.provider.name).toBe('x\ufffd');
  });

  it('arbitrary text ends in a document or a typed error', () => {
    const snippets = fc.array(
      fc.constantFrom('{', '}', '[', ']', ':', ',', '"', 'a', '- ', '\n', ' ', '&a', '*a', '1.1', '!!x', '? ', '| ', '\\u'),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          snippets.map((parts) => parts.join('')),
          fc.json(),
        ),
        (text) => {
          try {
            parse(text);
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^DESCRIPTOR_/) });
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('findings: what readers tolerate and writers refuse', () => {
  it.each([
    ['', 'name: App', 'component.name'],
    ['labels: [{name: a, value: 1, version: "1"}]', undefined, 'component.labels[0].version'],
    ['componentReferences: [{name: a, componentName: b, version: 1.0.0}]', undefined, 'component.componentReferences[0].componentName'],
    ['componentReferences: [{name: a, componentName: acme.org/b, version: one}]', undefined, 'component.componentReferences[0].version'],
    [
      'componentReferences: [{name: a, componentName: acme.org/b, version: 1.0.0, extraIdentity: {OS: x}}]',
      undefined,
      'component.componentReferences[0].extraIdentity.OS',
    ],
    [
      'componentReferences: [{name: a, componentName: acme.org/b, version: 1.0.0}, {name: a, componentName: acme.org/c, version: 1.0.0}]',
      undefined,
      'component.componentReferences[1]',
    ],
  ])('%j %j', (extra, name, path) => {
    expect(parse(yaml(extra, name)).findings.map((finding) => finding.path)).toEqual([path]);
    expect(() => parse(yaml(extra, name), { strict: true })).toThrow(refusal('DESCRIPTOR_SCHEMA', /./));
  });

  it('resources need a relation, a type and an access', () => {
    const text = yaml().replace('resources: null', 'resources: [{name: a, version: 1.0.0}]');
    expect(parse(text).findings.map(({ path }) => path)).toEqual(
      ['relation', 'access', 'type'].map((key) => `component.resources[0].${key}`),
    );
  });
});
