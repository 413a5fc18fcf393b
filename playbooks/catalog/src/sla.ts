import { z } from 'zod';
import { DurationText } from './duration.ts';
import { PolicyStatus, Slug } from './identifiers.ts';

const ItemKind = z.enum(['issue', 'pull_request', 'discussion']);

/** Whose act counts. `maintainer`: write access or a configured team; `author`: who opened the item. Bots never count. */
const Actor = z.enum(['maintainer', 'author']);

/** One clock: starts with an event, ends with another, and is due after `within`. */
export const SlaTarget = z.strictObject({
  id: Slug,
  on: z.array(ItemKind).min(1),
  starts: z.enum(['opened', 'ready-for-review', 'author-asked']),
  stops: z.enum(['comment', 'triage-label', 'review', 'reply']),
  by: Actor,
  within: DurationText,
  /** Labels of which any one ends the clock; only with `stops: triage-label`. */
  stopLabels: z.array(z.string().min(1)).default([]),
  description: z.string().min(10),
});
export type SlaTarget = z.infer<typeof SlaTarget>;

/** A state in which clocks stand still. Names one signal. */
export const SlaPause = z
  .strictObject({
    id: Slug,
    label: z.string().min(1).optional(),
    draft: z.literal(true).optional(),
    command: z.string().min(1).optional(),
    on: z.array(ItemKind).min(1),
    /** Clocks that keep running nevertheless. */
    except: z.array(Slug).default([]),
    description: z.string().min(10),
  })
  .refine(
    (pause) => [pause.label, pause.draft, pause.command].filter((signal) => signal !== undefined).length === 1,
    'a pause names exactly one of label, draft and command',
  );
export type SlaPause = z.infer<typeof SlaPause>;

/** `sla.yaml` */
export const Sla = z.strictObject({
  schemaVersion: z.literal(1),
  policyVersion: z.int().positive(),
  status: PolicyStatus,
  /** Id of the business calendar in `calendar.yaml`. */
  calendar: Slug,
  roles: z.strictObject({
    maintainer: z.strictObject({
      associations: z.array(z.enum(['OWNER', 'MEMBER', 'COLLABORATOR'])).min(1),
      permissions: z.array(z.enum(['admin', 'maintain', 'write', 'triage'])).min(1),
    }),
    botsCount: z.literal(false),
  }),
  targets: z.array(SlaTarget).min(1),
  pauses: z.array(SlaPause),
});
export type Sla = z.infer<typeof Sla>;

/** The target of that id. */
export function slaTarget(data: Sla, id: string): SlaTarget | undefined {
  return data.targets.find((target) => target.id === id);
}
