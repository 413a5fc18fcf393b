import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type DescriptorDocument, parseDescriptor } from '../descriptor/parse.ts';
import { checkComponentDigest, componentDigest } from './digest.ts';

const fixtures = new URL('../../../../test/fixtures/ocm/', import.meta.url);
const json = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, fixtures), 'utf8')) as T;
const blob = (digest: string): string => `ctf/blobs/${digest.replace(':', '.')}`;

/** The descriptor of every component version in the archive, by the shortest way: index → manifest → config → layer. */
function archived(): ReadonlyMap<string, DescriptorDocument> {
  const index = json<{ artifacts: { repository: string; digest: string }[] }>('ctf/artifact-index.json');
  const documents = index.artifacts.map(({ digest }) => {
    const manifest = json<{ config?: { digest: string }; manifests?: { digest: string }[] }>(blob(digest));
    const { config } =
      manifest.config === undefined ? json<{ config?: { digest: string } }>(blob(manifest.manifests?.[0]?.digest ?? '')) : manifest;
    const { componentDescriptorLayer } = json<{ componentDescriptorLayer: { digest: string } }>(blob(config?.digest ?? ''));
    return parseDescriptor(readFileSync(new URL(blob(componentDescriptorLayer.digest), fixtures)), { strict: true });
  });
  return new Map(documents.map((document) => [`${document.descriptor.name}:${document.descriptor.version}`, document]));
}

interface Row {
  readonly component: string;
  readonly version: string;
  readonly digest: { readonly hashAlgorithm: string; readonly normalisationAlgorithm: string; readonly value: string };
}
const rows = json<Row[]>('expected.json').filter(({ component }) => component !== '');
const documents = archived();
const plain = () => documents.get('acme.org/train/plain:1.0.0')!.descriptor;

describe('component digests of the official tool', () => {
  it('has rows', () => {
    expect(rows).toHaveLength(10);
  });

  it.each(rows.map((row) => [`${row.component}:${row.version}`, row.digest] as const))('%s is reproduced', (key, digest) => {
    const { descriptor } = documents.get(key)!;
    expect(componentDigest(descriptor)).toEqual(digest);
    expect(checkComponentDigest(descriptor, digest)).toMatchObject({ matches: true, form: 'reduced' });
  });

  it('every reference carries the digest of the component it names', () => {
    const references = [...documents.values()].flatMap(({ descriptor }) => descriptor.references);
    expect(references.length).toBeGreaterThan(4);
    for (const { componentName, version, digest } of references) {
      expect(checkComponentDigest(documents.get(`${componentName}:${version}`)!.descriptor, digest!).matches).toBe(true);
    }
  });

  it('every signature is over the digest of its component', () => {
    const signed = [...documents.values()].flatMap(({ descriptor }) =>
      descriptor.signatures.map((signature) => ({ descriptor, digest: signature.digest })),
    );
    expect(signed).toHaveLength(3);
    for (const { descriptor, digest } of signed) expect(checkComponentDigest(descriptor, digest).matches).toBe(true);
  });
});

describe('checking a component digest', () => {
  it('knows the longer hashes and old spellings, and hex in any case', () => {
    for (const [hashAlgorithm, chars] of [
      ['SHA-384', 96],
      ['sha512', 128],
      ['sha256', 64],
    ] as const) {
      const digest = componentDigest(plain(), { hashAlgorithm });
      expect(digest.value).toMatch(new RegExp(`^[0-9a-f]{${chars}}$`));
      expect(checkComponentDigest(plain(), { ...digest, hashAlgorithm, value: digest.value.toUpperCase() }).matches).toBe(true);
    }
    expect(componentDigest(plain(), { hashAlgorithm: 'sha256' }).hashAlgorithm).toBe('SHA-256');
  });

  it('gives the bytes that were hashed', () => {
    const check = checkComponentDigest(plain(), rows[0]!.digest);
    expect(check.matches && new TextDecoder().decode(check.normalised)).toMatch(/^{"component":{"componentReferences":\[\]/);
  });

  it('names the right digest when another was claimed', () => {
    const claimed = { ...rows[0]!.digest, value: rows[1]!.digest.value };
    expect(checkComponentDigest(plain(), claimed)).toEqual({ matches: false, computed: rows[0]!.digest });
  });

  it('accepts both forms of v3 and v4alpha1 and says which', () => {
    const descriptor = { ...plain(), labels: [{ name: 'a', value: null, version: 'v1', signing: true }] };
    for (const normalisationAlgorithm of ['jsonNormalisation/v3', 'jsonNormalisation/v4alpha1']) {
      for (const form of ['complete', 'reduced'] as const) {
        expect(checkComponentDigest(descriptor, componentDigest(descriptor, { normalisationAlgorithm, form }))).toMatchObject({
          matches: true,
          form,
        });
      }
    }
  });

  it.each([
    [{ normalisationAlgorithm: 'jsonNormalisation/v9' }, 'NORMALISATION_UNSUPPORTED'],
    [{ normalisationAlgorithm: 'jsonNormalisationV3' }, 'NORMALISATION_UNSUPPORTED'],
    [{ hashAlgorithm: 'MD5' }, 'HASH_UNSUPPORTED'],
  ])('%j is refused', (options, code) => {
    expect(() => componentDigest(plain(), options)).toThrow(expect.objectContaining({ code }));
    expect(() => checkComponentDigest(plain(), { ...rows[0]!.digest, ...options })).toThrow(expect.objectContaining({ code }));
  });
});
