import type { ByteStream } from '../content/bytes.ts';
import { damaged } from './tar-header.ts';

/** Reads a stream in measured pieces. Each piece is used up before the next is asked for. */
export class BlockReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(stream: ByteStream) {
    this.#source = stream[Symbol.asyncIterator]();
  }

  /** Exactly `count` bytes; undefined when the stream ended before the first of them. @throws OciError `INVALID_ARCHIVE` when it ends among them */
  async read(count: number): Promise<Uint8Array | undefined> {
    const parts: Uint8Array[] = [];
    for await (const part of this.stream(count, true)) parts.push(part);
    return count > 0 && parts.length === 0 ? undefined : Buffer.concat(parts, count);
  }

  /** The next `count` bytes in pieces. With `mayEnd` the stream may end before the first. @throws OciError `INVALID_ARCHIVE` */
  async *stream(count: number, mayEnd = false): ByteStream {
    let left = count;
    while (left > 0) {
      if (this.#rest.byteLength === 0) {
        const next = await this.#source.next();
        if (next.done && mayEnd && left === count) return;
        if (next.done) throw damaged('it ends in the middle of an entry');
        this.#rest = next.value;
        continue;
      }
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.byteLength);
      left -= part.byteLength;
      yield part;
    }
  }

  /** Reads the source to its end, so that whoever checks it (a digest, gzip's own checksum) has seen everything. */
  async drain(): Promise<void> {
    this.#rest = new Uint8Array(0);
    while (!(await this.#source.next()).done);
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
