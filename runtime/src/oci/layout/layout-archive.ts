import { type TarSource, writeTar } from '../archive/write-tar.ts';
import { type ByteStream, fromBytes } from '../content/bytes.ts';
import { fromFetcher } from '../content/copy.ts';
import type { Descriptor } from '../content/descriptor.ts';
import { algorithmOf, type Digest, hexOf } from '../content/digest.ts';
import { successors } from '../content/manifest.ts';
import { isManifestLike } from '../content/media-types.ts';
import type { Fetcher } from '../content/store.ts';
import { readAll } from '../content/verify.ts';
import { OciError } from '../error.ts';
import { EMPTY_INDEX, LAYOUT_VERSION, REF_NAME } from './image-layout.ts';

const MAX_NODES = 100_000;

/**
 * A manifest or index with everything below it as the tar of an image layout, its one root entry tagged when `refName` is given.
 * The same graph gives the same bytes: markers first, then blobs in the order of their digests. Pipe it through `gzip` for `+gzip`.
 * @throws OciError what fetching and writing throw; `LIMIT_EXCEEDED` for graphs of more than 100,000 blobs
 */
export async function* layoutArchive(from: Fetcher, root: Descriptor, refName?: string): ByteStream {
  const nodes = await reachable(from, root);
  const entry = refName === undefined ? root : { ...root, annotations: { ...root.annotations, [REF_NAME]: refName } };
  yield* writeTar([
    jsonEntry('oci-layout', LAYOUT_VERSION),
    jsonEntry('index.json', { ...EMPTY_INDEX, manifests: [entry] }),
    ...nodes.map((node) => blobEntry(from, node)),
  ]);
}

async function reachable(from: Fetcher, root: Descriptor): Promise<readonly Descriptor[]> {
  const found = new Map<Digest, Descriptor>();
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next.digest)) continue;
    if (found.size >= MAX_NODES) throw new OciError('LIMIT_EXCEEDED', `${root.digest} reaches more than ${MAX_NODES} blobs`);
    found.set(next.digest, next);
    if (isManifestLike(next.mediaType)) open.push(...successors(next.mediaType, await readAll(from, next)));
  }
  return [...found.values()].sort((a, b) => (a.digest < b.digest ? -1 : 1));
}

function jsonEntry(path: string, value: unknown): TarSource {
  const bytes = Buffer.from(JSON.stringify(value));
  return { path, sizeBytes: bytes.byteLength, content: fromBytes(bytes) };
}

function blobEntry(from: Fetcher, node: Descriptor): TarSource {
  return {
    path: `blobs/${algorithmOf(node.digest)}/${hexOf(node.digest)}`,
    sizeBytes: node.size,
    content: fromFetcher(from, node),
  };
}
