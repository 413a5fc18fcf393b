import { z } from 'zod';
import { Day, Slug } from './identifiers.ts';

const Weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is HH:MM, in quotes');

/** `calendar.yaml`: when working time runs. Times of day are local in `timeZone`. */
export const BusinessCalendar = z
  .strictObject({
    schemaVersion: z.literal(1),
    id: Slug,
    calendarVersion: z.int().positive(),
    timeZone: z.string().refine(isTimeZone, 'not an IANA time zone such as Europe/Berlin'),
    workingDays: z.array(Weekday).min(1),
    workingHours: z.strictObject({ from: ClockTime, to: ClockTime }),
    /** Years the list of holidays is complete for. */
    years: z.array(z.int().min(2000).max(2100)).min(1),
    holidays: z.array(z.strictObject({ date: Day, name: z.string().min(3) })),
  })
  .refine((calendar) => calendar.workingHours.from < calendar.workingHours.to, {
    message: 'workingHours.to comes after workingHours.from',
    path: ['workingHours'],
  })
  .superRefine((calendar, context) => {
    const seen = new Set<string>();
    for (const [index, { date }] of calendar.holidays.entries()) {
      if (seen.has(date))
        context.addIssue({ code: 'custom', message: `holiday ${date} is listed twice`, path: ['holidays', index, 'date'] });
      if (!calendar.years.includes(Number(date.slice(0, 4))))
        context.addIssue({ code: 'custom', message: `holiday ${date} lies outside years`, path: ['holidays', index, 'date'] });
      seen.add(date);
    }
  });
export type BusinessCalendar = z.infer<typeof BusinessCalendar>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Name of the holiday on a day (`YYYY-MM-DD`), undefined on other days. */
export function holidayOn(calendar: BusinessCalendar, day: string): string | undefined {
  return calendar.holidays.find((holiday) => holiday.date === day)?.name;
}
