import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from '../facts.ts';
import { createCalendar } from './calendar.ts';
import { itemClock, type TargetClock } from './clock.ts';
import type { PolicyPause, PolicyTarget, SlaPolicy } from './policy.ts';

type SlaTarget = 'first-response' | 'triage' | 'first-review' | 'author-reply';

const HOUR_MS = 3_600_000;
const calendar = createCalendar({
  version: 'c1',
  timeZone: 'Etc/UTC',
  workingDays: [1, 2, 3, 4, 5],
  hours: { start: '09:00', end: '17:00' },
  holidays: [{ date: '2026-03-05', name: 'a holiday' }],
});
const every = ['issue', 'pull_request', 'discussion'] as const;
const target = (id: SlaTarget, hours: number, more: Partial<PolicyTarget>): PolicyTarget => ({
  id,
  kinds: every,
  starts: 'opened',
  stops: 'comment',
  stopLabels: [],
  allowedMs: hours * HOUR_MS,
  ...more,
});
const pause = (id: string, signal: PolicyPause['signal'], except: readonly SlaTarget[] = []): PolicyPause => ({
  id,
  signal,
  kinds: every,
  except,
});
const policy: SlaPolicy = {
  version: 'p1',
  targets: [
    target('first-response', 16, {}),
    target('triage', 40, { stops: 'triage-label', stopLabels: ['triage/accepted', 'priority/'] }),
    target('first-review', 24, { kinds: ['pull_request'], starts: 'ready-for-review', stops: 'review' }),
    target('author-reply', 80, { starts: 'author-asked', stops: 'reply' }),
  ],
  pauses: [
    pause('waiting-for-author', { label: 'triage/needs-info' }, ['author-reply']),
    pause('draft', 'draft', ['author-reply']),
    pause('blocked', { label: 'dev/blocked' }),
    pause('icebox', { label: 'lifecycle/icebox' }),
    pause('hold', 'hold'),
    pause('sla-paused', 'sla-paused'),
  ],
};
type Role = TimelineEvent['actor']['role'];

let events = 0;
const at = (day: number, clock: string) => `2026-03-${String(day).padStart(2, '0')}T${clock}:00Z`;
const entry = (day: number, clock: string, type: TimelineEvent['type'], role: Role, more: Partial<TimelineEvent> = {}): TimelineEvent => ({
  seq: events++,
  at: at(day, clock),
  type,
  actor: { login: role, id: 1, role },
  ...more,
});
/** Monday 2 March 2026, 10:00. */
const opened = entry(2, '10:00', 'opened', 'author');

function clockOf(
  target: SlaTarget,
  timeline: readonly TimelineEvent[],
  now: string,
  kind: 'issue' | 'pull_request' = 'issue',
): TargetClock {
  const found = itemClock({ kind, timeline, policy, calendar, now }).targets.find((clock) => clock.target === target);
  if (!found) throw new Error(target);
  return found;
}

