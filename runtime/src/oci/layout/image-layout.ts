import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobDirectory, nestedNaming } from '../content/blob-directory.ts';
import { describeBlob } from '../content/blob-manifest.ts';
import type { ByteStream, Content } from '../content/bytes.ts';
import type { Descriptor } from '../content/descriptor.ts';
import { toDigest } from '../content/digest.ts';
import { ChangeQueue, readSmallFile, writeJsonFile } from '../content/json-file.ts';
import { type Index, parseIndex, parseJson } from '../content/manifest.ts';
import { MEDIA_TYPES } from '../content/media-types.ts';
import type { Repository } from '../content/store.ts';
import { OciError } from '../error.ts';

/** @see https://github.com/opencontainers/image-spec/blob/main/annotations.md */
export const REF_NAME = 'org.opencontainers.image.ref.name';

export const LAYOUT_VERSION = { imageLayoutVersion: '1.0.0' } as const;
export const EMPTY_INDEX: Index = { schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests: [] };

/**
 * A folder in the OCI image layout: one repository whose tags are the `ref.name` annotations of `index.json`.
 * Pushing stores blobs only; `tag` enters a manifest in the index. One process may write at a time.
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export class ImageLayout implements Repository {
  readonly #indexPath: string;
  readonly #blobs: BlobDirectory;
  readonly #changes = new ChangeQueue();

  constructor(folder: string) {
    this.#indexPath = join(folder, 'index.json');
    this.#blobs = new BlobDirectory(join(folder, 'blobs'), nestedNaming);
  }

  /** Entries of `index.json` as they stand. @throws OciError `INVALID_DOCUMENT` */
  async roots(): Promise<readonly Descriptor[]> {
    return (await this.#index()).manifests;
  }

  fetch(descriptor: Descriptor): Promise<ByteStream> {
    return this.#blobs.fetch(descriptor);
  }

  exists(descriptor: Descriptor): Promise<boolean> {
    return this.#blobs.exists(descriptor);
  }

  push(descriptor: Descriptor, content: Content): Promise<void> {
    return this.#blobs.push(descriptor, content);
  }

  async resolve(tagOrDigest: string): Promise<Descriptor> {
    const roots = await this.roots();
    const digest = toDigest(tagOrDigest);
    const found =
      digest === undefined
        ? roots.find(({ annotations }) => annotations?.[REF_NAME] === tagOrDigest)
        : (roots.find((root) => root.digest === digest) ?? (await describeBlob(this.#blobs, digest)));
    if (found === undefined) throw new OciError('NOT_FOUND', `"${tagOrDigest}" is not in the image layout`);
    return found;
  }

  tag(descriptor: Descriptor, tag: string): Promise<void> {
    return this.#changes.run(async () => {
      if (!(await this.exists(descriptor))) throw new OciError('NOT_FOUND', `${descriptor.digest} cannot be tagged: push it first`);
      const index = await this.#index();
      await writeJsonFile(this.#indexPath, { ...index, manifests: withTag(index.manifests, descriptor, tag) });
    });
  }

  async *tags(): AsyncIterable<string> {
    for (const { annotations } of await this.roots()) {
      const name = annotations?.[REF_NAME];
      if (name !== undefined) yield name;
    }
  }

  async #index(): Promise<Index> {
    const bytes = await readSmallFile(this.#indexPath);
    return bytes === undefined ? EMPTY_INDEX : parseIndex(bytes);
  }
}

/** The entries after `tag` points at the descriptor; one that loses its tag stays as an untagged entry. Pure. */
export function withTag(entries: readonly Descriptor[], descriptor: Descriptor, tag: string): readonly Descriptor[] {
  const released = entries.map((entry) => (entry.annotations?.[REF_NAME] === tag ? untagged(entry) : entry));
  const others = released.filter((entry) => entry.digest !== descriptor.digest || entry.annotations?.[REF_NAME] !== undefined);
  const distinct = others.filter(
    (entry, at) => entry.annotations?.[REF_NAME] !== undefined || others.findIndex((other) => other.digest === entry.digest) === at,
  );
  return [...distinct, { ...descriptor, annotations: { ...descriptor.annotations, [REF_NAME]: tag } }];
}

function untagged(entry: Descriptor): Descriptor {
  const { [REF_NAME]: _, ...annotations } = entry.annotations ?? {};
  const { annotations: __, ...rest } = entry;
  return Object.keys(annotations).length === 0 ? rest : { ...rest, annotations };
}

/** @throws OciError `NOT_FOUND` when there is no `oci-layout` file, `INVALID_DOCUMENT` when it names another version */
export async function openLayout(folder: string): Promise<ImageLayout> {
  const marker = await readSmallFile(join(folder, 'oci-layout'));
  if (marker === undefined) throw new OciError('NOT_FOUND', 'the folder is not an image layout: it has no file oci-layout');
  const value = parseJson(marker, 'the file oci-layout');
  const version = typeof value === 'object' && value !== null && 'imageLayoutVersion' in value ? value.imageLayoutVersion : undefined;
  if (version !== LAYOUT_VERSION.imageLayoutVersion) {
    throw new OciError('INVALID_DOCUMENT', `the image layout has version ${JSON.stringify(version)?.slice(0, 50)}; only 1.0.0 is known`);
  }
  return new ImageLayout(folder);
}

/** Makes the folder an image layout unless it is one. Idempotent. */
export async function createLayout(folder: string): Promise<ImageLayout> {
  await mkdir(join(folder, 'blobs'), { recursive: true });
  if ((await readSmallFile(join(folder, 'index.json'))) === undefined) await writeJsonFile(join(folder, 'index.json'), EMPTY_INDEX);
  if ((await readSmallFile(join(folder, 'oci-layout'))) === undefined) await writeJsonFile(join(folder, 'oci-layout'), LAYOUT_VERSION);
  return openLayout(folder);
}
