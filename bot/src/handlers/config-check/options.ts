import { z } from 'zod';

export const ConfigCheckOptions = z.strictObject({
  warningsFail: z.boolean().default(false).describe('true fails the check on warnings too, e.g. on a label that does not exist'),
});
export type ConfigCheckOptions = z.output<typeof ConfigCheckOptions>;