describe('SLA clock', () => {
  it.each<[string, SlaTarget, TimelineEvent[], string, Partial<TargetClock>]>([
    [
      'runs from the opening',
      'first-response',
      [opened],
      at(2, '12:00'),
      { state: 'running', dueAt: '2026-03-04T10:00:00.000Z', spentMs: 2 * HOUR_MS },
    ],
    ['skips nights and holidays', 'first-response', [entry(4, '16:00', 'opened', 'author')], at(6, '09:30'), { spentMs: 1.5 * HOUR_MS }],
    [
      'is kept by a comment of a maintainer',
      'first-response',
      [opened, entry(3, '10:00', 'commented', 'maintainer')],
      at(20, '10:00'),
      { state: 'met', metAt: '2026-03-03T10:00:00.000Z', spentMs: 8 * HOUR_MS },
    ],
    ['is not kept by a bot', 'first-response', [opened, entry(2, '10:01', 'commented', 'bot')], at(2, '11:00'), { state: 'running' }],
    [
      'is not kept by the author',
      'first-response',
      [opened, entry(2, '10:01', 'commented', 'author')],
      at(2, '11:00'),
      { state: 'running' },
    ],
    [
      'is not kept by a passer-by',
      'first-response',
      [opened, entry(2, '10:01', 'commented', 'contributor')],
      at(2, '11:00'),
      { state: 'running' },
    ],
    [
      'is not kept by a label',
      'first-response',
      [opened, entry(2, '10:01', 'labeled', 'maintainer', { label: 'priority/high' })],
      at(2, '11:00'),
      { state: 'running' },
    ],
    [
      'is breached at the due time',
      'first-response',
      [opened],
      at(4, '10:01'),
      { state: 'breached', breachedAt: '2026-03-04T10:00:00.000Z' },
    ],
    ['is not breached a moment earlier', 'first-response', [opened], at(4, '10:00'), { state: 'running' }],
    [
      'stays breached when kept late',
      'first-response',
      [opened, entry(6, '10:00', 'commented', 'maintainer')],
      at(9, '10:00'),
      { state: 'breached', metAt: '2026-03-06T10:00:00.000Z', spentMs: 24 * HOUR_MS },
    ],
    [
      'has nobody waiting when a bot opened the item',
      'first-response',
      [entry(2, '10:00', 'opened', 'bot')],
      at(9, '10:00'),
      { state: 'not-applicable' },
    ],
    [
      'stops when the author closes',
      'first-response',
      [opened, entry(2, '11:00', 'closed', 'author')],
      at(20, '10:00'),
      { state: 'not-applicable', because: 'closed by its author' },
    ],
    [
      'is kept when a maintainer closes',
      'first-response',
      [opened, entry(2, '11:00', 'closed', 'maintainer')],
      at(20, '10:00'),
      { state: 'met' },
    ],
    [
      'goes on after a reopening, without the closed days',
      'first-response',
      [opened, entry(2, '11:00', 'closed', 'author'), entry(12, '10:00', 'reopened', 'author')],
      at(12, '11:00'),
      {
        state: 'running',
        spentMs: 2 * HOUR_MS,
        pauses: [{ reason: 'closed', from: '2026-03-02T11:00:00.000Z', to: '2026-03-12T10:00:00.000Z' }],
      },
    ],
    [
      'is kept by a triage label',
      'triage',
      [opened, entry(3, '10:00', 'labeled', 'maintainer', { label: 'Priority/High' })],
      at(20, '10:00'),
      { state: 'met' },
    ],
    [
      'is not kept by the label of an issue form',
      'triage',
      [opened, entry(2, '10:00', 'labeled', 'author', { label: 'priority/high' })],
      at(3, '10:00'),
      { state: 'running' },
    ],
    [
      'is not kept by another label',
      'triage',
      [opened, entry(3, '10:00', 'labeled', 'maintainer', { label: 'area/ipcei' })],
      at(3, '11:00'),
      { state: 'running' },
    ],
    [
      'waits for the author',
      'triage',
      [opened, entry(2, '12:00', 'labeled', 'maintainer', { label: 'triage/needs-info' })],
      at(20, '10:00'),
      { state: 'paused', because: 'standing still: waiting-for-author', spentMs: 2 * HOUR_MS },
    ],
    [
      'goes on when the author answers',
      'triage',
      [opened, entry(2, '12:00', 'labeled', 'maintainer', { label: 'triage/needs-info' }), entry(9, '12:00', 'commented', 'author')],
      at(9, '13:00'),
      { state: 'running', spentMs: 3 * HOUR_MS },
    ],
    [
      'stands still on hold',
      'triage',
      [opened, entry(2, '12:00', 'hold', 'maintainer'), entry(3, '12:00', 'hold-released', 'maintainer')],
      at(3, '13:00'),
      { spentMs: 3 * HOUR_MS },
    ],
    [
      'stands still between /sla pause and /sla resume',
      'triage',
      [opened, entry(2, '12:00', 'sla-paused', 'maintainer')],
      at(9, '13:00'),
      { state: 'paused', spentMs: 2 * HOUR_MS },
    ],
    [
      'needs both blocking labels gone',
      'triage',
      [
        opened,
        entry(2, '11:00', 'labeled', 'bot', { label: 'dev/blocked' }),
        entry(2, '12:00', 'labeled', 'bot', { label: 'lifecycle/icebox' }),
        entry(3, '09:00', 'unlabeled', 'bot', { label: 'dev/blocked' }),
      ],
      at(9, '13:00'),
      { state: 'paused', spentMs: HOUR_MS },
    ],
    ['is not promised for the review of an issue', 'first-review', [opened], at(3, '10:00'), { state: 'not-applicable' }],
    [
      'is not asked of an author nobody asked',
      'author-reply',
      [opened, entry(3, '10:00', 'commented', 'maintainer')],
      at(4, '10:00'),
      { state: 'not-applicable' },
    ],
    [
      'starts when the author is asked',
      'author-reply',
      [opened, entry(3, '10:00', 'labeled', 'maintainer', { label: 'triage/needs-info' })],
      at(3, '11:00'),
      { state: 'running', startedAt: '2026-03-03T10:00:00.000Z' },
    ],
    [
      'ends when the author is no longer asked',
      'author-reply',
      [
        opened,
        entry(3, '10:00', 'labeled', 'maintainer', { label: 'triage/needs-info' }),
        entry(3, '12:00', 'unlabeled', 'maintainer', { label: 'triage/needs-info' }),
      ],
      at(4, '11:00'),
      { state: 'not-applicable' },
    ],
    [
      'does not know the future',
      'first-response',
      [opened, entry(20, '10:00', 'commented', 'maintainer')],
      at(2, '11:00'),
      { state: 'running', spentMs: HOUR_MS },
    ],
    [
      'did not see the opening',
      'first-response',
      [entry(3, '10:00', 'commented', 'maintainer')],
      at(4, '10:00'),
      { state: 'not-applicable', because: 'not started' },
    ],
  ])('%s (%s)', (_, target, timeline, now, want) => {
    expect(clockOf(target, timeline, now)).toMatchObject(want);
  });

  it('reviews: a draft stands still until it is ready, and changes requested put the author on the clock', () => {
    const timeline = [
      entry(2, '10:00', 'opened', 'author', { draft: true }),
      entry(3, '10:00', 'ready-for-review', 'author'),
      entry(4, '10:00', 'reviewed', 'maintainer', { review: 'changes_requested' }),
    ];
    const now = at(4, '12:00');
    expect(clockOf('first-review', timeline, now, 'pull_request')).toMatchObject({ state: 'met', spentMs: 8 * HOUR_MS });
    expect(clockOf('triage', timeline, now, 'pull_request')).toMatchObject({ state: 'paused', spentMs: 8 * HOUR_MS });
    expect(clockOf('author-reply', timeline, now, 'pull_request')).toMatchObject({ state: 'running', spentMs: 2 * HOUR_MS });
    const pushed = [...timeline, entry(4, '12:00', 'synchronized', 'author')];
    expect(clockOf('author-reply', pushed, at(9, '12:00'), 'pull_request')).toMatchObject({ state: 'met', spentMs: 2 * HOUR_MS });
    const asked = [...pushed, entry(6, '12:00', 'reviewed', 'maintainer', { review: 'changes_requested' })];
    expect(clockOf('author-reply', asked, at(6, '13:00'), 'pull_request')).toMatchObject({ state: 'running', spentMs: HOUR_MS });
  });

  it('carries the versions that decided', () => {
    expect(itemClock({ kind: 'issue', timeline: [], policy, calendar, now: at(2, '10:00') })).toMatchObject({
      policyVersion: 'p1',
      calendarVersion: 'c1',
    });
  });
});

