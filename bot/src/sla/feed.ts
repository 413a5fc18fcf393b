import type { TimelineEvent } from '../facts.ts';
import type { ItemRef } from '../item.ts';
import { type BusinessCalendar, instantMs } from './calendar.ts';
import { itemClock, type TargetClock } from './clock.ts';
import { SlaFeed, type SlaFeedTarget, type SlaFeedTrend } from './feed-schema.ts';
import type { PolicyTarget, SlaPolicy } from './policy.ts';

/** An item, open or closed. */
export type FeedItem = { item: ItemRef; timeline: readonly TimelineEvent[] };

export type FeedInput = { items: readonly FeedItem[]; policy: SlaPolicy; calendar: BusinessCalendar; now: string };

const HOUR_MS = 3_600_000;
const TREND_MONTHS = 12;
const BUCKET_HOURS = [4, 8, 16, 40] as const;

/** Aggregates over the public repositories only; see `feed-schema.ts` for what each number means. */
export function feedOf({ items, policy, calendar, now }: FeedInput): SlaFeed {
  const open = items.filter(({ item }) => !item.repository.private);
  const clocks = open.flatMap(({ item, timeline }) => itemClock({ kind: item.kind, timeline, policy, calendar, now }).targets);
  return SlaFeed.parse({
    schemaVersion: 1,
    generatedAt: new Date(instantMs(now)).toISOString(),
    policyVersion: policy.version,
    calendarVersion: calendar.version,
    timeZone: calendar.timeZone,
    repositories: new Set(open.map(({ item }) => item.repository.repositoryId)).size,
    items: open.length,
    targets: policy.targets.map((target) =>
      targetOf(
        target,
        clocks.filter((clock) => clock.target === target.id),
        calendar,
        now,
      ),
    ),
  } satisfies SlaFeed);
}

function targetOf(target: PolicyTarget, all: readonly TargetClock[], calendar: BusinessCalendar, now: string): SlaFeedTarget {
  const clocks = all.filter((clock) => clock.startedAt !== undefined);
  return {
    id: target.id,
    allowedHours: hoursOf(target.allowedMs),
    started: clocks.length,
    ...kept(clocks),
    open: {
      overdue: clocks.filter(({ state, dueAt }) => state === 'breached' && dueAt !== undefined).length,
      paused: clocks.filter(({ state }) => state === 'paused').length,
      remaining: remainingOf(clocks),
    },
    pauses: pausesOf(clocks, calendar, now),
    trend: trendOf(clocks),
  };
}

function kept(clocks: readonly TargetClock[]): Pick<SlaFeedTarget, 'met' | 'breached' | 'businessHours'> {
  const spent = clocks.filter(({ metAt }) => metAt !== undefined).map(({ spentMs }) => spentMs);
  return {
    met: clocks.filter(({ state }) => state === 'met').length,
    breached: clocks.filter(({ state }) => state === 'breached').length,
    businessHours: spent.length === 0 ? null : { p50: hoursOf(percentile(spent, 0.5)), p90: hoursOf(percentile(spent, 0.9)) },
  };
}

function remainingOf(clocks: readonly TargetClock[]): SlaFeedTarget['open']['remaining'] {
  const left = clocks.filter(({ state }) => state === 'running').map(({ allowedMs, spentMs }) => (allowedMs - spentMs) / HOUR_MS);
  const limits: readonly (number | null)[] = [...BUCKET_HOURS, null];
  return limits.map((upToHours, index) => {
    const above = index === 0 ? Number.NEGATIVE_INFINITY : (BUCKET_HOURS[index - 1] ?? 0);
    return { upToHours, count: left.filter((hours) => hours > above && hours <= (upToHours ?? Number.POSITIVE_INFINITY)).length };
  });
}

function pausesOf(clocks: readonly TargetClock[], calendar: BusinessCalendar, now: string): SlaFeedTarget['pauses'] {
  const sums = new Map<string, { count: number; ms: number }>();
  for (const { reason, from, to } of clocks.flatMap(({ pauses }) => pauses)) {
    if (reason === 'closed') continue;
    const sum = sums.get(reason) ?? { count: 0, ms: 0 };
    sums.set(reason, { count: sum.count + 1, ms: sum.ms + calendar.businessMsBetween(instantMs(from), instantMs(to ?? now)) });
  }
  return [...sums]
    .map(([reason, { count, ms }]) => ({ reason, count, businessHours: hoursOf(ms) }))
    .sort((a, b) => (a.reason < b.reason ? -1 : 1));
}

function trendOf(clocks: readonly TargetClock[]): SlaFeedTrend[] {
  const byMonth = Map.groupBy(clocks, ({ startedAt }) => (startedAt ?? '').slice(0, 7));
  return [...byMonth]
    .map(([month, started]) => ({ month, started: started.length, ...kept(started) }))
    .sort((a, b) => (a.month < b.month ? -1 : 1))
    .slice(-TREND_MONTHS);
}

/** Nearest-rank percentile: a value that really occurred. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Business hours, to a tenth. */
function hoursOf(ms: number): number {
  return Math.round((ms / HOUR_MS) * 10) / 10;
}
