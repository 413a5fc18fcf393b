import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect, fromBytes } from '../content/bytes.ts';
import { isOciError } from '../error.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from './limits.ts';
import { readTar } from './read-tar.ts';
import { type TarSource, writeTar } from './write-tar.ts';

const file = (path: string, text: string): TarSource => ({ path, sizeBytes: Buffer.byteLength(text), content: fromBytes(text) });
const pack = async (...entries: readonly TarSource[]) => Buffer.from(await collect(writeTar(entries), 1 << 24, 'tar'));

async function unpack(bytes: Uint8Array, limits: ArchiveLimits = DEFAULT_LIMITS): Promise<Record<string, string | null>> {
  const found: Record<string, string | null> = {};
  for await (const entry of readTar(fromBytes(bytes).open(), limits)) {
    const content = Buffer.from(await collect(entry.content, 1 << 24, 'entry')).toString();
    found[entry.path] = entry.type === 'file' ? content : null;
  }
  return found;
}

/** A header of one block with any name and type, its checksum right. */
function raw(name: string, type: string, link = '', size = 0): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write('0000644\0', 100);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.fill(0x20, 148, 156);
  block.write(type, 156);
  block.write(link, 157);
  block.write('ustar\u000000', 257);
  block.write(
    `${block
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return block;
}
const end = Buffer.alloc(1024);

describe('reading a tar', () => {
  it('gives files and folders in order, plain and gzipped alike', async () => {
    const tar = await pack({ path: 'd' }, file('d/a', 'one'), file('b', ''));
    expect(await unpack(tar)).toEqual({ d: null, 'd/a': 'one', b: '' });
    expect(await unpack(gzipSync(tar))).toEqual({ d: null, 'd/a': 'one', b: '' });
  });

  it.each(['gnu', 'pax', 'ustar', 'v7'])('understands what GNU tar writes as %s', async (format) => {
    const folder = await mkdtemp(join(tmpdir(), 'tar-'));
    try {
      const long = format === 'v7' ? 'short' : `${'d'.repeat(60)}/${'f'.repeat(80)}`;
      await mkdir(join(folder, 'd'.repeat(60)), { recursive: true });
      await writeFile(join(folder, long), 'long');
      const tar = execFileSync('tar', ['-C', folder, `--format=${format}`, '-cf', '-', long]);
      expect(await unpack(tar)).toEqual({ [long]: 'long' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('writes what GNU tar reads, with long and foreign names', async () => {
    const names = ['a', `${'x'.repeat(150)}/ü`, 'grüße'];
    const listed = execFileSync('tar', ['-tf', '-', '--quoting-style=literal'], {
      input: await pack(...names.map((name) => file(name, name))),
    });
    expect(listed.toString().trim().split('\n')).toEqual(names);
  });

  it('skips what the consumer leaves unread', async () => {
    const tar = await pack(file('a', 'x'.repeat(2000)), file('b', 'y'));
    const paths: string[] = [];
    for await (const entry of readTar(fromBytes(tar).open())) {
      paths.push(entry.path);
      for await (const _ of entry.content) break;
    }
    expect(paths).toEqual(['a', 'b']);
  });

  it.each(['../evil', '/etc/passwd', 'a/../../evil', 'a\\..\\evil', 'C:evil', 'a\u0001b'])('refuses the path %j', async (path) => {
    await expect(unpack(Buffer.concat([raw(path, '0'), end]))).rejects.toMatchObject({ code: 'UNSAFE_PATH' });
  });

  it('refuses a path that only an extended header makes unsafe', async () => {
    const record = '19 path=../../evil\n';
    const body = Buffer.alloc(512);
    body.write(record);
    const tar = Buffer.concat([raw('x', 'x', '', record.length), body, raw('fine', '0'), end]);
    await expect(unpack(tar)).rejects.toMatchObject({ code: 'UNSAFE_PATH' });
  });

  it.each([
    ['a symbolic link', '2'],
    ['a hard link', '1'],
    ['a character device', '3'],
    ['a pipe', '6'],
    ['a sparse file', 'S'],
  ])('refuses %s', async (_, type) => {
    await expect(unpack(Buffer.concat([raw('link', type, '../target'), end]))).rejects.toMatchObject({ code: 'UNSAFE_PATH' });
  });

  it.each([
    ['entries', { entries: 1 }],
    ['entry size', { entryBytes: 3 }],
    ['total size', { totalBytes: 1024 }],
  ])('stops at the limit of %s', async (_, limit) => {
    const tar = await pack(file('a', 'four'), file('b', 'four'));
    await expect(unpack(tar, { ...DEFAULT_LIMITS, ...limit })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('stops a decompression bomb by its ratio', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    await expect(unpack(Buffer.concat([bomb]))).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('of a cut or damaged archive ends in INVALID_ARCHIVE', async () => {
    const tar = await pack(file('a', 'x'.repeat(700)));
    await expect(unpack(tar.subarray(0, 900))).rejects.toMatchObject({ code: 'INVALID_ARCHIVE' });
    await expect(unpack(gzipSync(tar).subarray(0, 60))).rejects.toMatchObject({ code: 'INVALID_ARCHIVE' });
    const wrong = Buffer.from(tar);
    wrong[0] = 0x62;
    await expect(unpack(wrong)).rejects.toMatchObject({ code: 'INVALID_ARCHIVE' });
  });

  it('passes an error of the source on as it is', async () => {
    async function* broken(): AsyncIterable<Uint8Array> {
      yield gzipSync(Buffer.alloc(100)).subarray(0, 12);
      throw new Error('cable pulled');
    }
    const reading = (async () => {
      for await (const _ of readTar(broken()));
    })();
    await expect(reading).rejects.toThrow('cable pulled');
  });

  it('of mutated archives yields safe paths or a typed error', async () => {
    const tar = await pack({ path: 'd' }, file('d/a', 'one'), file(`${'x'.repeat(150)}`, 'two'));
    const mutation = fc.array(fc.tuple(fc.nat(tar.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(mutation, fc.boolean(), async (changes, compressed) => {
        const bytes = Buffer.from(tar);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          for (const path of Object.keys(await unpack(compressed ? gzipSync(bytes) : bytes)))
            expect(path).not.toMatch(/^\/|(^|\/)\.\.(\/|$)/);
        } catch (error) {
          if (!isOciError(error)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