const types = [
  'commented',
  'reviewed',
  'labeled',
  'unlabeled',
  'hold',
  'hold-released',
  'sla-paused',
  'sla-resumed',
  'closed',
  'reopened',
] as const;
const someEvent = fc.record({
  minute: fc.integer({ min: 0, max: 20 * 24 * 60 }),
  type: fc.constantFrom(...types),
  role: fc.constantFrom<Role>('author', 'maintainer', 'contributor', 'bot'),
  label: fc.constantFrom('triage/needs-info', 'dev/blocked', 'priority/high', 'other'),
});
const someTimeline = fc.array(someEvent, { maxLength: 14 }).map((rows) => [
  opened,
  ...rows.map(
    ({ minute, type, role, label }, index): TimelineEvent => ({
      seq: 1_000 + index,
      at: new Date(Date.parse(opened.at) + minute * 60_000).toISOString(),
      type,
      actor: { login: role, id: 1, role },
      ...(type === 'labeled' || type === 'unlabeled' ? { label } : {}),
    }),
  ),
]);
const now = at(25, '12:00');

describe('SLA clock, for any timeline', () => {
  it('does not depend on the order in which events are handed over', () => {
    fc.assert(
      fc.property(someTimeline, fc.infiniteStream(fc.nat()), (timeline, keys) => {
        const shuffled = timeline.map((event) => ({ event, key: keys.next().value as number })).sort((a, b) => a.key - b.key);
        expect(itemClock({ kind: 'issue', timeline: shuffled.map(({ event }) => event), policy, calendar, now })).toEqual(
          itemClock({ kind: 'issue', timeline, policy, calendar, now }),
        );
      }),
    );
  });

  it('bots neither keep a promise nor prevent one', () => {
    fc.assert(
      fc.property(someTimeline, (timeline) => {
        const people = timeline.filter(({ actor, type }) => actor.role !== 'bot' || !['commented', 'reviewed'].includes(type));
        expect(itemClock({ kind: 'issue', timeline, policy, calendar, now })).toEqual(
          itemClock({ kind: 'issue', timeline: people, policy, calendar, now }),
        );
      }),
    );
  });

  it('a breach is never taken back by later events', () => {
    fc.assert(
      fc.property(someTimeline, fc.integer({ min: 2, max: 24 }), (timeline, day) => {
        const early = clockOf('first-response', timeline, at(day, '12:00'));
        if (early.breachedAt) expect(clockOf('first-response', timeline, now).breachedAt).toBe(early.breachedAt);
      }),
    );
  });

  it('a pause moves the due time by exactly the business time it lasted', () => {
    const minutes = fc.integer({ min: 0, max: 4 * 24 * 60 });
    fc.assert(
      fc.property(minutes, minutes, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)].map((minute) => Date.parse(opened.at) + minute * 60_000) as [number, number];
        const holding = (type: TimelineEvent['type'], ms: number, seq: number): TimelineEvent => ({
          ...opened,
          seq,
          type,
          at: new Date(ms).toISOString(),
        });
        const timeline = [opened, holding('hold', from, 9_001), holding('hold-released', to, 9_002)];
        const clock = clockOf('triage', timeline, new Date(to).toISOString());
        const unpaused = clockOf('triage', [opened], opened.at);
        const pausedMs = calendar.businessMsBetween(from, to);
        expect(Date.parse(clock.dueAt ?? '')).toBe(calendar.addBusinessMs(Date.parse(unpaused.dueAt ?? ''), pausedMs));
      }),
    );
  });
});
