import { z } from 'zod';
import { ConditionWord, KindName, PlaybookId, Product, Version } from './identifiers.ts';

/** What one value of a condition tells the reader; absent when the controller never writes that value. */
const Meanings = z
  .strictObject({ True: z.string().min(5).optional(), False: z.string().min(5).optional(), Unknown: z.string().min(5).optional() })
  .refine((meanings) => Object.keys(meanings).length > 0, 'say what at least one of True, False and Unknown means');

/** One condition type of one or more kinds of a product. `since` is the first version that has it, `until` the first that no longer has. */
export const ConditionType = z.strictObject({
  type: ConditionWord,
  product: Product,
  kinds: z.array(KindName).min(1),
  /** `positive`: True is good. `negative`: True is bad or unfinished, and absence is good. */
  polarity: z.enum(['positive', 'negative']),
  /** `never`: defined in the API but written by no controller. */
  present: z.enum(['always', 'after-first-pass', 'only-when-true', 'while-relevant', 'never']),
  meaning: Meanings,
  since: Version.optional(),
  until: Version.optional(),
  /** Type that replaced it at `until`. */
  renamedTo: ConditionWord.optional(),
  note: z.string().min(5).optional(),
  playbook: PlaybookId.optional(),
});
export type ConditionType = z.infer<typeof ConditionType>;

/** `conditions.yaml` */
export const Conditions = z.strictObject({ schemaVersion: z.literal(1), conditions: z.array(ConditionType).min(1) });
export type Conditions = z.infer<typeof Conditions>;

/** Whether `kind` (`Kind` or `Kind.group`) names the catalogued kind `entry`; `*` names every kind. */
export function namesKind(entry: string, kind: string): boolean {
  return entry === '*' || entry === kind || (!kind.includes('.') && entry.startsWith(`${kind}.`));
}

/**
 * Entries for a condition type of a kind, the kind's own before those of `*`; several when products or versions share the name.
 * @param kind `Kind` or `Kind.group`
 */
export function conditionsOf(data: Conditions, kind: string, type?: string): readonly ConditionType[] {
  const named = data.conditions.filter((entry) => entry.kinds.some((name) => name !== '*' && namesKind(name, kind)));
  const found = named.length > 0 ? named : data.conditions.filter((entry) => entry.kinds.includes('*'));
  return type === undefined ? found : found.filter((entry) => entry.type === type);
}
