import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, type Program, withChild } from './child.ts';
import { deliveriesOf, duplicatesAmong, guidOf, type SignedBody } from './deliveries.ts';
import { type Load, sendAll } from './load.ts';
import { latency, round } from './statistics.ts';

export type BurstRun = {
  /** Distinct ones; `requests` counts the duplicates too. */
  deliveries: number;
  requests: number;
  /** Answered with anything but 200 or 202. */
  refused: number;
  /** Acknowledged, but not decided (a server without a store: not handled). */
  lost: number;
  duplicatesSent: number;
  /** Duplicates that led to nothing. */
  duplicatesIgnored: number;
  decisions: number;
  effects: number;
  handlerErrors: number;
  ackMs: { p50: number; p99: number; max: number };
  /** Acknowledged a second, and decided a second until the last one was. */
  deliveriesPerSecond: number;
  decidedPerSecond: number;
  /** Highest resident memory of the server's process. */
  residentMiB: number;
};

export type BurstOptions = { bodies: readonly SignedBody[]; deliveries: number; items: number; concurrency: number };

const MIB = 1024 * 1024;
const DECIDE_TIMEOUT_MS = 240_000;

/** Sends everything at once and waits until the last delivery is decided. */
export function burst(program: Program, options: BurstOptions): Promise<BurstRun> {
  const { bodies, deliveries, items, concurrency } = options;
  return withChild(program, items, async (child) => {
    const from = performance.now();
    const load = await sendAll({ url: child.url, deliveries: deliveriesOf(bodies, deliveries), concurrency });
    const state = await decided(child);
    const seconds = (performance.now() - from) / 1000;
    const known = await child.known(Array.from({ length: deliveries }, (_, index) => guidOf(index)));
    const kept = program === 'bot' ? Math.min(known, state.done) : Math.min(deliveries, state.done);
    const sent = duplicatesAmong(deliveries);
    return {
      deliveries,
      requests: load.ackMs.length,
      refused: load.ackMs.length - answered(load),
      lost: deliveries - kept,
      duplicatesSent: sent,
      duplicatesIgnored: Math.max(0, deliveries + sent - state.done),
      decisions: state.decisions,
      effects: state.effects,
      handlerErrors: state.handlerErrors,
      ackMs: latency(load.ackMs),
      deliveriesPerSecond: round(load.ackMs.length / load.seconds),
      decidedPerSecond: round(state.done / seconds),
      residentMiB: round(state.peakBytes / MIB),
    };
  });
}

/** Requests that were answered with 202 (accepted) or 200 (duplicate; Probot says 200 to all). */
export function answered({ statuses }: Load): number {
  return (statuses.get(202) ?? 0) + (statuses.get(200) ?? 0);
}

/** Waits until nothing is pending; resolves with the state then. @throws Error after four minutes */
export async function decided(child: Child): ReturnType<Child['state']> {
  const until = performance.now() + DECIDE_TIMEOUT_MS;
  for (;;) {
    const state = await child.state();
    if (state.pending === 0) return state;
    if (performance.now() > until) throw new Error(`${state.pending} deliveries are still undecided after ${DECIDE_TIMEOUT_MS / 1000} s`);
    await sleep(50);
  }
}
