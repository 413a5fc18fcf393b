import { SlaError } from './error.ts';
import { type CalendarData, type YearTable, yearTable } from './year-table.ts';

export type { CalendarData } from './year-table.ts';

/** Business time. Instants are milliseconds since the Unix epoch, durations are elapsed milliseconds inside working hours. */
export type BusinessCalendar = {
  version: string;
  timeZone: string;
  /** Length of a working day that has no clock change in it. */
  businessDayMs: number;
  /** Working time between two instants; negative when `toMs` lies before `fromMs`. */
  businessMsBetween(fromMs: number, toMs: number): number;
  /** Earliest instant at which `durationMs` (≥ 0) of working time have passed since `startMs`; `startMs` itself for zero. */
  addBusinessMs(startMs: number, durationMs: number): number;
};

/** A calendar without a single working day in so many years in a row is refused. */
const EMPTY_YEARS_LIMIT = 20;

/**
 * A calendar that answers in logarithmic time: the working hours of a year are laid out once, on first use.
 * @throws SlaError `CALENDAR_HOURS` | `CALENDAR_EMPTY`
 */
export function createCalendar(data: CalendarData): BusinessCalendar {
  const tables = new Map<number, YearTable>();
  const table = (year: number): YearTable => {
    const known = tables.get(year);
    if (known) return known;
    const made = yearTable(data, year);
    tables.set(year, made);
    return made;
  };
  const { startMinute, endMinute } = table(new Date(0).getUTCFullYear());
  if (data.workingDays.length === 0) throw emptyCalendar(data);

  const tableAt = (atMs: number): YearTable => {
    const guess = table(new Date(atMs).getUTCFullYear());
    if (atMs < guess.fromMs) return table(guess.year - 1);
    return atMs >= guess.toMs ? table(guess.year + 1) : guess;
  };
  return {
    version: data.version,
    timeZone: data.timeZone,
    businessDayMs: (endMinute - startMinute) * 60_000,
    businessMsBetween: (fromMs, toMs) => (fromMs <= toMs ? between(fromMs, toMs) : 0 - between(toMs, fromMs)),
    addBusinessMs(startMs, durationMs) {
      if (durationMs <= 0) return startMs;
      let years = tableAt(startMs);
      let wantedMs = years.spentAt(startMs) + durationMs;
      for (let empty = 0; empty < EMPTY_YEARS_LIMIT; ) {
        if (wantedMs <= years.totalMs) return years.instantOf(wantedMs);
        empty = years.totalMs === 0 ? empty + 1 : 0;
        wantedMs -= years.totalMs;
        years = table(years.year + 1);
      }
      throw emptyCalendar(data);
    },
  };

  function between(fromMs: number, toMs: number): number {
    const first = tableAt(fromMs);
    const last = tableAt(toMs);
    if (first.year === last.year) return last.spentAt(toMs) - first.spentAt(fromMs);
    let sumMs = first.totalMs - first.spentAt(fromMs) + last.spentAt(toMs);
    for (let year = first.year + 1; year < last.year; year++) sumMs += table(year).totalMs;
    return sumMs;
  }
}

/** Milliseconds since the epoch of an RFC 3339 time. @throws SlaError `TIME_UNREADABLE` */
export function instantMs(rfc3339: string): number {
  const ms = Date.parse(rfc3339);
  if (Number.isNaN(ms))
    throw new SlaError('TIME_UNREADABLE', `time "${rfc3339}" cannot be read: write it as RFC 3339, 2026-03-02T09:00:00Z`);
  return ms;
}

function emptyCalendar(data: CalendarData): SlaError {
  return new SlaError('CALENDAR_EMPTY', `calendar ${data.version} has no working time: add workingDays, or remove holidays`);
}
