import type { BlobDirectory } from './blob-directory.ts';
import type { Descriptor } from './descriptor.ts';
import type { Digest } from './digest.ts';
import { sniffMediaType } from './manifest.ts';
import { MEDIA_TYPES } from './media-types.ts';
import { MAX_DOCUMENT_BYTES, readAll } from './verify.ts';

/** The descriptor of a stored blob, its media type read off its content: manifest, index, or plain bytes. Undefined when it is absent. */
export async function describeBlob(blobs: BlobDirectory, digest: Digest): Promise<Descriptor | undefined> {
  const size = await blobs.sizeOf(digest);
  if (size === undefined) return undefined;
  const unknown: Descriptor = { mediaType: MEDIA_TYPES.octetStream, digest, size };
  if (size > MAX_DOCUMENT_BYTES) return unknown;
  return { ...unknown, mediaType: sniffMediaType(await readAll(blobs, unknown)) ?? MEDIA_TYPES.octetStream };
}
