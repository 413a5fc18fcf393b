import type { ByteStream, Content } from '../content/bytes.ts';
import type { Descriptor } from '../content/descriptor.ts';
import { verified } from '../content/verify.ts';
import { OciError } from '../error.ts';

/**
 * Hands content out in consecutive pieces from one verified pass; only a step back opens it anew, and then the receiving side's check of
 * the digest stands alone.
 */
export class ContentCursor {
  readonly #descriptor: Descriptor;
  readonly #content: Content;
  #source: AsyncIterator<Uint8Array> | undefined;
  #rest: Uint8Array = new Uint8Array(0);
  #position = 0;

  constructor(descriptor: Descriptor, content: Content) {
    this.#descriptor = descriptor;
    this.#content = content;
  }

  /** A piece that can be opened repeatedly; each opening continues the pass where it can. */
  piece(fromByte: number, sizeBytes: number): Content {
    return { open: () => this.#read(fromByte, sizeBytes) };
  }

  async close(): Promise<void> {
    await this.#source?.return?.();
    this.#source = undefined;
  }

  /** @throws OciError `TRUNCATED` | `OVERSIZED` | `DIGEST_MISMATCH`; `NOT_REPEATABLE` for a step back in what passes by once */
  async *#read(fromByte: number, sizeBytes: number): ByteStream {
    const source = await this.#sourceAt(fromByte);
    const end = fromByte + sizeBytes;
    while (this.#position < end) {
      if (this.#rest.byteLength === 0) {
        const next = await this.#next(source);
        if (next.done)
          throw new OciError('TRUNCATED', `${this.#descriptor.digest} ended after ${this.#position} of ${this.#descriptor.size} bytes`);
        this.#rest = next.value;
        continue;
      }
      const part = this.#rest.subarray(0, end - this.#position);
      this.#rest = this.#rest.subarray(part.byteLength);
      this.#position += part.byteLength;
      yield part;
    }
    if (end === this.#descriptor.size) await this.#expectEnd(source);
  }

  /** A source that failed is over: the next piece opens the content anew. */
  async #next(source: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
    try {
      return await source.next();
    } catch (error) {
      this.#source = undefined;
      throw error;
    }
  }

  async #expectEnd(source: AsyncIterator<Uint8Array>): Promise<void> {
    if (this.#rest.byteLength > 0 || !(await this.#next(source)).done) {
      throw new OciError('OVERSIZED', `${this.#descriptor.digest} has more than its ${this.#descriptor.size} bytes`);
    }
  }

  async #sourceAt(fromByte: number): Promise<AsyncIterator<Uint8Array>> {
    if (this.#source !== undefined && this.#position === fromByte) return this.#source;
    await this.close();
    this.#rest = new Uint8Array(0);
    this.#position = fromByte;
    const stream = fromByte === 0 ? verified(this.#descriptor, this.#content.open()) : this.#content.open(fromByte);
    this.#source = stream[Symbol.asyncIterator]();
    return this.#source;
  }
}
