import { z } from 'zod';
import { Slug, Source } from './identifiers.ts';

/** Automation other than this bot that reads or writes labels. */
export const LabelAutomation = z.strictObject({
  id: Slug,
  what: z.string().min(10),
  /** Known faults that a label-writing bot must expect. */
  faults: z.array(z.string().min(10)).default([]),
  source: Source,
});
export type LabelAutomation = z.infer<typeof LabelAutomation>;

/** Labels that share a prefix and a question. `exclusive`: an item carries at most one of them. */
export const LabelGroup = z.strictObject({ id: Slug, exclusive: z.boolean(), question: z.string().min(10) });
export type LabelGroup = z.infer<typeof LabelGroup>;

/** One label. `name` is exact; `color` is six lower-case hex digits without `#`; GitHub caps `description` at 100 characters. */
export const Label = z
  .strictObject({
    name: z.string().min(1).max(50),
    color: z.string().regex(/^[0-9a-f]{6}$/, 'a colour is six lower-case hex digits without #, in quotes'),
    description: z.string().min(5).max(100),
    group: Slug,
    declaredUpstream: z.boolean(),
    proposed: z.literal(true).optional(),
    touchedBy: z
      .array(z.strictObject({ automation: Slug, effect: z.enum(['adds', 'removes', 'adds-and-removes', 'requires']) }))
      .default([]),
  })
  .refine((label) => label.declaredUpstream === (label.proposed === undefined), 'a label is either declared upstream or proposed: true');
export type Label = z.infer<typeof Label>;

/** `labels.yaml` */
export const Labels = z.strictObject({
  schemaVersion: z.literal(1),
  source: Source,
  groups: z.array(LabelGroup).min(1),
  automations: z.array(LabelAutomation),
  labels: z.array(Label).min(1),
  /** Names that upstream replaced, old to new. */
  retired: z.record(z.string(), z.string()),
});
export type Labels = z.infer<typeof Labels>;

/** The label of that exact name. */
export function labelNamed(data: Labels, name: string): Label | undefined {
  return data.labels.find((label) => label.name === name);
}

/** All labels of a group, in catalogue order. */
export function labelsIn(data: Labels, group: string): readonly Label[] {
  return data.labels.filter((label) => label.group === group);
}

/** Name in use today for a label name that may have been retired. */
export function currentLabelName(data: Labels, name: string): string {
  return data.retired[name] ?? name;
}
