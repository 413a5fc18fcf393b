export type SimulatedTime = { now: () => number; set: (at: string) => void };

/** Simulated time goes on with real time between two settings, so that retries come due. */
export function flowingTime(start: string): SimulatedTime {
  let base = Date.parse(start);
  let since = performance.now();
  return {
    now: () => Math.floor(base + (performance.now() - since)),
    set: (at) => {
      base = Math.max(Date.parse(at), Math.floor(base + (performance.now() - since)));
      since = performance.now();
    },
  };
}

/** Simulated time stands still between two settings: the same acts always leave the same times behind. Nothing comes due by waiting. */
export function standingTime(start: string): SimulatedTime {
  let nowMs = Date.parse(start);
  return {
    now: () => nowMs,
    set: (at) => {
      nowMs = Math.max(nowMs, Date.parse(at));
    },
  };
}

/** Mulberry32: the same week every time. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
