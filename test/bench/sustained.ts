import { answered, decided } from './burst.ts';
import { type Program, withChild } from './child.ts';
import { deliveriesOf, type SignedBody } from './deliveries.ts';
import { sendAll } from './load.ts';
import { type Latency, latency, round } from './statistics.ts';

export type SustainedRun = {
  seconds: number;
  concurrency: number;
  requests: number;
  refused: number;
  ackMs: Latency;
  deliveriesPerSecond: number;
  /** Undecided when the last request was answered, and decided a second until none was left. */
  backlog: number;
  decidedPerSecond: number;
  residentMiB: number;
};

export type SustainedOptions = { bodies: readonly SignedBody[]; items: number; concurrency: number; seconds: number };

const MIB = 1024 * 1024;
/** More than any machine takes in the time given. */
const ENOUGH = 1_000_000;

/** Sends for a fixed time at a fixed concurrency, then waits until what was taken is decided. */
export function sustained(program: Program, { bodies, items, concurrency, seconds }: SustainedOptions): Promise<SustainedRun> {
  return withChild(program, items, async (child) => {
    const from = performance.now();
    const load = await sendAll({ url: child.url, deliveries: deliveriesOf(bodies, ENOUGH), concurrency, forMs: seconds * 1000 });
    const { pending } = await child.state();
    const state = await decided(child);
    return {
      seconds: round(load.seconds),
      concurrency,
      requests: load.ackMs.length,
      refused: load.ackMs.length - answered(load),
      ackMs: latency(load.ackMs),
      deliveriesPerSecond: round(load.ackMs.length / load.seconds),
      backlog: pending,
      decidedPerSecond: round((state.done * 1000) / (performance.now() - from)),
      residentMiB: round(state.peakBytes / MIB),
    };
  });
}
