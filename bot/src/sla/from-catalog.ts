import { type BusinessCalendar as CatalogCalendar, parseDuration, type Sla, type SlaPause } from '@sig-runtime/playbooks/catalog';
import { type BusinessCalendar, createCalendar } from './calendar.ts';
import type { PolicyPause, SlaPolicy } from './policy.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The calendar of the catalogue, ready to count with. Costs some 30 ms per calendar year on first use: make one and keep it. */
export function calendarOf(data: CatalogCalendar): BusinessCalendar {
  return createCalendar({
    version: `${data.id}/${data.calendarVersion}`,
    timeZone: data.timeZone,
    workingDays: data.workingDays.map((day) => WEEKDAYS.indexOf(day) + 1),
    hours: { start: data.workingHours.from, end: data.workingHours.to },
    holidays: data.holidays,
  });
}

/** The promises of the catalogue. Every duration is working time: `2bd` are two working days, `4h` four working hours. */
export function policyOf(data: Sla, calendar: BusinessCalendar): SlaPolicy {
  return {
    version: `sla/${data.policyVersion}`,
    targets: data.targets.map((target) => ({
      id: target.id,
      kinds: target.on,
      starts: target.starts,
      stops: target.stops,
      stopLabels: target.stopLabels,
      allowedMs: workingMs(target.within, calendar),
    })),
    pauses: data.pauses.flatMap(pauseOf),
  };
}

function workingMs(within: string, calendar: BusinessCalendar): number {
  const duration = parseDuration(within);
  return duration.kind === 'business' ? duration.days * calendar.businessDayMs : duration.ms;
}

/** The pause called `hold` also listens to the command, so that it holds in repositories without its label. */
function pauseOf({ id, label, draft, command, on, except }: SlaPause): readonly PolicyPause[] {
  const byLabel: readonly PolicyPause[] = label === undefined ? [] : [{ id, signal: { label }, kinds: on, except }];
  if (draft) return [{ id, signal: 'draft', kinds: on, except }];
  if (command?.includes('sla')) return [{ id, signal: 'sla-paused', kinds: on, except }];
  return command !== undefined || id === 'hold' ? [...byLabel, { id, signal: 'hold', kinds: on, except }] : byLabel;
}
