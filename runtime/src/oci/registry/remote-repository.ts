import { type ByteStream, type Content, collect, fromBytes } from '../content/bytes.ts';
import type { Descriptor } from '../content/descriptor.ts';
import type { Digest } from '../content/digest.ts';
import { parseIndex, parseManifest } from '../content/manifest.ts';
import { isIndexType, isManifestLike, MEDIA_TYPES } from '../content/media-types.ts';
import type { PushOptions, ReferrerLister, Repository } from '../content/store.ts';
import { verified } from '../content/verify.ts';
import { OciError } from '../error.ts';
import type { RegistryClient } from './client.ts';
import { download } from './download.ts';
import { type FetchedManifest, Manifests } from './manifests.ts';
import { listReferrers, recordReferrer } from './referrers.ts';
import { pullScope } from './scope.ts';
import { listTags } from './tags.ts';
import { upload } from './upload.ts';

export type RemoteLimits = { readonly maxManifestBytes: number; readonly chunkBytes: number; readonly pageSize: number };

/** A repository of a registry. Manifests and indexes go to the manifest end points, everything else to the blobs. */
export class RemoteRepository implements Repository, ReferrerLister {
  readonly name: string;
  readonly #client: RegistryClient;
  readonly #limits: RemoteLimits;
  readonly #manifests: Manifests;

  constructor(name: string, client: RegistryClient, limits: RemoteLimits) {
    this.name = name;
    this.#client = client;
    this.#limits = limits;
    this.#manifests = new Manifests(client, name, limits.maxManifestBytes);
  }

  async fetch(descriptor: Descriptor): Promise<ByteStream> {
    if (!isManifestLike(descriptor.mediaType)) return verified(descriptor, download(this.#client, this.name, descriptor));
    const found = await this.#manifests.get(descriptor.digest);
    if (found.descriptor.mediaType !== descriptor.mediaType) {
      throw new OciError('MEDIA_TYPE_MISMATCH', `${descriptor.digest} is ${found.descriptor.mediaType}, not ${descriptor.mediaType}`);
    }
    return verified(descriptor, fromBytes(found.bytes).open());
  }

  resolve(tagOrDigest: string): Promise<Descriptor> {
    return this.#manifests.resolve(tagOrDigest);
  }

  /** Descriptor and document of a tag or digest in one request, checked. */
  fetchManifest(tagOrDigest: string): Promise<FetchedManifest> {
    return this.#manifests.get(tagOrDigest);
  }

  /** Size and existence of a blob whose descriptor is not known. @throws OciError `NOT_FOUND`; `PROTOCOL` when no size is stated */
  async resolveBlob(digest: Digest): Promise<Descriptor> {
    const what = `blob ${digest} of ${this.name}`;
    const response = await this.#headBlob(digest, [200]);
    const size = Number(response.headers['content-length'] ?? Number.NaN);
    if (!Number.isSafeInteger(size)) throw new OciError('PROTOCOL', `${what}: the registry states no size`);
    return { mediaType: MEDIA_TYPES.octetStream, digest, size };
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    if (isManifestLike(descriptor.mediaType)) return this.#manifests.has(descriptor.digest);
    return (await this.#headBlob(descriptor.digest, [200, 404])).status === 200;
  }

  /** A manifest with a `subject` is also entered where its referrers are listed, if the registry does not do so itself. */
  async push(descriptor: Descriptor, content: Content, options: PushOptions = {}): Promise<void> {
    if (!isManifestLike(descriptor.mediaType)) {
      const { mountFrom } = options;
      return upload(this.#client, this.name, descriptor, content, { chunkBytes: this.#limits.chunkBytes, mountFrom });
    }
    if (descriptor.size > this.#limits.maxManifestBytes) {
      throw new OciError(
        'LIMIT_EXCEEDED',
        `${descriptor.digest} is larger than ${this.#limits.maxManifestBytes} bytes; registries refuse it`,
      );
    }
    const bytes = await collect(verified(descriptor, content.open()), descriptor.size, descriptor.digest);
    const document = isIndexType(descriptor.mediaType) ? parseIndex(bytes) : parseManifest(bytes);
    const noted = await this.#manifests.put(descriptor.digest, descriptor.mediaType, bytes);
    if (document.subject !== undefined && !noted) await recordReferrer(this.#manifests, descriptor, document);
  }

  async tag(descriptor: Descriptor, tag: string): Promise<void> {
    const { bytes } = await this.#manifests.get(descriptor.digest);
    await this.#manifests.put(tag, descriptor.mediaType, bytes);
  }

  tags(): AsyncIterable<string> {
    return listTags(this.#client, this.name, [pullScope(this.name)], this.#limits.pageSize);
  }

  referrers(subject: Descriptor, artifactType?: string): AsyncIterable<Descriptor> {
    return listReferrers(this.#client, this.#manifests, this.name, subject.digest, artifactType);
  }

  async #headBlob(digest: Digest, expected: readonly number[]) {
    const response = await this.#client.call({
      method: 'HEAD',
      url: `/v2/${this.name}/blobs/${digest}`,
      scopes: [pullScope(this.name)],
      expected,
      retry: true,
      what: `blob ${digest} of ${this.name}`,
    });
    response.discard();
    return response;
  }
}
