import { z } from 'zod';

export const LabelGuardOptions = z.strictObject({
  windowMinutes: z.number().int().min(1).max(1440).default(10).describe('a label that a bot takes off within this time is put back'),
  restores: z.number().int().min(0).max(5).default(1).describe('how often one label is put back on one item, ever'),
});
export type LabelGuardOptions = z.output<typeof LabelGuardOptions>;
