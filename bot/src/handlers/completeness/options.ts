import { z } from 'zod';

const Labels = z.array(z.string().min(1).max(50)).max(20);

/** Section `completeness` of the configuration. */
export const CompletenessOptions = z.strictObject({
  label: z
    .string()
    .min(1)
    .max(50)
    .default('sig/runtime')
    .describe('Issues with this label are looked at even if their words alone do not say runtime.'),
  bugLabels: Labels.default(['kind/bugfix', 'kind/bug', 'bug']).describe(
    'Labels that make an issue a bug report; an error in its text does as well.',
  ),
  notFor: Labels.default(['kind/feature', 'kind/task', 'kind/epic', 'kind/poc', 'kind/chore', 'kind/dependency', 'kind/refactor']).describe(
    'Labels that make it something else: nothing is asked.',
  ),
  maxAgeDays: z.int().min(0).max(3650).default(14).describe('Issues opened longer ago are not asked about.'),
});
export type CompletenessOptions = z.infer<typeof CompletenessOptions>;
