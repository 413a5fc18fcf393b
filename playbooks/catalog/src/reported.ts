import { z } from 'zod';
import { ElapsedText } from './duration.ts';
import { PlaybookId, Product, Slug, Source, Version, VersionRange } from './identifiers.ts';

/** The five states of a combination. `stale` was tested, but too long ago; `not-tested` says nothing about working or not. */
export const CompatibilityState = z.enum(['pass', 'fail', 'partial', 'stale', 'not-tested']);
export type CompatibilityState = z.infer<typeof CompatibilityState>;

/** Two products whose versions have to fit. `optional`: leave the pair out unless its first product is in use. */
export const Pair = z.strictObject({ products: z.tuple([Product, Product]), optional: z.boolean().default(false) });
export type Pair = z.infer<typeof Pair>;

/**
 * One finding that somebody else published.
 *
 * - `combination`: versions of two products that do or do not work together.
 * - `defect`: versions of one product with a known fault.
 * - `upgrade`: what changes for users who move to `introducedIn` or later; says nothing about staying on it.
 */
export const ReportedEntry = z
  .strictObject({
    id: Slug,
    kind: z.enum(['combination', 'defect', 'upgrade']),
    /** Product to version range; the entry is about versions for which every range holds. */
    products: z.partialRecord(Product, VersionRange),
    introducedIn: z.strictObject({ product: Product, version: Version }).optional(),
    state: CompatibilityState,
    summary: z.string().min(10),
    breaks: z.string().min(10).optional(),
    remedy: z.string().min(10).optional(),
    playbook: PlaybookId.optional(),
    sources: z.array(Source).min(1),
  })
  .superRefine((entry, context) => {
    const issue = (message: string, path: string) => context.addIssue({ code: 'custom', message, path: [path] });
    const count = Object.keys(entry.products).length;
    if (entry.kind === 'combination' ? count !== 2 : count === 0 || count > 2)
      issue('a combination names two products, other entries one or two', 'products');
    if ((entry.kind === 'upgrade') !== (entry.introducedIn !== undefined))
      issue('an upgrade entry, and only that, has introducedIn', 'kind');
    if (entry.introducedIn !== undefined && entry.products[entry.introducedIn.product] === undefined)
      issue('introducedIn names a product that the entry is not about', 'introducedIn');
    const works = entry.state === 'pass' || entry.state === 'not-tested';
    if (!works && (entry.breaks === undefined || entry.remedy === undefined)) issue('say what breaks and the remedy', 'state');
  });
export type ReportedEntry = z.infer<typeof ReportedEntry>;

/** `compatibility/reported.yaml`, written by hand. */
export const Reported = z.strictObject({
  schemaVersion: z.literal(1),
  /** Age at which a result of our own runs turns `stale`. */
  staleAfter: ElapsedText,
  pairs: z.array(Pair).min(1),
  entries: z.array(ReportedEntry).min(1),
});
export type Reported = z.infer<typeof Reported>;
