import { RUNTIME_PATHS } from '@sig-runtime/playbooks';
import { z } from 'zod';

const LabelName = z.string().min(1).max(50);

/**
 * One path pattern: `*` and `?` within a segment, `**` across segments; without a wildcard it names a file, or a directory with all
 * below it. Bounded, because changed paths are written by anybody.
 */
const PathPattern = z
  .string()
  .min(1)
  .max(200)
  .refine((pattern) => pattern.split('**').length <= 4, 'a pattern holds ** at most three times')
  .refine((pattern) => !/[()!{}]/.test(pattern), 'a pattern holds no group, negation or braces; write a pattern for each');

/** Section `label` of the configuration. */
export const LabelOptions = z.strictObject({
  label: LabelName.default('sig/runtime').describe('Label of runtime items.'),
  component: LabelName.optional().describe(
    'Second label, for what concerns the OCM controller itself (`component/ocm-controllers`); absent: none.',
  ),
  paths: z
    .array(PathPattern)
    .min(1)
    .max(50)
    .default([...RUNTIME_PATHS])
    .describe('Changed paths that make a pull request a runtime one.'),
  threshold: z.number().min(0.5).max(1).default(0.5).describe('Least confidence for a decision by text; below it the bot abstains.'),
});
export type LabelOptions = z.infer<typeof LabelOptions>;
