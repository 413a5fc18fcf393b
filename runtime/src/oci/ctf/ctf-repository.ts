import type { BlobDirectory } from '../content/blob-directory.ts';
import { describeBlob } from '../content/blob-manifest.ts';
import type { ByteStream, Content } from '../content/bytes.ts';
import type { Descriptor } from '../content/descriptor.ts';
import { toDigest } from '../content/digest.ts';
import { parseIndex, parseManifest } from '../content/manifest.ts';
import { isIndexType, isManifestLike, MEDIA_TYPES } from '../content/media-types.ts';
import type { ReferrerLister, Repository } from '../content/store.ts';
import { readAll } from '../content/verify.ts';
import { OciError } from '../error.ts';
import { type IndexEntry, withArtifactTag, withManifest } from './artifact-index.ts';

/** What a repository needs of its archive. `change` is told the new index and throws `READ_ONLY` where writing is not allowed. */
export type CtfState = {
  readonly blobs: BlobDirectory;
  entries(): readonly IndexEntry[];
  change(next: (entries: readonly IndexEntry[]) => readonly IndexEntry[]): Promise<void>;
  checkWritable(): void;
};

/** One repository of a transport archive. Blobs are shared among all of them, manifests and tags are its own. */
export class CtfRepository implements Repository, ReferrerLister {
  readonly name: string;
  readonly #state: CtfState;

  constructor(name: string, state: CtfState) {
    this.name = name;
    this.#state = state;
  }

  fetch(descriptor: Descriptor): Promise<ByteStream> {
    return this.#state.blobs.fetch(descriptor);
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    if (!(await this.#state.blobs.exists(descriptor))) return false;
    return !isManifestLike(descriptor.mediaType) || this.#entries().some(({ digest }) => digest === descriptor.digest);
  }

  async push(descriptor: Descriptor, content: Content): Promise<void> {
    this.#state.checkWritable();
    await this.#state.blobs.push(descriptor, content);
    if (!isManifestLike(descriptor.mediaType)) return;
    await this.#state.change((entries) => withManifest(entries, this.name, descriptor));
  }

  async tag(descriptor: Descriptor, tag: string): Promise<void> {
    this.#state.checkWritable();
    if (!(await this.#state.blobs.exists(descriptor))) {
      throw new OciError('NOT_FOUND', `${descriptor.digest} cannot be tagged in ${this.name}: push it first`);
    }
    await this.#state.change((entries) => withArtifactTag(entries, this.name, descriptor, tag));
  }

  /** A digest that no line of the index names is looked up among the blobs: local blobs are addressed that way. */
  async resolve(tagOrDigest: string): Promise<Descriptor> {
    const digest = toDigest(tagOrDigest);
    const entry = this.#entries().find((line) => (digest === undefined ? line.tag === tagOrDigest : line.digest === digest));
    const target = entry?.digest ?? digest;
    const found = target === undefined ? undefined : await this.#describe(target, entry);
    if (found === undefined) throw new OciError('NOT_FOUND', `${this.name}:${tagOrDigest} is not in the transport archive`);
    return found;
  }

  async *tags(): AsyncIterable<string> {
    for (const { tag } of this.#entries()) if (tag !== undefined) yield tag;
  }

  /** Reads every manifest of the repository: archives have no list of referrers of their own. */
  async *referrers(subject: Descriptor, artifactType?: string): AsyncIterable<Descriptor> {
    const digests = new Set(this.#entries().flatMap(({ digest }) => digest ?? []));
    for (const digest of [...digests].sort()) {
      const descriptor = await this.resolve(digest);
      if (!isManifestLike(descriptor.mediaType)) continue;
      const bytes = await readAll(this, descriptor);
      const document = isIndexType(descriptor.mediaType) ? parseIndex(bytes) : parseManifest(bytes);
      const type = document.artifactType ?? ('config' in document ? document.config.mediaType : undefined);
      if (document.subject?.digest !== subject.digest || (artifactType !== undefined && type !== artifactType)) continue;
      yield { ...descriptor, artifactType: type, annotations: document.annotations };
    }
  }

  #entries(): readonly IndexEntry[] {
    return this.#state.entries().filter(({ repository }) => repository === this.name);
  }

  async #describe(digest: NonNullable<IndexEntry['digest']>, entry: IndexEntry | undefined): Promise<Descriptor | undefined> {
    if (entry?.mediaType !== undefined) {
      const size = await this.#state.blobs.sizeOf(digest);
      return size === undefined ? undefined : { mediaType: entry.mediaType, digest, size };
    }
    const found = await describeBlob(this.#state.blobs, digest);
    if (entry === undefined || found === undefined || found.mediaType !== MEDIA_TYPES.octetStream) return found;
    return { ...found, mediaType: MEDIA_TYPES.manifest };
  }
}
