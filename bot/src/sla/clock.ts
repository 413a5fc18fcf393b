import type { TimelineEvent } from '../facts.ts';
import type { ItemKind } from '../item.ts';
import { type BusinessCalendar, instantMs } from './calendar.ts';
import type { PolicyTarget, SlaPolicy } from './policy.ts';
import { createReading } from './reading.ts';
import { Stopwatch } from './stopwatch.ts';

/** `reason` is the id of the policy's pause, `waiting-for-author` after a review that asks for changes, or `closed`. */
export type Pause = { reason: string; from: string; to?: string };

/** One promise about one item, as of `now`. Times are RFC 3339 UTC, durations business milliseconds. */
export type TargetClock = {
  /** Id in the policy. */
  target: string;
  /** `breached` stays breached when it is met late (`metAt` is then set too). */
  state: 'running' | 'paused' | 'met' | 'breached' | 'not-applicable';
  because: string;
  startedAt?: string;
  /** When the promise ends, or ended, if nothing stops the clock; absent while it stands still, once it is met, and on closed items. */
  dueAt?: string;
  metAt?: string;
  breachedAt?: string;
  allowedMs: number;
  spentMs: number;
  pauses: readonly Pause[];
};

export type ItemClock = { policyVersion: string; calendarVersion: string; now: string; targets: readonly TargetClock[] };

export type ClockInput = { kind: ItemKind; timeline: readonly TimelineEvent[]; policy: SlaPolicy; calendar: BusinessCalendar; now: string };

/**
 * All SLA clocks of one item. A pure function of (events up to `now`, policy version, calendar version): the order in which events are
 * handed over does not matter, later events do not exist yet, and nothing a bot does keeps a promise.
 */
export function itemClock({ kind, timeline, policy, calendar, now }: ClockInput): ItemClock {
  const nowMs = instantMs(now);
  const events = inOrder(timeline).filter((event) => instantMs(event.at) <= nowMs);
  const targets = policy.targets.map((target) => targetClock(target, { kind, events, policy, calendar, nowMs }));
  return { policyVersion: policy.version, calendarVersion: calendar.version, now, targets };
}

/** Sorted by (at, seq), without changing the list. */
export function inOrder(timeline: readonly TimelineEvent[]): readonly TimelineEvent[] {
  return [...timeline].sort((a, b) => instantMs(a.at) - instantMs(b.at) || a.seq - b.seq);
}

type Reading = { kind: ItemKind; events: readonly TimelineEvent[]; policy: SlaPolicy; calendar: BusinessCalendar; nowMs: number };

function targetClock(target: PolicyTarget, { kind, events, policy, calendar, nowMs }: Reading): TargetClock {
  const { id, allowedMs } = target;
  if (!target.kinds.includes(kind)) {
    return { target: id, state: 'not-applicable', because: `not promised for a ${kind}`, allowedMs, spentMs: 0, pauses: [] };
  }
  const watch = new Stopwatch(calendar, allowedMs);
  const reading = createReading(policy, target, kind);
  for (const event of events) {
    for (const signal of reading(event)) watch.apply(signal, instantMs(event.at));
  }
  return { target: id, allowedMs, ...watch.read(nowMs) };
}
