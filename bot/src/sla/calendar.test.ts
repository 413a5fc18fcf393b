import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarData, createCalendar, instantMs } from './calendar.ts';

const HOUR_MS = 3_600_000;
const berlin: CalendarData = {
  version: 'test-1',
  timeZone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
  hours: { start: '09:00', end: '17:00' },
  holidays: [
    { date: '2026-05-01', name: 'Labour Day' },
    { date: '2026-12-25', name: 'Christmas' },
  ],
};
const office = createCalendar(berlin);
/** Works through every night and every clock change. */
const nightShift = createCalendar({ ...berlin, workingDays: [1, 2, 3, 4, 5, 6, 7], hours: { start: '00:00', end: '06:00' }, holidays: [] });
const calendars = fc.constantFrom(
  office,
  nightShift,
  createCalendar({ ...berlin, timeZone: 'America/New_York', workingDays: [2, 4, 7], hours: { start: '20:00', end: '24:00' } }),
  createCalendar({ ...berlin, timeZone: 'Pacific/Auckland' }),
);
const instants = fc.integer({ min: instantMs('2024-06-01T00:00:00Z'), max: instantMs('2028-06-01T00:00:00Z') });
const durations = fc.integer({ min: 0, max: 400 * HOUR_MS });
const hours = (calendar: typeof office, from: string, to: string) => calendar.businessMsBetween(instantMs(from), instantMs(to)) / HOUR_MS;
const after = (calendar: typeof office, from: string, durationMs: number) =>
  new Date(calendar.addBusinessMs(instantMs(from), durationMs)).toISOString();

describe('business calendar', () => {
  it.each([
    ['inside one working day', '2026-03-02T09:00:00Z', '2026-03-02T11:30:00Z', 2.5],
    ['over a night', '2026-03-02T15:00:00Z', '2026-03-03T09:00:00Z', 2],
    ['over a weekend', '2026-03-06T15:00:00Z', '2026-03-09T09:00:00Z', 2],
    ['over a holiday', '2026-04-30T14:00:00Z', '2026-05-04T08:00:00Z', 2],
    ['over the change to summer time', '2026-03-27T15:00:00Z', '2026-03-30T08:00:00Z', 2],
    ['over the change to winter time', '2026-10-23T14:00:00Z', '2026-10-26T09:00:00Z', 2],
    ['over the turn of the year', '2026-12-31T15:00:00Z', '2027-01-01T09:00:00Z', 2],
    ['backwards', '2026-03-02T11:00:00Z', '2026-03-02T10:00:00Z', -1],
  ])('counts %s', (_, from, to, want) => {
    expect(hours(office, from, to)).toBe(want);
  });

  it.each([
    ['the spring night is an hour short', '2026-03-28T22:00:00Z', '2026-03-29T10:00:00Z', 5],
    ['the autumn night is an hour long', '2026-10-24T22:00:00Z', '2026-10-25T10:00:00Z', 7],
  ])('counts elapsed time when %s', (_, from, to, want) => {
    expect(hours(nightShift, from, to)).toBe(want);
  });

  it('adds time to the end of the window rather than to the start of the next', () => {
    expect(after(office, '2026-03-06T15:00:00Z', HOUR_MS)).toBe('2026-03-06T16:00:00.000Z');
    expect(after(office, '2026-03-06T15:00:00Z', HOUR_MS + 1)).toBe('2026-03-09T08:00:00.001Z');
  });

  it('starts the clock of a night-time report at the next opening', () => {
    expect(after(office, '2026-04-30T20:00:00Z', 2 * office.businessDayMs)).toBe('2026-05-05T15:00:00.000Z');
  });

  it('never runs backwards', () => {
    fc.assert(
      fc.property(calendars, instants, instants, instants, (calendar, from, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        expect(calendar.businessMsBetween(from, late)).toBeGreaterThanOrEqual(calendar.businessMsBetween(from, early));
      }),
    );
  });

  it('adds up: two parts of a span make the span', () => {
    fc.assert(
      fc.property(calendars, instants, instants, instants, (calendar, a, b, c) => {
        expect(calendar.businessMsBetween(a, b) + calendar.businessMsBetween(b, c)).toBe(calendar.businessMsBetween(a, c));
      }),
    );
  });

  it('never counts more than really passed', () => {
    fc.assert(
      fc.property(calendars, instants, instants, (calendar, a, b) => {
        expect(Math.abs(calendar.businessMsBetween(a, b))).toBeLessThanOrEqual(Math.abs(b - a));
      }),
    );
  });

  it('adding is the inverse of measuring, and finds the earliest such instant', () => {
    fc.assert(
      fc.property(calendars, instants, durations, (calendar, start, durationMs) => {
        const end = calendar.addBusinessMs(start, durationMs);
        expect(calendar.businessMsBetween(start, end)).toBe(durationMs);
        if (durationMs > 0) expect(calendar.businessMsBetween(start, end - 1)).toBe(durationMs - 1);
      }),
    );
  });

  it('adding in two steps is adding at once', () => {
    fc.assert(
      fc.property(calendars, instants, durations, durations, (calendar, start, first, second) => {
        fc.pre(second > 0);
        expect(calendar.addBusinessMs(calendar.addBusinessMs(start, first), second)).toBe(calendar.addBusinessMs(start, first + second));
      }),
    );
  });

  it('counts nothing on a holiday', () => {
    expect(hours(office, '2026-05-01T00:00:00Z', '2026-05-01T22:00:00Z')).toBe(0);
    expect(hours(office, '2026-05-08T00:00:00Z', '2026-05-08T22:00:00Z')).toBe(8);
  });

  it.each([
    [{ ...berlin, workingDays: [] }, 'CALENDAR_EMPTY'],
    [{ ...berlin, hours: { start: '17:00', end: '09:00' } }, 'CALENDAR_HOURS'],
    [{ ...berlin, hours: { start: '9:00', end: '17:00' } }, 'CALENDAR_HOURS'],
  ])('refuses data without working time (%#)', (data, code) => {
    expect(() => createCalendar(data)).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a time it cannot read', () => {
    expect(() => instantMs('yesterday')).toThrow(expect.objectContaining({ code: 'TIME_UNREADABLE' }));
  });
});
