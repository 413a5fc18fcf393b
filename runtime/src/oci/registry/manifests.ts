import { fromBytes } from '../content/bytes.ts';
import type { Descriptor } from '../content/descriptor.ts';
import { algorithmOf, type Digest, digestOf, toDigest } from '../content/digest.ts';
import { sniffMediaType } from '../content/manifest.ts';
import { isIndexType, isManifestLike, MEDIA_TYPES } from '../content/media-types.ts';
import { OciError } from '../error.ts';
import type { Call, RegistryClient } from './client.ts';
import { pullScope, pushScope } from './scope.ts';
import type { HttpResponse } from './transport.ts';

export type FetchedManifest = { readonly descriptor: Descriptor; readonly bytes: Uint8Array };

const ACCEPT = [MEDIA_TYPES.index, MEDIA_TYPES.manifest, MEDIA_TYPES.dockerIndex, MEDIA_TYPES.dockerManifest].join(', ');
/** Types that say nothing about the document. */
const GENERAL_TYPES = new Set(['', 'application/json', 'text/plain', MEDIA_TYPES.octetStream]);

/**
 * The manifest end points of one repository.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export class Manifests {
  readonly #client: RegistryClient;
  readonly #repository: string;
  readonly #maxBytes: number;

  constructor(client: RegistryClient, repository: string, maxBytes: number) {
    this.#client = client;
    this.#repository = repository;
    this.#maxBytes = maxBytes;
  }

  /**
   * What a tag or digest names: one HEAD, and a GET only where the HEAD does not say all of type, digest and size.
   * @throws OciError `NOT_FOUND`; `DIGEST_MISMATCH` when the registry states another digest than the one asked for
   */
  async resolve(tagOrDigest: string): Promise<Descriptor> {
    const what = this.#what(tagOrDigest);
    const response = await this.#head(tagOrDigest, [200, 400, 405, 501]);
    if (response.status === 200) {
      const digest = toDigest(headerOf(response, 'docker-content-digest'));
      const mediaType = mediaTypeOf(response);
      const size = Number(response.headers['content-length'] ?? Number.NaN);
      if (digest !== undefined && isManifestLike(mediaType) && Number.isSafeInteger(size)) {
        sameDigest(toDigest(tagOrDigest), digest, what);
        return { mediaType, digest, size };
      }
    }
    return (await this.get(tagOrDigest)).descriptor;
  }

  /**
   * The document itself, checked against the digest it was asked for or the registry stated.
   * @throws OciError `LIMIT_EXCEEDED` over the size cap, `DIGEST_MISMATCH`, `MEDIA_TYPE_MISMATCH` when header and document disagree or
   *   it is neither manifest nor index
   */
  async get(tagOrDigest: string): Promise<FetchedManifest> {
    const what = this.#what(tagOrDigest);
    const { response, bytes } = await this.#client.readDocument(this.#call('GET', tagOrDigest, [200]), this.#maxBytes);
    const asked = toDigest(tagOrDigest);
    const expected = asked ?? toDigest(headerOf(response, 'docker-content-digest'));
    const digest = digestOf(bytes, expected === undefined ? 'sha256' : algorithmOf(expected));
    sameDigest(expected, digest, what);
    return { descriptor: { mediaType: agreedType(response, bytes, what), digest, size: bytes.byteLength }, bytes };
  }

  /** Whether the registry has a manifest with that digest. */
  async has(digest: Digest): Promise<boolean> {
    return (await this.#head(digest, [200, 404])).status === 200;
  }

  /** Stores a document under a digest or tag. @returns whether the registry took note of its `subject` for the referrers API */
  async put(tagOrDigest: string, mediaType: string, bytes: Uint8Array): Promise<boolean> {
    const what = this.#what(tagOrDigest);
    const response = await this.#client.call({
      method: 'PUT',
      url: this.#url(tagOrDigest),
      scopes: [pushScope(this.#repository)],
      expected: [201],
      headers: { 'content-type': mediaType },
      body: { content: fromBytes(bytes), sizeBytes: bytes.byteLength },
      retry: true,
      what,
    });
    response.discard();
    const stored = toDigest(headerOf(response, 'docker-content-digest'));
    if (stored !== undefined) sameDigest(stored, digestOf(bytes, algorithmOf(stored)), what);
    return response.headers['oci-subject'] !== undefined;
  }

  async #head(tagOrDigest: string, expected: readonly number[]): Promise<HttpResponse> {
    const response = await this.#client.call(this.#call('HEAD', tagOrDigest, expected));
    response.discard();
    return response;
  }

  #call(method: 'GET' | 'HEAD', tagOrDigest: string, expected: readonly number[]): Call {
    return {
      method,
      url: this.#url(tagOrDigest),
      scopes: [pullScope(this.#repository)],
      expected,
      headers: { accept: ACCEPT, 'accept-encoding': 'identity' },
      retry: true,
      what: this.#what(tagOrDigest),
    };
  }

  #url(tagOrDigest: string): string {
    return `/v2/${this.#repository}/manifests/${tagOrDigest}`;
  }

  #what(tagOrDigest: string): string {
    return `manifest ${tagOrDigest} of ${this.#repository}`;
  }
}

function sameDigest(expected: Digest | undefined, actual: Digest, what: string): void {
  if (expected !== undefined && expected !== actual) {
    throw new OciError('DIGEST_MISMATCH', `${what}: it should be ${expected} and is ${actual}`);
  }
}

/** The header's type, which the document must not contradict; registries that send a general type are answered by the document alone. */
function agreedType(response: HttpResponse, bytes: Uint8Array, what: string): string {
  const stated = mediaTypeOf(response);
  const found = sniffMediaType(bytes);
  if (found !== undefined && (GENERAL_TYPES.has(stated) || stated === found)) return found;
  if (found !== undefined && isManifestLike(stated) && isIndexType(stated) === isIndexType(found) && !statesType(bytes)) return stated;
  throw new OciError('MEDIA_TYPE_MISMATCH', `${what}: sent as "${stated.slice(0, 100)}", but it is ${found ?? 'no manifest'}`);
}

function statesType(bytes: Uint8Array): boolean {
  const value = JSON.parse(new TextDecoder().decode(bytes)) as { mediaType?: unknown };
  return typeof value.mediaType === 'string';
}

function headerOf(response: HttpResponse, name: string): string {
  const value = response.headers[name];
  return typeof value === 'string' ? value : '';
}

function mediaTypeOf(response: HttpResponse): string {
  return (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
