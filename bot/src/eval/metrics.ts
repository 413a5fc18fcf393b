export type Interval = readonly [low: number, high: number];

/** Wilson score interval (95 %) of a proportion; `[0, 1]` without trials. */
export function wilson95(hits: number, trials: number): Interval {
  if (trials === 0) return [0, 1];
  const z = 1.959964;
  const share = hits / trials;
  const scale = 1 + (z * z) / trials;
  const centre = share + (z * z) / (2 * trials);
  const reach = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return [round(Math.max(0, (centre - reach) / scale)), round(Math.min(1, (centre + reach) / scale))];
}

/** `hits / trials` to four decimals; 0 without trials. */
export const ratio = (hits: number, trials: number): number => (trials === 0 ? 0 : round(hits / trials));

export const f1 = (precision: number, recall: number): number =>
  precision + recall === 0 ? 0 : round((2 * precision * recall) / (precision + recall));

/** The value below which `share` of the sorted values lie (nearest rank); 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0);
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
