import type { Version } from './version.ts';

export type Order = -1 | 0 | 1;

const MAX_UINT64 = 2n ** 64n - 1n;
const DIGITS = /^[0-9]+$/;

/** Precedence of semver.org 2.0.0 §11: numbers, then prerelease; build metadata is ignored. A total preorder. */
export function compareVersions(a: Version, b: Version): Order {
  return order(a.major, b.major) || order(a.minor, b.minor) || order(a.patch, b.patch) || comparePrereleases(a.prerelease, b.prerelease);
}

/** Compares two prereleases; the empty one (a release) is above all others. */
export function comparePrereleases(a: string, b: string): Order {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const result = comparePart(left[i], right[i]);
    if (result !== 0) return result;
  }
  return 0;
}

/** Numbers come before words; a missing part comes before any. Digits beyond 64 bits count as a word, as in Masterminds. */
function comparePart(a: string | undefined, b: string | undefined): Order {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  const x = uint64(a);
  const y = uint64(b);
  if (x !== undefined && y !== undefined) return order(x, y);
  if (x !== undefined) return -1;
  if (y !== undefined) return 1;
  return order(a, b);
}

function uint64(text: string): bigint | undefined {
  if (!DIGITS.test(text)) return undefined;
  const value = BigInt(text);
  return value > MAX_UINT64 ? undefined : value;
}

function order<T extends bigint | string>(a: T, b: T): Order {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
