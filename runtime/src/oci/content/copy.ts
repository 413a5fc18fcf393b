import { OciError } from '../error.ts';
import { type ByteStream, type Content, fromBytes, skip } from './bytes.ts';
import type { Descriptor } from './descriptor.ts';
import type { Digest } from './digest.ts';
import { successors } from './manifest.ts';
import { isManifestLike } from './media-types.ts';
import type { Fetcher, Pusher, PushOptions } from './store.ts';
import { readAll } from './verify.ts';

/** Deeper nesting of indexes than this is refused: honest graphs are two or three deep. */
const MAX_DEPTH = 16;

/** Each distinct piece of content counts once: `blobsCopied` was written, `blobsPresent` was there already. */
export type CopyResult = { blobsCopied: number; blobsPresent: number };

/** `concurrency`: blobs on their way at a time, 4 when absent. */
export type CopyOptions = PushOptions & { readonly concurrency?: number };

/**
 * Copies a manifest or index with everything it points at, leaves first, so that no stored document ever points at nothing.
 * What the target has is not read again; a manifest that is there is taken to be complete.
 * @throws OciError `LIMIT_EXCEEDED` when indexes are nested too deep, and what the two stores throw
 */
export async function copyGraph(from: Fetcher, to: Pusher, root: Descriptor, options: CopyOptions = {}): Promise<CopyResult> {
  const copy = new GraphCopy(from, to, options);
  await copy.node(root, MAX_DEPTH);
  return copy.result;
}

class GraphCopy {
  readonly result: CopyResult = { blobsCopied: 0, blobsPresent: 0 };
  readonly #from: Fetcher;
  readonly #to: Pusher;
  readonly #options: CopyOptions;
  readonly #seen = new Set<Digest>();

  constructor(from: Fetcher, to: Pusher, options: CopyOptions) {
    this.#from = from;
    this.#to = to;
    this.#options = options;
  }

  async node(descriptor: Descriptor, depth: number): Promise<void> {
    if (depth < 0) throw new OciError('LIMIT_EXCEEDED', `${descriptor.digest} lies in more than ${MAX_DEPTH} nested indexes`);
    if (this.#seen.has(descriptor.digest)) return;
    this.#seen.add(descriptor.digest);
    if (await this.#to.exists(descriptor)) {
      this.result.blobsPresent += 1;
      return;
    }
    if (isManifestLike(descriptor.mediaType)) await this.#document(descriptor, depth);
    else await this.#to.push(descriptor, fromFetcher(this.#from, descriptor), { mountFrom: this.#options.mountFrom });
    this.result.blobsCopied += 1;
  }

  /** Blobs of one document side by side, documents one after the other: the number of transfers at a time stays bounded. */
  async #document(descriptor: Descriptor, depth: number): Promise<void> {
    const bytes = await readAll(this.#from, descriptor);
    const children = successors(descriptor.mediaType, bytes);
    const blobs = children.filter(({ mediaType }) => !isManifestLike(mediaType));
    await eachOf(blobs, this.#options.concurrency ?? 4, (blob) => this.node(blob, depth - 1));
    for (const child of children) if (isManifestLike(child.mediaType)) await this.node(child, depth - 1);
    await this.#to.push(descriptor, fromBytes(bytes));
  }
}

/** Runs a task for each item, so many at a time; after a failure no further one starts, and those under way are waited for. */
async function eachOf<T>(items: readonly T[], concurrency: number, task: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const item of queue) {
      if (failures.length > 0) return;
      await task(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  if (failures.length > 0) throw failures[0];
}

/** Content of another store; each `open` fetches anew, so a retry needs no copy in between. */
export function fromFetcher(from: Fetcher, descriptor: Descriptor): Content {
  return { open: (fromByte = 0) => fetchFrom(from, descriptor, fromByte) };
}

async function* fetchFrom(from: Fetcher, descriptor: Descriptor, fromByte: number): ByteStream {
  const stream = await from.fetch(descriptor);
  yield* fromByte === 0 ? stream : skip(stream, fromByte);
}
