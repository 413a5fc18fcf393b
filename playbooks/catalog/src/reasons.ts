import { z } from 'zod';
import { namesKind } from './conditions.ts';
import { ElapsedText } from './duration.ts';
import { ConditionWord, KindName, PlaybookId, Product, Slug, Version } from './identifiers.ts';

/**
 * What the controller does by itself afterwards.
 * `backoff` tries again with growing pauses; `interval` at the next interval; `event` when an object it watches changes;
 * `requeue` after a short fixed pause; `never` only after a change of the spec (or a restart); `none` nothing is left to do.
 */
export const Retry = z.enum(['backoff', 'interval', 'event', 'requeue', 'never', 'none']);
export type Retry = z.infer<typeof Retry>;

/**
 * Why a reason appears. Names exactly one of: a playbook; `normal: true` (nothing is wrong); `playbook: null` with `because`
 * (something is wrong that none of the playbooks covers).
 */
export const Cause = z
  .strictObject({
    id: Slug,
    when: z.string().min(10),
    /** Differs from the retry of its occurrence. */
    retry: Retry.optional(),
    playbook: PlaybookId.nullable().optional(),
    normal: z.literal(true).optional(),
    because: z.string().min(10).optional(),
  })
  .superRefine((cause, context) => {
    if ((cause.playbook === undefined) === (cause.normal === undefined))
      context.addIssue({ code: 'custom', message: 'a cause names either a playbook or normal: true' });
    if ((cause.playbook === null) !== (cause.because !== undefined))
      context.addIssue({ code: 'custom', message: 'playbook: null needs because, and only playbook: null has one' });
  });
export type Cause = z.infer<typeof Cause>;

/** What a reason means on a condition of the listed kinds. */
export const Occurrence = z.strictObject({
  kinds: z.array(KindName).min(1),
  condition: ConditionWord.default('Ready'),
  status: z.enum(['True', 'False', 'Unknown']),
  meaning: z.string().min(10),
  /** Seen in healthy operation. */
  normal: z.boolean(),
  /** How long a normal state may last before it counts as stuck. */
  normalForUpTo: ElapsedText.optional(),
  retry: Retry,
  since: Version.optional(),
  until: Version.optional(),
  causes: z.array(Cause).min(1),
});
export type Occurrence = z.infer<typeof Occurrence>;

/** One reason of one product. `emitted: false`: defined in the API, written by no code path. */
export const ReasonEntry = z
  .strictObject({
    reason: ConditionWord,
    product: Product,
    emitted: z.boolean(),
    summary: z.string().min(10),
    occurrences: z.array(Occurrence),
  })
  .refine((entry) => entry.emitted === entry.occurrences.length > 0, {
    message: 'an emitted reason has occurrences, a reason that is not emitted has none',
    path: ['occurrences'],
  });
export type ReasonEntry = z.infer<typeof ReasonEntry>;

/** `reasons.yaml` */
export const Reasons = z.strictObject({ schemaVersion: z.literal(1), reasons: z.array(ReasonEntry).min(1) });
export type Reasons = z.infer<typeof Reasons>;

/** One (kind, condition, reason) with everything known about it. */
export type ReasonMeaning = Omit<Occurrence, 'kinds'> & { kind: string; reason: string; product: Product };

/** Every (kind, condition, reason) of the catalogue, one row each; the contract tests walk this list. */
export function reasonRows(data: Reasons): readonly ReasonMeaning[] {
  return data.reasons.flatMap(({ reason, product, occurrences }) =>
    occurrences.flatMap(({ kinds, ...rest }) => kinds.map((kind) => ({ ...rest, kind, reason, product }))),
  );
}

/**
 * All meanings of a reason on a kind, in catalogue order. Entries of `*` are used only for kinds that the catalogue does not name.
 * @param kind `Kind` or `Kind.group`
 * @param condition narrows to one condition type
 */
export function meanings(data: Reasons, kind: string, reason: string, condition?: string): readonly ReasonMeaning[] {
  const rows = reasonRows(data);
  const known = rows.some((row) => row.kind !== '*' && namesKind(row.kind, kind));
  return rows.filter(
    (row) =>
      row.reason === reason &&
      (condition === undefined || row.condition === condition) &&
      (known ? row.kind !== '*' && namesKind(row.kind, kind) : row.kind === '*'),
  );
}

/** First of `meanings`: what the reader of `kind` should take `reason` for; undefined when the catalogue does not know the pair. */
export function meaning(data: Reasons, kind: string, reason: string, condition?: string): ReasonMeaning | undefined {
  return meanings(data, kind, reason, condition)[0];
}

/** Playbooks that cover a cause of `reason` on `kind`, in catalogue order without repeats; empty when it is unknown or normal. */
export function playbooksFor(data: Reasons, kind: string, reason: string, condition?: string): readonly PlaybookId[] {
  const ids = meanings(data, kind, reason, condition).flatMap((row) => row.causes.map((cause) => cause.playbook));
  return [...new Set(ids.filter((id): id is PlaybookId => typeof id === 'string'))];
}
