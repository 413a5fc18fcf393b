import { createReadStream } from 'node:fs';
import { OciError } from '../error.ts';

/** A body in pieces of any size. Node's readable streams are such; leaving the loop early closes the source. */
export type ByteStream = AsyncIterable<Uint8Array>;

/**
 * Bytes that can be read from any place on, as often as a retry needs.
 * `open` may throw `NOT_REPEATABLE` when asked again for something that passed by once.
 */
export type Content = { open(fromByte?: number): ByteStream };

export function fromBytes(bytes: Uint8Array | string): Content {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return { open: (fromByte = 0) => one(buffer.subarray(fromByte)) };
}

export function fromFile(path: string): Content {
  return { open: (fromByte = 0) => createReadStream(path, { start: fromByte, highWaterMark: 256 * 1024 }) };
}

/** For what can be read once only, such as a request's body. */
export function fromStream(stream: ByteStream): Content {
  let opened = false;
  return {
    open(fromByte = 0) {
      if (opened || fromByte > 0) throw new OciError('NOT_REPEATABLE', 'the content was a stream and is gone; start again from its source');
      opened = true;
      return stream;
    },
  };
}

async function* one(bytes: Uint8Array): ByteStream {
  if (bytes.byteLength > 0) yield bytes;
}

/** The stream without its first `count` bytes. */
export async function* skip(stream: ByteStream, count: number): ByteStream {
  let left = count;
  for await (const chunk of stream) {
    if (left >= chunk.byteLength) left -= chunk.byteLength;
    else {
      yield left === 0 ? chunk : chunk.subarray(left);
      left = 0;
    }
  }
}

/** At most `count` bytes of the stream; the source is closed after them. */
export async function* take(stream: ByteStream, count: number): ByteStream {
  let left = count;
  if (left === 0) return;
  for await (const chunk of stream) {
    if (chunk.byteLength >= left) {
      yield chunk.subarray(0, left);
      return;
    }
    left -= chunk.byteLength;
    yield chunk;
  }
}

/** All bytes of a stream of unknown length. @throws OciError `LIMIT_EXCEEDED` past `maxBytes` */
export async function collect(stream: ByteStream, maxBytes: number, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of stream) {
    total += chunk.byteLength;
    if (total > maxBytes) throw new OciError('LIMIT_EXCEEDED', `${what} is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
}
