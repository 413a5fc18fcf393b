import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { replaceFile } from './replace-file.ts';

it('replaces a file as a whole and leaves nothing beside it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'replace-file-'));
  try {
    const path = join(directory, 'feeds', 'sla.json');
    await replaceFile(path, 'first, and longer');
    await replaceFile(path, 'second');
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(readdirSync(join(directory, 'feeds'))).toEqual(['sla.json']);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
