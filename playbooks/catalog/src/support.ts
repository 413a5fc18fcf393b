import { z } from 'zod';
import { DurationText } from './duration.ts';
import { PolicyStatus, Product } from './identifiers.ts';
import { lineOf, linesOf, type Versions } from './versions.ts';

/** How long versions of a product are looked after. */
export const SupportWindow = z.strictObject({
  product: Product,
  /** Newest minors that get fixes. */
  minors: z.int().positive(),
  rule: z.string().min(10),
});
export type SupportWindow = z.infer<typeof SupportWindow>;

/** Promise about what may be removed, and how early that is said. */
export const DeprecationRule = z.strictObject({
  surface: z.enum(['api-field', 'api-version', 'condition-reason', 'flag', 'metric', 'helm-value', 'playbook-id', 'label']),
  minors: z.int().positive().nullable(),
  atLeast: DurationText.nullable(),
  rule: z.string().min(10),
});
export type DeprecationRule = z.infer<typeof DeprecationRule>;

/** `support.yaml` */
export const Support = z.strictObject({
  schemaVersion: z.literal(1),
  policyVersion: z.int().positive(),
  status: PolicyStatus,
  windows: z.array(SupportWindow).min(1),
  deprecation: z.array(DeprecationRule).min(1),
});
export type Support = z.infer<typeof Support>;

/** Whether a version lies in the support window: `unknown` for a product without a window or a minor that `versions.yaml` does not list. */
export function supportOf(data: Support, versions: Versions, product: Product, version: string): 'supported' | 'ended' | 'unknown' {
  const window = data.windows.find((entry) => entry.product === product);
  const place = linesOf(versions, product).indexOf(lineOf(version));
  if (window === undefined || place < 0) return 'unknown';
  return place < window.minors ? 'supported' : 'ended';
}
