import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractTar } from '../archive/extract.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from '../archive/limits.ts';
import { BlobDirectory, flatNaming, nestedNaming } from '../content/blob-directory.ts';
import { describeBlob } from '../content/blob-manifest.ts';
import type { ByteStream } from '../content/bytes.ts';
import type { Descriptor } from '../content/descriptor.ts';
import { toDigest } from '../content/digest.ts';
import { readSmallFile } from '../content/json-file.ts';
import { type Index, parseIndex } from '../content/manifest.ts';
import type { Fetcher, Resolver, TagLister } from '../content/store.ts';
import { OciError } from '../error.ts';
import { REF_NAME } from '../layout/image-layout.ts';

/** Index annotation naming the digest of the artifact the set was made for. */
const MAIN = 'software.ocm/main';
/** Entry annotation with the tags of an artifact, separated by commas. */
const TAGS = 'software.ocm/tags';
const INDEX_FILES = ['artifact-descriptor.json', 'index.json'] as const;

/**
 * An artifact in a blob: the tar (or gzipped tar) that older OCM tools write for images by value, in its three variants, and the plain
 * archive of an image layout. Content is unpacked into a temporary folder that `close` removes.
 */
export class ArtifactSet implements Fetcher, Resolver, TagLister, AsyncDisposable {
  /** The artifact the set stands for: a resource's digest is this one's, not the archive's. */
  readonly main: Descriptor;
  readonly #folder: string;
  readonly #index: Index;
  readonly #blobs: BlobDirectory;

  constructor(folder: string, index: Index, blobs: BlobDirectory) {
    this.#folder = folder;
    this.#index = index;
    this.#blobs = blobs;
    this.main = mainOf(index);
  }

  fetch(descriptor: Descriptor): Promise<ByteStream> {
    return this.#blobs.fetch(descriptor);
  }

  async resolve(tagOrDigest: string): Promise<Descriptor> {
    const digest = toDigest(tagOrDigest);
    const entries = this.#index.manifests;
    const found =
      digest === undefined
        ? entries.find((entry) => tagsOf(entry).includes(tagOrDigest))
        : (entries.find((entry) => entry.digest === digest) ?? (await describeBlob(this.#blobs, digest)));
    if (found === undefined) throw new OciError('NOT_FOUND', `"${tagOrDigest}" is not in the artifact set`);
    return found;
  }

  async *tags(): AsyncIterable<string> {
    for (const entry of this.#index.manifests) yield* tagsOf(entry);
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** @throws OciError `INVALID_ARCHIVE` when the archive is no artifact set; `INVALID_DOCUMENT`; what `extractTar` throws */
export async function openArtifactSet(
  archive: ByteStream,
  options: { readonly limits?: ArchiveLimits; readonly temporaryFolder?: string } = {},
): Promise<ArtifactSet> {
  const folder = await mkdtemp(join(options.temporaryFolder ?? tmpdir(), 'artifact-set-'));
  try {
    await extractTar(archive, folder, options.limits ?? DEFAULT_LIMITS);
    const index = await readIndex(folder);
    const nested = await stat(join(folder, 'blobs', 'sha256')).then(
      (found) => found.isDirectory(),
      () => false,
    );
    return new ArtifactSet(folder, index, new BlobDirectory(join(folder, 'blobs'), nested ? nestedNaming : flatNaming));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function readIndex(folder: string): Promise<Index> {
  for (const name of INDEX_FILES) {
    const bytes = await readSmallFile(join(folder, name));
    if (bytes !== undefined) return parseIndex(bytes);
  }
  throw new OciError('INVALID_ARCHIVE', `the archive is no artifact set: it has none of ${INDEX_FILES.join(', ')}`);
}

/** The entry the index names, else the only one, else the only one with a name. */
function mainOf({ annotations, manifests }: Index): Descriptor {
  const digest = annotations?.[MAIN];
  const named = manifests.filter((entry) => entry.annotations?.[REF_NAME] !== undefined);
  const candidates =
    digest !== undefined ? manifests.filter((entry) => entry.digest === digest) : manifests.length === 1 ? manifests : named;
  const [main] = candidates;
  if (main === undefined || (digest === undefined && candidates.length > 1)) {
    throw new OciError('INVALID_ARCHIVE', 'the artifact set does not say which of its artifacts is the main one');
  }
  return main;
}

function tagsOf({ annotations }: Descriptor): readonly string[] {
  const list = (annotations?.[TAGS] ?? '').split(',');
  return [...new Set([...list, annotations?.[REF_NAME] ?? ''].map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}
