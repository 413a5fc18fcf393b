import { ANSWER_AT } from '@sig-runtime/playbooks';
import { z } from 'zod';

/** Section `answer` of the configuration. */
export const AnswerOptions = z.strictObject({
  label: z
    .string()
    .min(1)
    .max(50)
    .default('sig/runtime')
    .describe('Items with this label are answered even if their words alone do not say runtime.'),
  minConfidence: z.number().min(ANSWER_AT).max(1).default(ANSWER_AT).describe('Least confidence of a playbook for an answer.'),
  maxAgeDays: z.int().min(0).max(3650).default(30).describe('Items opened longer ago are not answered for the first time: no back-fill.'),
});
export type AnswerOptions = z.infer<typeof AnswerOptions>;
