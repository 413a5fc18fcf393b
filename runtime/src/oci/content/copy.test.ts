import { describe, expect, it } from 'vitest';
import { collect, fromBytes } from './bytes.ts';
import { copyGraph, fromFetcher } from './copy.ts';
import { type Descriptor, describe as descriptorOf } from './descriptor.ts';
import { MEDIA_TYPES } from './media-types.ts';
import { MemoryRepository } from './memory.ts';

async function put(store: MemoryRepository, value: unknown, mediaType: string): Promise<Descriptor> {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const descriptor = descriptorOf(bytes, mediaType);
  await store.push(descriptor, fromBytes(bytes));
  return descriptor;
}

async function image(store: MemoryRepository, name: string): Promise<Descriptor> {
  const config = await put(store, '{}', MEDIA_TYPES.empty);
  const layer = await put(store, name, 'text/plain');
  return put(store, { schemaVersion: 2, config, layers: [layer] }, MEDIA_TYPES.manifest);
}

describe('copying a graph', () => {
  it('brings everything once and nothing the second time', async () => {
    const source = new MemoryRepository();
    const target = new MemoryRepository();
    const manifests = [await image(source, 'a'), await image(source, 'b')];
    const index = await put(source, { schemaVersion: 2, manifests }, MEDIA_TYPES.index);
    expect(await copyGraph(source, target, index)).toEqual({ blobsCopied: 6, blobsPresent: 0 });
    expect(await copyGraph(source, target, index)).toEqual({ blobsCopied: 0, blobsPresent: 1 });
    for (const manifest of manifests) expect(await target.resolve(manifest.digest)).toEqual(manifest);
  });

  it('writes no document whose content is missing', async () => {
    const source = new MemoryRepository();
    const target = new MemoryRepository();
    const config = await put(source, '{}', MEDIA_TYPES.empty);
    const absent = descriptorOf(Buffer.from('absent'), 'text/plain');
    const manifest = await put(source, { schemaVersion: 2, config, layers: [absent] }, MEDIA_TYPES.manifest);
    await expect(copyGraph(source, target, manifest)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await target.exists(manifest)).toBe(false);
  });

  it('has a bounded number of blobs on their way, and starts no more after a failure', async () => {
    const source = new MemoryRepository();
    const config = await put(source, '{}', MEDIA_TYPES.empty);
    const layers: Descriptor[] = [];
    for (let at = 0; at < 20; at += 1) layers.push(await put(source, `layer ${at}`, 'text/plain'));
    const manifest = await put(source, { schemaVersion: 2, config, layers }, MEDIA_TYPES.manifest);
    let running = 0;
    let most = 0;
    let pushed = 0;
    const target = {
      exists: async () => false,
      push: async () => {
        running += 1;
        pushed += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (pushed === 8) throw new Error('disk full');
      },
    };
    await expect(copyGraph(source, target, manifest, { concurrency: 3 })).rejects.toThrow('disk full');
    expect([most, running]).toEqual([3, 0]);
    expect(pushed).toBeLessThan(12);
  });

  it('refuses indexes nested without end', async () => {
    const source = new MemoryRepository();
    let root = await image(source, 'a');
    for (let depth = 0; depth < 20; depth += 1) {
      root = await put(source, { schemaVersion: 2, manifests: [root] }, MEDIA_TYPES.index);
    }
    await expect(copyGraph(source, new MemoryRepository(), root)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('can open the content again from any byte', async () => {
    const source = new MemoryRepository();
    const content = fromFetcher(source, await put(source, 'abcdef', 'text/plain'));
    expect(Buffer.from(await collect(content.open(4), 10, 'test')).toString()).toBe('ef');
    expect(Buffer.from(await collect(content.open(), 10, 'test')).toString()).toBe('abcdef');
  });
});

describe('the memory store', () => {
  it('keeps nothing of content that is not the described one', async () => {
    const store = new MemoryRepository();
    const descriptor = descriptorOf(Buffer.from('good'), 'text/plain');
    await expect(store.push(descriptor, fromBytes('evil'))).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(await store.exists(descriptor)).toBe(false);
    await expect(store.tag(descriptor, 'v1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('moves tags and lists them', async () => {
    const store = new MemoryRepository();
    const [first, second] = [await image(store, 'a'), await image(store, 'b')];
    await store.tag(first, 'v1');
    await store.tag(second, 'v1');
    expect(await store.resolve('v1')).toEqual(second);
    const tags: string[] = [];
    for await (const tag of store.tags()) tags.push(tag);
    expect(tags).toEqual(['v1']);
  });
});
