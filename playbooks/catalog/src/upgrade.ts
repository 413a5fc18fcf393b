import semver from 'semver';
import type { Product } from './identifiers.ts';
import type { Reported, ReportedEntry } from './reported.ts';

/**
 * What a user meets on the way from one version of a product to another, oldest first: the upgrade entries introduced after `from`
 * and not after `to`. Empty when nothing is known, when `to` is not newer, or when either is not an exact version.
 */
export function upgradeSteps(reported: Reported, product: Product, from: string, to: string): readonly ReportedEntry[] {
  if (semver.valid(from) === null || semver.valid(to) === null) return [];
  const at = (entry: ReportedEntry) => (entry.introducedIn?.product === product ? entry.introducedIn.version : undefined);
  return reported.entries
    .filter((entry) => {
      const version = at(entry);
      return entry.kind === 'upgrade' && version !== undefined && semver.gt(version, from) && semver.lte(version, to);
    })
    .sort((a, b) => semver.compare(at(a) ?? from, at(b) ?? from));
}
