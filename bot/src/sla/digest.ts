import type { OpenItem } from '../facts.ts';
import type { ItemRef } from '../item.ts';
import { type BusinessCalendar, instantMs } from './calendar.ts';
import { itemClock, type TargetClock } from './clock.ts';
import type { SlaPolicy } from './policy.ts';

/** One promise that is broken, or will be soon. `leftMs` is working time until it is due, negative once it is over. */
export type DigestRow = { item: ItemRef; title: string; target: string; dueAt: string; leftMs: number };

export type Digest = {
  now: string;
  policyVersion: string;
  calendarVersion: string;
  openItems: number;
  /** Longest overdue first. */
  breached: readonly DigestRow[];
  /** Soonest first. */
  dueSoon: readonly DigestRow[];
  /** Items with a clock that stands still. */
  paused: number;
};

export type DigestInput = { items: readonly OpenItem[]; policy: SlaPolicy; calendar: BusinessCalendar; now: string; soonMs: number };

/** Every broken promise that is still open, and every one due within `soonMs` of working time. */
export function digestOf({ items, policy, calendar, now, soonMs }: DigestInput): Digest {
  const clocks = items.map((item) => ({
    item,
    targets: itemClock({ kind: item.item.kind, timeline: item.timeline, policy, calendar, now }).targets,
  }));
  const rows = clocks.flatMap(({ item, targets }) => targets.flatMap((clock) => rowOf(item, clock, calendar, now)));
  return {
    now,
    policyVersion: policy.version,
    calendarVersion: calendar.version,
    openItems: items.length,
    breached: rows
      .filter(({ breached }) => breached)
      .map(({ row }) => row)
      .sort(byDue),
    dueSoon: rows
      .filter(({ breached, row }) => !breached && row.leftMs <= soonMs)
      .map(({ row }) => row)
      .sort(byDue),
    paused: clocks.filter(({ targets }) => targets.some(({ state }) => state === 'paused')).length,
  };
}

function rowOf(
  { item, title }: OpenItem,
  clock: TargetClock,
  calendar: BusinessCalendar,
  now: string,
): { row: DigestRow; breached: boolean }[] {
  if (clock.dueAt === undefined) return [];
  const leftMs = calendar.businessMsBetween(instantMs(now), instantMs(clock.dueAt));
  return [{ breached: clock.state === 'breached', row: { item, title, target: clock.target, dueAt: clock.dueAt, leftMs } }];
}

function byDue(a: DigestRow, b: DigestRow): number {
  return instantMs(a.dueAt) - instantMs(b.dueAt) || a.item.number - b.item.number;
}
