import { describe, expect, it } from 'vitest';
import { gzip } from '../archive/gzip.ts';
import { type TarSource, writeTar } from '../archive/write-tar.ts';
import { fromBytes } from '../content/bytes.ts';
import { copyGraph } from '../content/copy.ts';
import { describe as descriptorOf } from '../content/descriptor.ts';
import { MEDIA_TYPES } from '../content/media-types.ts';
import { MemoryRepository } from '../content/memory.ts';
import { openArtifactSet } from './artifact-set.ts';

const file = (path: string, bytes: Uint8Array): TarSource => ({ path, sizeBytes: bytes.byteLength, content: fromBytes(bytes) });
const empty = descriptorOf(Buffer.from('{}'), MEDIA_TYPES.empty);
const manifestBytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.manifest, config: empty, layers: [] }));
const manifest = descriptorOf(manifestBytes, MEDIA_TYPES.manifest);

const flat = (digest: string) => `blobs/${digest.replace(':', '.')}`;
const nested = (digest: string) => `blobs/${digest.replace(':', '/')}`;

function set(indexFile: string, place: (digest: string) => string, index: object): AsyncIterable<Uint8Array> {
  const document = Buffer.from(JSON.stringify({ schemaVersion: 2, ...index }));
  return writeTar([file(indexFile, document), file(place(empty.digest), Buffer.from('{}')), file(place(manifest.digest), manifestBytes)]);
}
const entry = { ...manifest, annotations: { 'software.ocm/tags': '1.0.0, latest', 'org.opencontainers.image.ref.name': '1.0.0' } };

describe('an artifact set', () => {
  it.each([
    ['OCM', 'artifact-descriptor.json', flat],
    ['legacy OCI', 'index.json', flat],
    ['image layout', 'index.json', nested],
  ])('of the %s variant gives its main artifact and everything below it', async (_, indexFile, place) => {
    const index = { manifests: [entry], annotations: { 'software.ocm/main': manifest.digest } };
    await using opened = await openArtifactSet(gzip(set(indexFile, place, index)));
    expect(opened.main.digest).toBe(manifest.digest);
    expect((await opened.resolve('latest')).digest).toBe(manifest.digest);
    expect(await opened.resolve(empty.digest)).toMatchObject({ size: 2 });
    const tags: string[] = [];
    for await (const tag of opened.tags()) tags.push(tag);
    expect(tags).toEqual(['1.0.0', 'latest']);
    expect(await copyGraph(opened, new MemoryRepository(), opened.main)).toEqual({ blobsCopied: 2, blobsPresent: 0 });
  });

  it('without annotations stands for its only artifact', async () => {
    await using opened = await openArtifactSet(set('index.json', nested, { manifests: [manifest] }));
    expect(opened.main).toEqual(manifest);
  });

  it.each([
    ['two artifacts and no main one', { manifests: [manifest, empty] }],
    ['a main one that is not listed', { manifests: [manifest], annotations: { 'software.ocm/main': empty.digest } }],
    ['nothing', { manifests: [] }],
  ])('with %s is refused', async (_, index) => {
    await expect(openArtifactSet(set('index.json', flat, index))).rejects.toMatchObject({ code: 'INVALID_ARCHIVE' });
  });

  it('is not any archive', async () => {
    await expect(openArtifactSet(writeTar([]))).rejects.toMatchObject({ code: 'INVALID_ARCHIVE' });
  });
});
