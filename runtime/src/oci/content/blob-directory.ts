import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OciError } from '../error.ts';
import { type ByteStream, type Content, fromFile } from './bytes.ts';
import type { Descriptor } from './descriptor.ts';
import { algorithmOf, type Digest, hexOf } from './digest.ts';
import type { Fetcher, Pusher } from './store.ts';
import { verified } from './verify.ts';

/** Where a digest's file lies below the blob folder: `sha256/<hex>` in image layouts, `sha256.<hex>` in transport archives. */
export type BlobNaming = (digest: Digest) => string;

export const nestedNaming: BlobNaming = (digest) => join(algorithmOf(digest), hexOf(digest));
export const flatNaming: BlobNaming = (digest) => `${algorithmOf(digest)}.${hexOf(digest)}`;

/** Blobs as files named by digest. Writes go to a hidden sibling and are renamed when verified, so a crash leaves no wrong blob. */
export class BlobDirectory implements Fetcher, Pusher {
  readonly #folder: string;
  readonly #naming: BlobNaming;

  constructor(folder: string, naming: BlobNaming) {
    this.#folder = folder;
    this.#naming = naming;
  }

  pathOf(digest: Digest): string {
    return join(this.#folder, this.#naming(digest));
  }

  /** Size in bytes of the stored file, undefined when there is none. */
  async sizeOf(digest: Digest): Promise<number | undefined> {
    try {
      const found = await stat(this.pathOf(digest));
      return found.isFile() ? found.size : undefined;
    } catch {
      return undefined;
    }
  }

  async fetch(descriptor: Descriptor): Promise<ByteStream> {
    if ((await this.sizeOf(descriptor.digest)) === undefined) {
      throw new OciError('NOT_FOUND', `${descriptor.digest} is not among the blobs`);
    }
    return verified(descriptor, fromFile(this.pathOf(descriptor.digest)).open());
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    return (await this.sizeOf(descriptor.digest)) === descriptor.size;
  }

  async push(descriptor: Descriptor, content: Content): Promise<void> {
    if (await this.exists(descriptor)) return;
    await writeFileAtomically(this.pathOf(descriptor.digest), verified(descriptor, content.open()));
  }
}

/** Writes a stream to a temporary sibling and renames it once the stream has ended well; on any error nothing is left behind. */
export async function writeFileAtomically(path: string, stream: ByteStream): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${randomUUID()}.partial`);
  try {
    const file = await open(temporary, 'wx', 0o644);
    try {
      for await (const chunk of stream) await file.writeFile(chunk);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
