import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect, fromBytes } from '../content/bytes.ts';
import { digestOf } from '../content/digest.ts';
import { gzip } from './gzip.ts';
import { readTar } from './read-tar.ts';
import { type TarSource, writeTar } from './write-tar.ts';

const sample: readonly TarSource[] = [{ path: 'blobs' }, { path: 'index.json', sizeBytes: 2, content: fromBytes('{}') }];
const bytesOf = async (stream: AsyncIterable<Uint8Array>) => Buffer.from(await collect(stream, 1 << 24, 'test'));

describe('writing a tar', () => {
  it('gives the same bytes on every machine and at every time', async () => {
    expect(digestOf(await bytesOf(writeTar(sample)))).toMatchInlineSnapshot(
      `"sha256:7d810e30c85adf5924af838e806a1c659ce2a80ba0edaaf8243af8bd79272b44"`,
    );
  });

  it('compresses to a stream without time and system in its header', async () => {
    const plain = await bytesOf(writeTar(sample));
    const packed = await bytesOf(gzip(writeTar(sample)));
    expect(packed.subarray(4, 10)).toEqual(Buffer.from([0, 0, 0, 0, 2, 255]));
    expect(gunzipSync(packed).equals(plain)).toBe(true);
  });

  it.each([
    ['TRUNCATED', 3],
    ['OVERSIZED', 1],
  ])('ends in %s when content is not as long as stated', async (code, sizeBytes) => {
    await expect(bytesOf(writeTar([{ path: 'a', sizeBytes, content: fromBytes('ab') }]))).rejects.toMatchObject({ code });
  });

  it('refuses to write an unsafe path', async () => {
    await expect(bytesOf(writeTar([{ path: '../a' }]))).rejects.toMatchObject({ code: 'UNSAFE_PATH' });
  });

  it('is read back as it was', async () => {
    const segment = fc.string({ unit: fc.constantFrom(...'abü-._'), minLength: 1, maxLength: 60 }).filter((name) => !/^\.+$/.test(name));
    const entry = fc.record({ path: fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')), text: fc.string() });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (entries) => {
        const tar = writeTar(entries.map(({ path, text }) => ({ path, sizeBytes: Buffer.byteLength(text), content: fromBytes(text) })));
        const read: { path: string; text: string }[] = [];
        for await (const { path, content } of readTar(tar)) read.push({ path, text: (await bytesOf(content)).toString() });
        expect(read).toEqual(entries);
      }),
      { numRuns: 60 },
    );
  });
});
