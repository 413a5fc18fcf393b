import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extractTar } from '../archive/extract.ts';
import { gzip } from '../archive/gzip.ts';
import { collect, fromBytes } from '../content/bytes.ts';
import { copyGraph } from '../content/copy.ts';
import { type Descriptor, describe as descriptorOf } from '../content/descriptor.ts';
import { digestOf } from '../content/digest.ts';
import { MEDIA_TYPES } from '../content/media-types.ts';
import { MemoryRepository } from '../content/memory.ts';
import type { Pusher } from '../content/store.ts';
import { createLayout, openLayout } from './image-layout.ts';
import { layoutArchive } from './layout-archive.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layout-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(store: Pusher, value: unknown, mediaType: string): Promise<Descriptor> {
  const bytes = Buffer.from(JSON.stringify(value));
  const descriptor = descriptorOf(bytes, mediaType);
  await store.push(descriptor, fromBytes(bytes));
  return descriptor;
}
async function image(store: Pusher, name: string): Promise<Descriptor> {
  const config = await put(store, {}, MEDIA_TYPES.empty);
  return put(store, { schemaVersion: 2, config, layers: [await put(store, name, 'text/plain')] }, MEDIA_TYPES.manifest);
}
const listed = async (tags: AsyncIterable<string>) => {
  const found: string[] = [];
  for await (const tag of tags) found.push(tag);
  return found;
};

describe('an image layout', () => {
  it('is not any folder', async () => {
    await expect(openLayout(folder)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"2.0.0"}');
    await expect(openLayout(folder)).rejects.toMatchObject({ code: 'INVALID_DOCUMENT' });
  });

  it('keeps tags in its index, and moves them without losing the manifest', async () => {
    const layout = await createLayout(folder);
    const [first, second] = [await image(layout, 'a'), await image(layout, 'b')];
    await Promise.all([layout.tag(first, 'v1'), layout.tag(second, 'v2')]);
    await layout.tag(second, 'v1');
    const again = await openLayout(folder);
    expect((await again.resolve('v1')).digest).toBe(second.digest);
    expect((await listed(again.tags())).sort()).toEqual(['v1', 'v2']);
    expect(await again.resolve(first.digest)).toEqual(first);
    expect((await again.roots()).map(({ digest }) => digest)).toContain(first.digest);
    await expect(again.resolve('v3')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('finds a manifest below an index by its digest, with its media type', async () => {
    const layout = await createLayout(folder);
    const inner = await image(layout, 'a');
    await layout.tag(await put(layout, { schemaVersion: 2, manifests: [inner] }, MEDIA_TYPES.index), 'v1');
    expect(await layout.resolve(inner.digest)).toEqual(inner);
    await expect(layout.resolve(digestOf('absent'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('does not tag what is not there', async () => {
    const layout = await createLayout(folder);
    await expect(layout.tag(descriptorOf(Buffer.from('{}'), MEDIA_TYPES.manifest), 'v1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the archive of an image layout', () => {
  it('holds the graph under one tagged root and depends on nothing else', async () => {
    const source = new MemoryRepository();
    const manifests = [await image(source, 'a'), await image(source, 'b')];
    const root = await put(source, { schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests }, MEDIA_TYPES.index);
    const archive = await collect(gzip(layoutArchive(source, root, '1.0.0')), 1 << 20, 'test');
    const again = await collect(gzip(layoutArchive(source, root, '1.0.0')), 1 << 20, 'test');
    expect(digestOf(archive)).toBe(digestOf(again));
    expect(execFileSync('tar', ['-tzf', '-'], { input: archive }).toString().split('\n').slice(0, 2)).toEqual(['oci-layout', 'index.json']);

    await extractTar(fromBytes(archive).open(), folder);
    const layout = await openLayout(folder);
    const target = new MemoryRepository();
    const found = await layout.resolve('1.0.0');
    expect(found.digest).toBe(root.digest);
    expect(await copyGraph(layout, target, found)).toEqual({ blobsCopied: 6, blobsPresent: 0 });
    expect(await readdir(join(folder, 'blobs', 'sha256'))).toHaveLength(6);
    expect(await readFile(join(folder, 'oci-layout'), 'utf8')).toBe('{"imageLayoutVersion":"1.0.0"}');
  });
});
