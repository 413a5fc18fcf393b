import { readFile, stat } from 'node:fs/promises';
import { OciError } from '../error.ts';
import { writeFileAtomically } from './blob-directory.ts';
import { fromBytes } from './bytes.ts';

/** Index files of layouts and archives are refused beyond this. */
const MAX_INDEX_BYTES = 64 * 1024 * 1024;

/** The file's bytes, undefined when there is none. @throws OciError `LIMIT_EXCEEDED` */
export async function readSmallFile(path: string): Promise<Uint8Array | undefined> {
  try {
    const { size } = await stat(path);
    if (size > MAX_INDEX_BYTES) throw new OciError('LIMIT_EXCEEDED', `the index file is larger than ${MAX_INDEX_BYTES} bytes`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Compact JSON, in place at once or not at all. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await writeFileAtomically(path, fromBytes(JSON.stringify(value)).open());
}

/** Runs changes one after the other; a failed one does not stop the next. */
export class ChangeQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#last.then(change, change);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
