import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromBytes } from '../content/bytes.ts';
import { extractTar } from './extract.ts';
import { type TarSource, writeTar } from './write-tar.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extract-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (path: string, text = 'x'): TarSource => ({ path, sizeBytes: text.length, content: fromBytes(text) });

describe('unpacking into a folder', () => {
  it('writes files and the folders they need', async () => {
    expect(await extractTar(writeTar([{ path: 'empty' }, file('a/b/c', 'deep')]), folder)).toBe(1);
    expect(await readFile(join(folder, 'a/b/c'), 'utf8')).toBe('deep');
    expect((await readdir(folder)).sort()).toEqual(['a', 'empty']);
  });

  it.each([
    ['the same file twice', [file('a'), file('a')]],
    ['two names that some systems take for one', [file('a'), file('A')]],
    ['a file below a file', [file('a'), file('a/b')]],
    ['a folder where a file is', [file('a'), { path: 'a' }]],
    ['a file where a folder is', [{ path: 'a' }, file('a')]],
    ['a name no file system takes', [file('n'.repeat(300))]],
  ] as [string, TarSource[]][])('refuses %s', async (_, entries) => {
    await expect(extractTar(writeTar(entries), folder)).rejects.toMatchObject({ code: 'INVALID_ARCHIVE' });
  });
});
