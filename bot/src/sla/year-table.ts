import { Temporal } from 'temporal-polyfill';
import { SlaError } from './error.ts';

/** Business hours as the catalogue writes them. */
export type CalendarData = {
  version: string;
  /** IANA name, `Europe/Berlin`. */
  timeZone: string;
  /** ISO weekdays, Monday = 1. */
  workingDays: readonly number[];
  /** Wall-clock times `HH:MM`; `24:00` is the end of the day. */
  hours: { start: string; end: string };
  holidays: readonly { date: string; name: string }[];
};

/** Working time of one local year; positions count elapsed working milliseconds since its first moment. */
export type YearTable = {
  year: number;
  fromMs: number;
  toMs: number;
  totalMs: number;
  startMinute: number;
  endMinute: number;
  spentAt(atMs: number): number;
  /** Earliest instant at which `positionMs` (0 < positionMs ≤ totalMs) have been worked. */
  instantOf(positionMs: number): number;
};

type Windows = { startMs: number[]; endMs: number[]; beforeMs: number[]; totalMs: number };

export function yearTable(data: CalendarData, year: number): YearTable {
  const startMinute = minuteOf(data, data.hours.start);
  const endMinute = minuteOf(data, data.hours.end);
  if (startMinute >= endMinute) {
    throw new SlaError(
      'CALENDAR_HOURS',
      `calendar ${data.version}: hours ${data.hours.start}–${data.hours.end} are empty: start must be before end`,
    );
  }
  const windows = layOut(data, year, startMinute, endMinute);
  return {
    year,
    fromMs: localMs(data.timeZone, new Temporal.PlainDate(year, 1, 1), 0),
    toMs: localMs(data.timeZone, new Temporal.PlainDate(year + 1, 1, 1), 0),
    totalMs: windows.totalMs,
    startMinute,
    endMinute,
    spentAt(atMs) {
      const index = lastAtOrBefore(windows.startMs, atMs);
      if (index < 0) return 0;
      return (windows.beforeMs[index] ?? 0) + Math.min(atMs, windows.endMs[index] ?? 0) - (windows.startMs[index] ?? 0);
    },
    instantOf(positionMs) {
      const index = lastAtOrBefore(windows.beforeMs, positionMs - 1);
      return (windows.startMs[index] ?? 0) + positionMs - (windows.beforeMs[index] ?? 0);
    },
  };
}

function layOut(data: CalendarData, year: number, startMinute: number, endMinute: number): Windows {
  const working = new Set(data.workingDays);
  const holidays = new Set(data.holidays.map((holiday) => holiday.date));
  const windows: Windows = { startMs: [], endMs: [], beforeMs: [], totalMs: 0 };
  for (let date = new Temporal.PlainDate(year, 1, 1); date.year === year; date = date.add({ days: 1 })) {
    if (!working.has(date.dayOfWeek) || holidays.has(date.toString())) continue;
    const startMs = localMs(data.timeZone, date, startMinute);
    const endMs = localMs(data.timeZone, date, endMinute);
    if (endMs <= startMs) continue; // a clock change swallowed the whole window
    windows.startMs.push(startMs);
    windows.endMs.push(endMs);
    windows.beforeMs.push(windows.totalMs);
    windows.totalMs += endMs - startMs;
  }
  return windows;
}

function localMs(timeZone: string, date: Temporal.PlainDate, minute: number): number {
  if (minute === 24 * 60) return localMs(timeZone, date.add({ days: 1 }), 0);
  const plainTime = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60);
  return date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

function minuteOf(data: CalendarData, clock: string): number {
  const hour = Number(clock.slice(0, 2));
  const minute = Number(clock.slice(3));
  const total = hour * 60 + minute;
  if (clock.length !== 5 || clock[2] !== ':' || !Number.isInteger(total) || minute > 59 || total > 24 * 60) {
    throw new SlaError('CALENDAR_HOURS', `calendar ${data.version}: "${clock}" is no time of day: write HH:MM`);
  }
  return total;
}

/** Index of the last value ≤ `wanted` in an ascending list, −1 when all are greater. */
function lastAtOrBefore(ascending: readonly number[], wanted: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
