import { OciError } from '../error.ts';
import { type ByteStream, collect } from './bytes.ts';
import type { Descriptor } from './descriptor.ts';
import { hasherOf, hexOf } from './digest.ts';
import type { Fetcher } from './store.ts';

/** Documents that must be in memory to be parsed are refused beyond this: the distribution specification's own limit for manifests. */
export const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

/**
 * Passes the stream on and ends in an error unless it is exactly the described bytes. The last piece is held back until the digest is
 * known, so whoever consumed the whole stream consumed verified bytes; whoever writes must not publish before the stream has ended.
 * @throws OciError `TRUNCATED` | `OVERSIZED` | `DIGEST_MISMATCH`
 */
export async function* verified(descriptor: Descriptor, stream: ByteStream): ByteStream {
  const hasher = hasherOf(descriptor.digest);
  let seen = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of stream) {
    seen += chunk.byteLength;
    if (seen > descriptor.size) throw new OciError('OVERSIZED', `${descriptor.digest} has more than its ${descriptor.size} bytes`);
    hasher.update(chunk);
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (seen < descriptor.size) throw new OciError('TRUNCATED', `${descriptor.digest} ended after ${seen} of ${descriptor.size} bytes`);
  const actual = hasher.digest('hex');
  if (actual !== hexOf(descriptor.digest)) {
    throw new OciError('DIGEST_MISMATCH', `the bytes offered as ${descriptor.digest} hash to ${actual}`);
  }
  if (held !== undefined) yield held;
}

/**
 * The whole verified content in memory; for documents, not for blobs.
 * @throws OciError `LIMIT_EXCEEDED` when the descriptor states more than `maxBytes`, before anything is fetched; and what `fetch` throws
 */
export async function readAll(from: Fetcher, descriptor: Descriptor, maxBytes = MAX_DOCUMENT_BYTES): Promise<Uint8Array> {
  if (descriptor.size > maxBytes) {
    throw new OciError('LIMIT_EXCEEDED', `${descriptor.digest} states ${descriptor.size} bytes; at most ${maxBytes} are read into memory`);
  }
  return collect(await from.fetch(descriptor), descriptor.size, descriptor.digest);
}
