/**
 * Time as the embedded GitHub shows it. Real until the first `set`; from then on it stands still between two settings.
 * emulate stamps real times; this table of (real, simulated) steps translates them both ways and keeps their order.
 */
export class SimulatedClock {
  readonly #steps: { realMs: number; simulatedMs: number }[] = [];
  readonly #realNow: () => number;

  constructor(realNow: () => number = Date.now) {
    this.#realNow = realNow;
  }

  now(): number {
    return this.#steps.at(-1)?.simulatedMs ?? this.#realNow();
  }

  /** RFC 3339 to the second, as GitHub writes it. */
  nowText(): string {
    return toText(this.now());
  }

  /**
   * From now on it is `iso`. Waits for the next millisecond, so that nothing stamped before can be taken for later.
   * @throws RangeError when `iso` is no time or lies before the present simulated time
   */
  async set(iso: string): Promise<void> {
    const simulatedMs = Date.parse(iso);
    if (Number.isNaN(simulatedMs)) throw new RangeError(`not an RFC 3339 time: ${iso}`);
    const last = this.#steps.at(-1);
    if (last && simulatedMs < last.simulatedMs) throw new RangeError(`time cannot go back from ${toText(last.simulatedMs)} to ${iso}`);
    const before = this.#realNow();
    while (this.#realNow() <= before) await new Promise((resolve) => setTimeout(resolve, 1));
    this.#steps.push({ realMs: this.#realNow(), simulatedMs });
  }

  /** Times before the first setting become that setting. Identity while the clock is real. */
  toSimulated(realMs: number): number {
    if (this.#steps.length === 0) return realMs;
    let [low, high] = [0, this.#steps.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#steps[middle]?.realMs ?? 0) <= realMs) low = middle;
      else high = middle - 1;
    }
    return this.#steps[low]?.simulatedMs ?? realMs;
  }

  /** A GitHub-style timestamp for one that emulate wrote. */
  rewrite(realIso: string): string {
    const realMs = Date.parse(realIso);
    return Number.isNaN(realMs) ? realIso : toText(this.toSimulated(realMs));
  }
}

export function toText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
