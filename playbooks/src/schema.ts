import { z } from 'zod';

/** Permanent identifier of a playbook (design.md, "Playbook identifiers are permanent"). */
export const PlaybookId = z.string().regex(/^PB-\d{3}$/, 'a playbook id is PB- and three digits, e.g. PB-007');
export type PlaybookId = z.infer<typeof PlaybookId>;

/** The products a playbook or a label decision can be about. */
export const Product = z.enum(['ocm-controller', 'ocm-cli', 'kro', 'flux', 'argo-cd', 'kubernetes']);
export type Product = z.infer<typeof Product>;

/**
 * One way to recognise a playbook. A rule fires when every named scope agrees and `pattern` is found.
 *
 * - `kinds`, `conditions`, `reasons` restrict the pattern to the message of a condition (or event) of such an object; each is
 *   compared exactly. `kinds` are `Kind` or `Kind.group` (`Resource.delivery.ocm.software`).
 * - without them the pattern runs over the whole evidence text (logs, events, error lines, prose).
 * - `requires` / `forbids` are patterns over the whole item: all / none of them must be found.
 * - `confidence` (0–1): how sure the rule is on its own. Below 0.6 it can only support another rule, never answer.
 *
 * Patterns are RE2 syntax (linear time; no look-around, no back-references), case-insensitive, `.` does not match a newline.
 */
export const MatchRule = z
  .strictObject({
    kinds: z.array(z.string().min(1)).min(1).optional(),
    conditions: z.array(z.string().min(1)).min(1).optional(),
    reasons: z.array(z.string().min(1)).min(1).optional(),
    pattern: z.string().min(3).optional(),
    requires: z.array(z.string().min(3)).min(1).optional(),
    forbids: z.array(z.string().min(3)).min(1).optional(),
    confidence: z.number().min(0).max(1),
  })
  .refine((rule) => rule.pattern !== undefined || rule.reasons !== undefined, 'a rule needs a pattern or reasons');
export type MatchRule = z.infer<typeof MatchRule>;

/** What a cause comes down to in the controller: which (kind, reason) it shows as. Checked against `catalog/data/reasons.yaml`. */
export const EmittedAs = z.strictObject({
  kind: z.string().min(1),
  condition: z.string().min(1).default('Ready'),
  reason: z.string().min(1),
});

export const FrontMatter = z.strictObject({
  id: PlaybookId,
  title: z.string().min(10).max(100),
  /** One sentence a maintainer can read aloud: what is wrong. */
  summary: z.string().min(20).max(240),
  products: z.array(z.strictObject({ name: Product, versions: z.string().min(1).default('*') })).min(1),
  severity: z.enum(['outage', 'blocked', 'degraded', 'normal']),
  /** Playbooks whose samples may also match this one (several causes of one text). Declared on both sides. */
  related: z.array(PlaybookId).default([]),
  emittedAs: z.array(EmittedAs).default([]),
  rules: z.array(MatchRule).min(1),
  /** What a reader must hand over for this to be decided; the completeness handler asks only for these. */
  needs: z.array(z.enum(['conditions', 'manifests', 'controller-logs', 'versions', 'events'])).default([]),
});
export type FrontMatter = z.infer<typeof FrontMatter>;

/** `samples.yaml` beside a playbook: texts as people paste them. */
export const Samples = z.strictObject({
  positive: z.array(z.string().min(10)).min(3),
  negative: z.array(z.string().min(10)).min(2),
});
export type Samples = z.infer<typeof Samples>;

/** The five headings of every playbook body, in this order. */
export const SECTIONS = ['Symptom', 'Evidence', 'Cause', 'Fix', 'Verify'] as const;

export type Playbook = FrontMatter & {
  /** Folder name, `PB-007-stored-versions`. */
  slug: string;
  /** Markdown below the front matter. */
  body: string;
  sections: Record<(typeof SECTIONS)[number], string>;
};
