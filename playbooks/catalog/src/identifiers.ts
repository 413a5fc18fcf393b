import semver from 'semver';
import { z } from 'zod';

/** Permanent identifier of one of the thirty-five playbooks: `PB-001` … `PB-035`. */
export const PlaybookId = z
  .string()
  .regex(/^PB-0(0[1-9]|[12]\d|3[0-5])$/, 'a playbook id is one of PB-001 to PB-035')
  .describe('playbook id, PB-001 to PB-035');
export type PlaybookId = z.infer<typeof PlaybookId>;

/**
 * What a version number can belong to. The two `legacy-` products share no version line with their successors:
 * `legacy-ocm-cli` is the command line of the repository `ocm` (v1), `legacy-ocm-controller` the repository `ocm-controller`.
 */
export const Product = z.enum([
  'ocm-controller',
  'ocm-cli',
  'kubernetes',
  'flux',
  'kro',
  'argo-cd',
  'legacy-ocm-controller',
  'legacy-ocm-cli',
]);
export type Product = z.infer<typeof Product>;

/** Kebab-case name that other data refers to; never reused for something else. */
export const Slug = z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'an id is lower-case words joined by - or .');

/** `Kind.group`, or `*` for a kind that only its author knows (the kinds a ResourceGraphDefinition generates). */
export const KindName = z
  .string()
  .regex(/^(\*|[A-Z][A-Za-z0-9]*\.[a-z0-9][a-z0-9.-]*)$/, 'a kind is written Kind.group, e.g. Component.delivery.ocm.software');

/** Condition type or reason as the Kubernetes API accepts it. */
export const ConditionWord = z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, 'a condition type or reason is one word of letters and digits');

/** Version range in node-semver syntax, e.g. `>=0.3.0 <0.12.0`. */
export const VersionRange = z
  .string()
  .min(1)
  .refine((range) => semver.validRange(range) !== null, 'not a version range: write it like ">=0.3.0 <0.12.0"');

/** Exact semantic version without a leading `v`. */
export const Version = z
  .string()
  .refine((version) => semver.valid(version) === version, 'not an exact version: write it like 0.12.0, without v');

/** Calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date();

/** Where a fact can be looked up: an https address, or `repository@commit` of a public repository. */
export const Source = z
  .string()
  .refine(
    (text) => text.startsWith('https://') || /^[\w.-]+\/[\w.-]+@[\w./-]+$/.test(text),
    'a source is an https address or owner/repository@ref',
  );

/** Whether a policy is in force or still put forward. */
export const PolicyStatus = z.enum(['proposed', 'adopted', 'retired']);
