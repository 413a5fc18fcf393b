import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../content/blob-directory.ts';
import type { ByteStream } from '../content/bytes.ts';
import { OciError } from '../error.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from './limits.ts';
import { readTar } from './read-tar.ts';

/**
 * Unpacks a tar or gzipped tar into an empty folder that only the caller writes to. Files are created anew, never written through or
 * over something that is there; modes of the archive are not taken over.
 * On an error the folder may hold files that were complete; the caller removes it.
 * @returns number of files
 * @throws OciError as `readTar`; `INVALID_ARCHIVE` when an entry comes twice, also in another case of letters
 */
export async function extractTar(stream: ByteStream, folder: string, limits: ArchiveLimits = DEFAULT_LIMITS): Promise<number> {
  const files = new Set<string>();
  for await (const entry of readTar(stream, limits)) {
    const target = join(folder, entry.path);
    if (entry.type === 'directory') {
      await mkdirFor(target, entry.path);
      continue;
    }
    const key = entry.path.normalize('NFC').toLowerCase();
    if (files.has(key)) throw new OciError('INVALID_ARCHIVE', `the archive holds "${entry.path}" twice`);
    files.add(key);
    await writeNew(target, entry.path, entry.content);
  }
  return files.size;
}

async function mkdirFor(target: string, path: string): Promise<void> {
  try {
    await mkdir(target, { recursive: true });
  } catch (cause) {
    throw new OciError('INVALID_ARCHIVE', `the folder "${path}" of the archive is a file there as well`, { cause });
  }
}

async function writeNew(target: string, path: string, content: ByteStream): Promise<void> {
  try {
    await writeFileAtomically(target, content);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'ENAMETOOLONG'].includes(code)) {
      throw new OciError('INVALID_ARCHIVE', `the file "${path}" of the archive is a folder there as well or has too long a name`, {
        cause,
      });
    }
    throw cause;
  }
}
