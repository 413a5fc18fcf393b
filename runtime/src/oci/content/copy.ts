import { OciError } from '../error.ts';
import { type ByteStream, type Content, fromBytes, skip } from './bytes.ts';
import type { Descriptor } from './descriptor.ts';
import { successors } from './manifest.ts';
import { isManifestLike } from './media-types.ts';
import type { Fetcher, Pusher, PushOptions } from './store.ts';
import { readAll } from './verify.ts';

/** Deeper nesting of indexes than this is refused: honest graphs are two or three deep. */
const MAX_DEPTH = 16;

/** `blobsCopied` counts what was really written, `blobsPresent` what the target had already. */
export type CopyResult = { blobsCopied: number; blobsPresent: number };

/**
 * Copies a manifest or index with everything it points at, leaves first, so that no stored document ever points at nothing.
 * What the target has is not read again; a manifest that is there is taken to be complete.
 * @throws OciError `LIMIT_EXCEEDED` when indexes are nested too deep, and what the two stores throw
 */
export async function copyGraph(from: Fetcher, to: Pusher, root: Descriptor, options: PushOptions = {}): Promise<CopyResult> {
  const result: CopyResult = { blobsCopied: 0, blobsPresent: 0 };
  await copyNode({ from, to, options }, root, MAX_DEPTH, result);
  return result;
}

type Direction = { readonly from: Fetcher; readonly to: Pusher; readonly options: PushOptions };

async function copyNode(direction: Direction, descriptor: Descriptor, depth: number, result: CopyResult): Promise<void> {
  const { from, to, options } = direction;
  if (depth < 0) throw new OciError('LIMIT_EXCEEDED', `${descriptor.digest} lies in more than ${MAX_DEPTH} nested indexes`);
  if (await to.exists(descriptor)) {
    result.blobsPresent += 1;
    return;
  }
  if (isManifestLike(descriptor.mediaType)) {
    const bytes = await readAll(from, descriptor);
    for (const child of successors(descriptor.mediaType, bytes)) await copyNode(direction, child, depth - 1, result);
    await to.push(descriptor, fromBytes(bytes));
  } else {
    await to.push(descriptor, fromFetcher(from, descriptor), options);
  }
  result.blobsCopied += 1;
}

/** Content of another store; each `open` fetches anew, so a retry needs no copy in between. */
export function fromFetcher(from: Fetcher, descriptor: Descriptor): Content {
  return { open: (fromByte = 0) => fetchFrom(from, descriptor, fromByte) };
}

async function* fetchFrom(from: Fetcher, descriptor: Descriptor, fromByte: number): ByteStream {
  const stream = await from.fetch(descriptor);
  yield* fromByte === 0 ? stream : skip(stream, fromByte);
}
