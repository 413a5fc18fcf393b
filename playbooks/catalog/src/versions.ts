import { z } from 'zod';
import { Day, Product, Source, Version } from './identifiers.ts';

/** A release. `released` is the day its tag was made, `cut` the day of the commit it points to when that is earlier. */
export const Release = z.strictObject({
  version: Version,
  released: Day.optional(),
  cut: Day.optional(),
});
export type Release = z.infer<typeof Release>;

/** Known releases of a product, newest first. */
export const ProductVersions = z.strictObject({
  product: Product,
  name: z.string().min(2),
  /** In front of the version in the tag, e.g. `kubernetes/controller/v`. */
  tagPrefix: z.string(),
  source: Source,
  /** How many of the newest minors the project itself supports; absent when it has not said so. */
  supportedMinors: z.int().positive().optional(),
  releases: z.array(Release).min(1),
});
export type ProductVersions = z.infer<typeof ProductVersions>;

/** `versions.yaml` */
export const Versions = z.strictObject({ schemaVersion: z.literal(1), asOf: Day, products: z.array(ProductVersions).min(1) });
export type Versions = z.infer<typeof Versions>;

/** Releases of a product, newest first; empty for a product without known releases. */
export function releasesOf(data: Versions, product: Product): readonly Release[] {
  return data.products.find((entry) => entry.product === product)?.releases ?? [];
}

/** Minor line of a version: `0.12` of `0.12.3`. */
export function lineOf(version: string): string {
  return version.split('.', 2).join('.');
}

/** Minor lines of a product, newest first without repeats. */
export function linesOf(data: Versions, product: Product): readonly string[] {
  return [...new Set(releasesOf(data, product).map((release) => lineOf(release.version)))];
}
