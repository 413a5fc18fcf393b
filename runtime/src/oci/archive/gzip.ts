import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { ByteStream } from '../content/bytes.ts';
import { OciError } from '../error.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from './limits.ts';

const RATIO_COUNTS_FROM_BYTES = 1024 * 1024;

/**
 * The plain bytes of a stream that may be gzip: decided by its first two bytes, never by a name or media type.
 * @throws OciError `INVALID_ARCHIVE` damaged or cut gzip, `LIMIT_EXCEEDED` past `totalBytes` or `ratio`
 */
export async function* maybeGunzip(stream: ByteStream, limits: Pick<ArchiveLimits, 'totalBytes' | 'ratio'> = DEFAULT_LIMITS): ByteStream {
  const iterator = stream[Symbol.asyncIterator]();
  let head: Uint8Array = Buffer.alloc(0);
  let done = false;
  while (head.byteLength < 2 && !done) {
    const next = await iterator.next();
    if (next.done) done = true;
    else head = Buffer.concat([head, next.value]);
  }
  const counter = { bytes: 0 };
  const whole = counted(rejoin(head, iterator), counter);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  yield* limited(isGzip ? transformed(whole, createGunzip(), 'the gzip data is damaged or cut') : whole, counter, limits);
}

/**
 * Gzip with level 9 and a header without time or system, so the same bytes in give the same bytes out on the same zlib.
 */
export async function* gzip(stream: ByteStream): ByteStream {
  let offset = 0;
  for await (const chunk of transformed(stream, createGzip({ level: 9 }), 'compressing failed')) {
    // Byte 9 of the header names the operating system; 255 is "unknown" (RFC 1952 §2.3.1).
    if (offset <= 9 && offset + chunk.byteLength > 9) chunk[9 - offset] = 255;
    offset += chunk.byteLength;
    yield chunk;
  }
}

async function* rejoin(head: Uint8Array, rest: AsyncIterator<Uint8Array>): ByteStream {
  try {
    if (head.byteLength > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* counted(stream: ByteStream, counter: { bytes: number }): ByteStream {
  for await (const chunk of stream) {
    counter.bytes += chunk.byteLength;
    yield chunk;
  }
}

async function* limited(stream: ByteStream, read: { bytes: number }, limits: Pick<ArchiveLimits, 'totalBytes' | 'ratio'>): ByteStream {
  let total = 0;
  for await (const chunk of stream) {
    total += chunk.byteLength;
    if (total > limits.totalBytes) throw new OciError('LIMIT_EXCEEDED', `the archive unpacks to more than ${limits.totalBytes} bytes`);
    if (total > RATIO_COUNTS_FROM_BYTES && total > read.bytes * limits.ratio) {
      throw new OciError('LIMIT_EXCEEDED', `the archive unpacks to more than ${limits.ratio} times its size`);
    }
    yield chunk;
  }
}

/** Pipes through a zlib transform; errors of the source pass as they are, those of zlib become `INVALID_ARCHIVE`. */
async function* transformed(stream: ByteStream, transform: Transform, message: string): ByteStream {
  let failure: unknown;
  const piping = pipeline(Readable.from(stream, { objectMode: false }), transform).catch((error: unknown) => {
    failure ??= error;
  });
  try {
    for await (const chunk of transform) yield chunk as Uint8Array;
  } catch (error) {
    await piping;
    throw isZlibError(failure ?? error) ? new OciError('INVALID_ARCHIVE', message, { cause: failure ?? error }) : (failure ?? error);
  } finally {
    transform.destroy();
    await piping;
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}
