import { loadCatalog } from '@sig-runtime/playbooks/catalog/load';
import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from '../facts.ts';
import { itemClock } from './clock.ts';
import { calendarOf, policyOf } from './from-catalog.ts';

const catalog = loadCatalog();
const calendar = calendarOf(catalog.calendar);
const policy = policyOf(catalog.sla, calendar);
const HOUR_MS = 3_600_000;

describe('the SLA policy of the catalogue', () => {
  it('becomes working time of the catalogue calendar', () => {
    expect(calendar.businessDayMs).toBe(8 * HOUR_MS);
    expect(Object.fromEntries(policy.targets.map(({ id, allowedMs }) => [id, allowedMs / HOUR_MS]))).toEqual({
      'first-response': 16,
      'triage-decision': 40,
      'first-review': 24,
      'author-reply': 80,
    });
    expect([policy.version, calendar.version]).toEqual(['sla/1', 'sig-runtime-berlin/1']);
  });

  it('gives every pause a signal that the clock can hear', () => {
    expect(policy.pauses.map(({ id }) => id)).toEqual(expect.arrayContaining(catalog.sla.pauses.map(({ id }) => id)));
  });

  it('asks the author by label: triage is decided, and only the clock of the author runs', () => {
    const actor = { login: 'x', id: 1 };
    const timeline: TimelineEvent[] = [
      { seq: 1, at: '2026-03-02T09:00:00Z', type: 'opened', actor: { ...actor, role: 'author' } },
      { seq: 2, at: '2026-03-02T10:00:00Z', type: 'labeled', label: 'triage/needs-info', actor: { ...actor, role: 'maintainer' } },
    ];
    const clocks = itemClock({ kind: 'issue', timeline, policy, calendar, now: '2026-03-02T11:00:00Z' }).targets;
    expect(Object.fromEntries(clocks.map(({ target, state }) => [target, state]))).toEqual({
      'first-response': 'paused',
      'triage-decision': 'met',
      'first-review': 'not-applicable',
      'author-reply': 'running',
    });
  });

  it('holds by label and by command alike', () => {
    const at = '2026-03-02T09:00:00Z';
    const opened: TimelineEvent = { seq: 1, at, type: 'opened', draft: false, actor: { login: 'x', id: 1, role: 'author' } };
    const state = (event: Partial<TimelineEvent>) =>
      itemClock({ kind: 'pull_request', timeline: [opened, { ...opened, seq: 2, ...event }], policy, calendar, now: at }).targets.find(
        ({ target }) => target === 'first-review',
      )?.state;
    expect([state({ type: 'labeled', label: 'do-not-merge/hold' }), state({ type: 'hold' }), state({ type: 'edited' })]).toEqual([
      'paused',
      'paused',
      'running',
    ]);
  });
});
