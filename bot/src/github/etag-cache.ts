/** A remembered answer; `data` is shared between readers and must not be changed. */
export type CachedResponse = {
  etag: string;
  status: number;
  url: string;
  headers: Record<string, string | number | undefined>;
  data: unknown;
};

/**
 * Least-recently-used answers by request, so that a repeated read costs a conditional request, which GitHub does not count
 * against the rate limit when nothing changed. One cache per installation: nothing read for one is ever answered to another.
 */
export class EtagCache {
  readonly #entries = new Map<string, CachedResponse>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): CachedResponse | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  put(key: string, entry: CachedResponse): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size <= this.#capacity) return;
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }
}
