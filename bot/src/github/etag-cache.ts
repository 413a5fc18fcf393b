/** A remembered answer; `json` is its data as text, so that every reader gets a copy of its own and its size is known. */
export type CachedResponse = {
  etag: string;
  status: number;
  url: string;
  headers: Record<string, string | number | undefined>;
  json: string;
};

/** Most that a cache holds, in answers and in characters of their data. */
export type CacheLimits = { responses: number; characters: number };

/**
 * Least-recently-used answers by request, so that a repeated read costs a conditional request, which GitHub does not count
 * against the rate limit when nothing changed. One cache per installation: nothing read for one is ever answered to another. An answer
 * that alone would take a quarter of the room (the files of a huge pull request) is not kept.
 */
export class EtagCache {
  readonly #entries = new Map<string, CachedResponse>();
  readonly #limits: CacheLimits;
  #characters = 0;

  constructor(limits: CacheLimits) {
    this.#limits = limits;
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
    this.#forget(key);
    if (entry.json.length > this.#limits.characters / 4) return;
    this.#entries.set(key, entry);
    this.#characters += entry.json.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limits.responses && this.#characters <= this.#limits.characters) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#characters -= this.#entries.get(key)?.json.length ?? 0;
    this.#entries.delete(key);
  }
}
