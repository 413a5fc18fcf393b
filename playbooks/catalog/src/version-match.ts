import semver from 'semver';
import type { Product } from './identifiers.ts';

/** Longer text is no version; bounds the work on text that users paste. */
const MAX_LENGTH = 64;

const PRE_RELEASES = new Set(['alpha', 'beta', 'rc']);

/**
 * Exact version meant by what a user wrote: `v0.12.0`, `kubernetes/controller/v0.12.0`, `1.34` (taken as 1.34.0),
 * `v1.34.1-gke.1200` (a vendor's build of 1.34.1). Null for anything else, e.g. `latest` or a digest.
 */
export function readVersion(product: Product, text: string): string | null {
  if (text.length > MAX_LENGTH) return null;
  const last = text.trim().slice(text.trim().lastIndexOf('/') + 1);
  const bare = /^[vV]\d/.test(last) ? last.slice(1) : last;
  const exact = semver.parse(bare);
  if (exact === null) return /^\d{1,5}\.\d{1,5}$/.test(bare) ? `${bare}.0` : null;
  const vendorBuild = product === 'kubernetes' && exact.prerelease.length > 0 && !PRE_RELEASES.has(String(exact.prerelease[0]));
  return vendorBuild ? `${exact.major}.${exact.minor}.${exact.patch}` : exact.version;
}

/** Whether a version lies in a range; pre-releases count as the numbers they are. */
export function inRange(version: string, range: string): boolean {
  return semver.satisfies(version, range, { includePrerelease: true });
}
