/** Milliseconds: median, 99th percentile and worst case of many measurements. */
export type Latency = { p50: number; p99: number; max: number };

/** What repeated runs of one measurement gave; `spreadPercent` is (max − min) / median. */
export type Spread = { runs: number; min: number; median: number; max: number; spreadPercent: number };

export function latency(valuesMs: readonly number[]): Latency {
  const sorted = ascending(valuesMs);
  return { p50: round(atShare(sorted, 0.5)), p99: round(atShare(sorted, 0.99)), max: round(sorted.at(-1) ?? 0) };
}

/** The value below which half of the others lie; of an even number the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  return atShare(ascending(values), 0.5);
}

export function spread(values: readonly number[]): Spread {
  const sorted = ascending(values);
  const [min, middle, max] = [sorted[0] ?? 0, median(values), sorted.at(-1) ?? 0];
  const spreadPercent = middle === 0 ? 0 : round(((max - min) / middle) * 100);
  return { runs: values.length, min: round(min), median: round(middle), max: round(max), spreadPercent };
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function ascending(values: readonly number[]): readonly number[] {
  return [...values].sort((one, other) => one - other);
}

/** Nearest rank. */
function atShare(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
