import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BlobDirectory, flatNaming } from './blob-directory.ts';
import { collect, fromBytes, fromStream } from './bytes.ts';
import { describe as descriptorOf } from './descriptor.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blobs-'));
});
afterEach(() => rm(folder, { recursive: true }));

const good = Buffer.from('good');
const descriptor = descriptorOf(good, 'text/plain');

describe('a blob folder', () => {
  it('gives back what was pushed, under the name of its digest', async () => {
    const blobs = new BlobDirectory(folder, flatNaming);
    await blobs.push(descriptor, fromBytes(good));
    await blobs.push(descriptor, fromBytes(good));
    expect(await readdir(folder)).toEqual([descriptor.digest.replace(':', '.')]);
    expect(Buffer.from(await collect(await blobs.fetch(descriptor), 10, 'test')).toString()).toBe('good');
  });

  it.each([
    ['TRUNCATED', 'goo'],
    ['OVERSIZED', 'goood'],
    ['DIGEST_MISMATCH', 'evil'],
  ])('leaves no file behind after %s', async (code, text) => {
    const blobs = new BlobDirectory(folder, flatNaming);
    await expect(blobs.push(descriptor, fromBytes(text))).rejects.toMatchObject({ code });
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves no file behind when the source breaks', async () => {
    async function* broken(): AsyncIterable<Uint8Array> {
      yield good.subarray(0, 2);
      throw new Error('cable pulled');
    }
    await expect(new BlobDirectory(folder, flatNaming).push(descriptor, fromStream(broken()))).rejects.toThrow('cable pulled');
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not hand out a file that was changed afterwards', async () => {
    const blobs = new BlobDirectory(folder, flatNaming);
    await blobs.push(descriptor, fromBytes(good));
    await writeFile(blobs.pathOf(descriptor.digest), 'evil');
    await expect(collect(await blobs.fetch(descriptor), 10, 'test')).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });
});
