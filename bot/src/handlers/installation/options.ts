import { z } from 'zod';

export const InstallationOptions = z.strictObject({});
export type InstallationOptions = z.output<typeof InstallationOptions>;
