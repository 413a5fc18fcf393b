import { DurationText } from '@sig-runtime/playbooks/catalog';
import { z } from 'zod';

/** Section `sla` of the configuration. */
export const SlaOptions = z.strictObject({
  dueWithin: DurationText.default('4h').describe('Promises due within so much working time are listed as due soon: `4h`, `1bd`.'),
  title: z.string().min(3).max(120).default('SLA digest').describe('Title of the digest issue.'),
  labels: z.array(z.string().min(1)).max(5).default([]).describe('Labels of the digest issue; they have to exist.'),
  agenda: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'owner/name of a repository')
    .optional()
    .describe('Repository that collects the digests, for a meeting agenda; absent: each repository keeps its own.'),
  maxRows: z.int().min(1).max(200).default(50).describe('Rows per table; the rest is counted.'),
});
export type SlaOptions = z.infer<typeof SlaOptions>;
