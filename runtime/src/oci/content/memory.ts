import { OciError } from '../error.ts';
import { type ByteStream, type Content, collect, fromBytes } from './bytes.ts';
import type { Descriptor } from './descriptor.ts';
import { type Digest, toDigest } from './digest.ts';
import { isManifestLike } from './media-types.ts';
import type { Repository } from './store.ts';
import { verified } from './verify.ts';

/** A repository in memory: for tests and for building small things before they are written elsewhere. */
export class MemoryRepository implements Repository {
  readonly #blobs = new Map<Digest, Uint8Array>();
  readonly #manifests = new Map<Digest, Descriptor>();
  readonly #tags = new Map<string, Descriptor>();

  async fetch(descriptor: Descriptor): Promise<ByteStream> {
    const bytes = this.#blobs.get(descriptor.digest);
    if (bytes === undefined) throw new OciError('NOT_FOUND', `${descriptor.digest} is not in the store`);
    return verified(descriptor, fromBytes(bytes).open());
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    return this.#blobs.has(descriptor.digest);
  }

  async push(descriptor: Descriptor, content: Content): Promise<void> {
    const bytes = await collect(verified(descriptor, content.open()), descriptor.size, descriptor.digest);
    this.#blobs.set(descriptor.digest, bytes);
    if (isManifestLike(descriptor.mediaType)) this.#manifests.set(descriptor.digest, plain(descriptor));
  }

  async resolve(tagOrDigest: string): Promise<Descriptor> {
    const digest = toDigest(tagOrDigest);
    const found = digest === undefined ? this.#tags.get(tagOrDigest) : this.#manifests.get(digest);
    if (found === undefined) throw new OciError('NOT_FOUND', `"${tagOrDigest}" is not in the store`);
    return found;
  }

  async tag(descriptor: Descriptor, tag: string): Promise<void> {
    if (!(await this.exists(descriptor))) throw new OciError('NOT_FOUND', `${descriptor.digest} cannot be tagged: push it first`);
    this.#tags.set(tag, plain(descriptor));
  }

  async *tags(): AsyncIterable<string> {
    yield* this.#tags.keys();
  }
}

/** Only what identifies the content: annotations belong to whoever points at it. */
export function plain({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}
