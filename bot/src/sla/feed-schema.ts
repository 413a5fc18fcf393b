import { z } from 'zod';

const count = z.int().nonnegative();
const hours = z.number().nonnegative();
const Month = z.string().regex(/^\d{4}-\d{2}$/);
const Percentiles = z.strictObject({ p50: hours, p90: hours });

const Trend = z.strictObject({
  /** Month (UTC) in which the clocks started. */
  month: Month,
  started: count,
  met: count,
  breached: count,
  /** Business hours until the promise was kept, late ones included; null when none was. */
  businessHours: Percentiles.nullable(),
});

const Target = z.strictObject({
  id: z.string(),
  allowedHours: hours,
  started: count,
  /** Kept in time. */
  met: count,
  /** Broken, whether kept late or still open. */
  breached: count,
  businessHours: Percentiles.nullable(),
  open: z.strictObject({
    overdue: count,
    paused: count,
    /** Running clocks by business hours left: at most so many and more than the bucket before; `null` is all the rest. */
    remaining: z.array(z.strictObject({ upToHours: hours.nullable(), count })),
  }),
  pauses: z.array(z.strictObject({ reason: z.string(), count, businessHours: hours })),
  trend: z.array(Trend),
});

/**
 * `GET /api/v1/sla.json`: how well the promises are kept, as counts and percentiles. Holds no name, title, number or repository, and
 * nothing about private repositories.
 */
export const SlaFeed = z.strictObject({
  schemaVersion: z.literal(1),
  generatedAt: z.iso.datetime(),
  policyVersion: z.string(),
  calendarVersion: z.string(),
  timeZone: z.string(),
  repositories: count,
  items: count,
  targets: z.array(Target),
});
export type SlaFeed = z.infer<typeof SlaFeed>;
export type SlaFeedTarget = z.infer<typeof Target>;
export type SlaFeedTrend = z.infer<typeof Trend>;

/** JSON Schema (draft 2020-12) of the feed. */
export function slaFeedJsonSchema(): Record<string, unknown> {
  return { title: 'sla.json', ...z.toJSONSchema(SlaFeed) };
}
