import { Product } from '@sig-runtime/playbooks/catalog';
import { z } from 'zod';

/** What can be worth saying about versions. */
export const Finding = z.enum(['fail', 'partial', 'fault', 'ended', 'outside']);
export type Finding = z.infer<typeof Finding>;

/** Section `compatibility` of the configuration. */
export const CompatibilityOptions = z.strictObject({
  label: z
    .string()
    .min(1)
    .max(50)
    .default('sig/runtime')
    .describe('Items with this label are looked at even if their words alone do not say runtime.'),
  speakOn: z
    .array(Finding)
    .min(1)
    .default(['fail', 'partial', 'ended'])
    .describe(
      'Findings that are worth a comment: `fail` and `partial` (known not to work together, or only in part), `ended` (out of support), ' +
        '`outside` (works with other versions, nobody tried this one), `fault` (any known fault of a version). A known fault that fits the ' +
        'diagnosis is always worth one; `ended` and `outside` are shown beside the others at any rate.',
    ),
  endedFor: z
    .array(Product)
    .default(['ocm-controller', 'ocm-cli', 'kro', 'flux'])
    .describe('Products whose end of support is worth a comment of its own; for others it is shown beside the rest.'),
  maxAgeDays: z.int().min(0).max(3650).default(30).describe('Items opened longer ago get no first comment.'),
});
export type CompatibilityOptions = z.infer<typeof CompatibilityOptions>;
