import { z } from 'zod';
import { LabelName } from '../../configuration/label-name.ts';

export const CommandsOptions = z.strictObject({
  labels: z
    .strictObject({
      sig: LabelName.default('sig/runtime').describe('label of /sig runtime'),
      accepted: LabelName.default('triage/accepted').describe('label of /triage accepted'),
      needsInfo: LabelName.default('triage/needs-info').describe('label of /triage needs-info'),
      duplicate: LabelName.default('triage/duplicate').describe('label of /triage duplicate'),
      hold: LabelName.default('do-not-merge/hold').describe('label that /hold sets on pull requests'),
    })
    .prefault({}),
  aliases: z
    .record(z.string().min(1).max(50), LabelName)
    .default({
      'priority/critical': 'priority/critical-urgent',
      'priority/high': 'priority/important-soon',
      'priority/medium': 'priority/important-longterm',
      'priority/low': 'priority/backlog',
    })
    .describe('what people write, as group/value, to the label it means; a label of the repository with that very name wins'),
  commandsPerHour: z.number().int().min(1).max(100).default(20).describe('commands one person may give on one item in an hour'),
});
export type CommandsOptions = z.output<typeof CommandsOptions>;
