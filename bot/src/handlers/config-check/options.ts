import { z } from 'zod';

export const ConfigCheckOptions = z.strictObject({
  warningsFail: z.boolean().default(false).describe('Warnings fail the check too, for example a label that does not exist.'),
});
export type ConfigCheckOptions = z.output<typeof ConfigCheckOptions>;
