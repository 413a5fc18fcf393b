import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { OpenItem, TimelineEvent } from '../facts.ts';
import { createCalendar } from './calendar.ts';
import { digestOf } from './digest.ts';
import { feedOf } from './feed.ts';
import { slaFeedJsonSchema } from './feed-schema.ts';
import type { SlaPolicy } from './policy.ts';

const HOUR_MS = 3_600_000;
const calendar = createCalendar({
  version: 'office@1',
  timeZone: 'Etc/UTC',
  workingDays: [1, 2, 3, 4, 5],
  hours: { start: '09:00', end: '17:00' },
  holidays: [],
});
const policy: SlaPolicy = {
  version: 'sla@1',
  targets: [{ id: 'first-response', kinds: ['issue'], starts: 'opened', stops: 'comment', stopLabels: [], allowedMs: 16 * HOUR_MS }],
  pauses: [{ id: 'hold', signal: 'hold', kinds: ['issue'], except: [] }],
};
type Row = [at: string, type: TimelineEvent['type'], role: TimelineEvent['actor']['role']];

function item(number: number, rows: readonly Row[], isPrivate = false): OpenItem {
  const repository = { installationId: 1, repositoryId: isPrivate ? 9 : 8, owner: 'acme', name: 'app', private: isPrivate };
  return {
    item: { repository, kind: 'issue', number, nodeId: `I_${number}` },
    title: `secret title ${number}`,
    author: { login: 'reporter', id: 1, type: 'User' },
    draft: false,
    labels: [],
    timeline: rows.map(([at, type, role], seq) => ({ seq, at: `2026-${at}:00Z`, type, actor: { login: `the-${role}`, id: 1, role } })),
  };
}

const now = '2026-03-12T12:00:00Z';
const kept = item(1, [
  ['02-03T09:00', 'opened', 'author'],
  ['02-03T11:00', 'commented', 'maintainer'],
]);
const late = item(2, [
  ['03-02T09:00', 'opened', 'author'],
  ['03-05T09:00', 'commented', 'maintainer'],
]);
const overdue = item(3, [['03-09T09:00', 'opened', 'author']]);
const soon = item(4, [['03-10T13:00', 'opened', 'author']]);
const fresh = item(5, [['03-12T10:00', 'opened', 'author']]);
const held = item(6, [
  ['03-11T09:00', 'opened', 'author'],
  ['03-11T10:00', 'hold', 'maintainer'],
]);
const closed = item(7, [
  ['03-02T09:00', 'opened', 'author'],
  ['03-10T09:00', 'closed', 'author'],
]);
const secret = item(8, [['03-02T09:00', 'opened', 'author']], true);
const all = [kept, late, overdue, soon, fresh, held, closed, secret];

describe('SLA feed', () => {
  const feed = feedOf({ items: all, policy, calendar, now });

  it('counts what is kept, broken, waiting and running', () => {
    expect(feed).toEqual({
      schemaVersion: 1,
      generatedAt: '2026-03-12T12:00:00.000Z',
      policyVersion: 'sla@1',
      calendarVersion: 'office@1',
      timeZone: 'Etc/UTC',
      repositories: 1,
      items: 7,
      targets: [
        {
          id: 'first-response',
          allowedHours: 16,
          started: 7,
          met: 1,
          breached: 3,
          businessHours: { p50: 2, p90: 24 },
          open: {
            overdue: 1,
            paused: 1,
            remaining: [
              { upToHours: 4, count: 1 },
              { upToHours: 8, count: 0 },
              { upToHours: 16, count: 1 },
              { upToHours: 40, count: 0 },
              { upToHours: null, count: 0 },
            ],
          },
          pauses: [{ reason: 'hold', count: 1, businessHours: 10 }],
          trend: [
            { month: '2026-02', started: 1, met: 1, breached: 0, businessHours: { p50: 2, p90: 2 } },
            { month: '2026-03', started: 6, met: 0, breached: 3, businessHours: { p50: 24, p90: 24 } },
          ],
        },
      ],
    });
  });

  it('names nobody and nothing, and leaves private repositories out', () => {
    const text = JSON.stringify(feed);
    for (const word of ['secret', 'acme', 'app"', 'reporter', 'the-maintainer', 'I_']) expect(text).not.toContain(word);
    expect(feedOf({ items: [secret], policy, calendar, now })).toMatchObject({ items: 0, repositories: 0 });
  });

  it('fits its JSON schema, which refuses anything more', () => {
    const ajv = new Ajv2020();
    addFormats.default(ajv);
    const validate = ajv.compile(slaFeedJsonSchema());
    expect(validate(JSON.parse(JSON.stringify(feed)))).toBe(true);
    expect(validate({ ...feed, names: ['reporter'] })).toBe(false);
  });
});

describe('SLA digest', () => {
  it('lists what is overdue and what is due soon, longest first', () => {
    const digest = digestOf({ items: all, policy, calendar, now, soonMs: 4 * HOUR_MS });
    expect(digest.breached.map(({ item: { number }, leftMs }) => [number, leftMs / HOUR_MS])).toEqual([
      [8, -51],
      [3, -11],
    ]);
    expect(digest.dueSoon.map(({ item: { number }, leftMs }) => [number, leftMs / HOUR_MS])).toEqual([[4, 1]]);
    expect(digest).toMatchObject({ openItems: 8, paused: 1, policyVersion: 'sla@1', calendarVersion: 'office@1' });
  });
});
