import type { TimelineEvent } from '../facts.ts';
import type { ItemKind } from '../item.ts';
import { type BusinessCalendar, instantMs } from './calendar.ts';
import { SLA_TARGETS, type SlaPolicy, type SlaTarget } from './policy.ts';
import { createReading } from './reading.ts';
import { Stopwatch } from './stopwatch.ts';

export type PauseReason = 'waiting-for-author' | 'draft' | 'blocked' | 'hold' | 'sla-paused' | 'closed';
export type Pause = { reason: PauseReason; from: string; to?: string };

/** One promise about one item, as of `now`. Times are RFC 3339 UTC, durations business milliseconds. */
export type TargetClock = {
  target: SlaTarget;
  /** `breached` stays breached when it is met late (`metAt` is then set too). */
  state: 'running' | 'paused' | 'met' | 'breached' | 'not-applicable';
  because: string;
  startedAt?: string;
  /** When the promise ends if nothing stops the clock; absent while it stands still. */
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
  const targets = SLA_TARGETS.map((target) => targetClock(target, kind, events, policy, calendar, nowMs));
  return { policyVersion: policy.version, calendarVersion: calendar.version, now, targets };
}

/** Sorted by (at, seq), without changing the list. */
export function inOrder(timeline: readonly TimelineEvent[]): readonly TimelineEvent[] {
  return [...timeline].sort((a, b) => instantMs(a.at) - instantMs(b.at) || a.seq - b.seq);
}

function targetClock(
  target: SlaTarget,
  kind: ItemKind,
  events: readonly TimelineEvent[],
  policy: SlaPolicy,
  calendar: BusinessCalendar,
  nowMs: number,
): TargetClock {
  const allowedMs = policy.allowedMs[target];
  if (allowedMs === undefined) return absent(target, 0, 'the policy makes no such promise');
  if (target === 'first-review' && kind !== 'pull_request') return absent(target, allowedMs, 'only pull requests are reviewed');
  const watch = new Stopwatch(calendar, allowedMs);
  const reading = createReading(policy, target);
  for (const event of events) {
    for (const signal of reading(event)) watch.apply(signal, instantMs(event.at));
  }
  return { target, allowedMs, ...watch.read(nowMs) };
}

function absent(target: SlaTarget, allowedMs: number, because: string): TargetClock {
  return { target, state: 'not-applicable', because, allowedMs, spentMs: 0, pauses: [] };
}
