import { OcmError, quoted } from '../error.ts';

/**
 * A semantic version as Masterminds/semver v3 reads it: segments are unsigned 64-bit integers, `original` is the text as written.
 * Build metadata is kept and never compared.
 */
export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  /** Without the leading `-`; empty for a release. */
  readonly prerelease: string;
  /** Without the leading `+`; empty when there is none. */
  readonly metadata: string;
  readonly original: string;
}

const MAX_VERSION_CHARS = 256;
const MAX_SEGMENT = 2n ** 64n - 1n;
const REMEDY = 'write MAJOR.MINOR.PATCH, optionally with -prerelease and +build';

// Both patterns are linear: no two neighbouring parts can match the same character.
const RELAXED =
  /^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;
const STRICT = /^(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:[-+]|$)/;
const NUMBER_WITH_LEADING_ZERO = /^0[0-9]+$/;

/**
 * Reads a relaxed version: optional `v`, one to three numbers (missing ones are 0, leading zeros allowed), prerelease, build metadata.
 * The same set of texts as Masterminds `NewVersion`. Throws `VERSION_INVALID`.
 */
export function parseVersion(text: string): Version {
  if (text.length > MAX_VERSION_CHARS) throw invalid(text, `is longer than ${MAX_VERSION_CHARS} characters: shorten it`);
  const match = RELAXED.exec(text);
  if (match === null) throw invalid(text, `is not a semantic version: ${REMEDY}`);
  const [, major = '', minor = '0', patch = '0', prerelease = '', metadata = ''] = match;
  if (prerelease.split('.').some((part) => NUMBER_WITH_LEADING_ZERO.test(part))) {
    throw invalid(text, 'has a prerelease number that starts with 0: remove the zero');
  }
  const [x, y, z] = [BigInt(major), BigInt(minor), BigInt(patch)];
  if (x > MAX_SEGMENT || y > MAX_SEGMENT || z > MAX_SEGMENT) throw invalid(text, `has a number above ${MAX_SEGMENT}: use a smaller one`);
  return { major: x, minor: y, patch: z, prerelease, metadata, original: text };
}

/** Reads a version written in full, as semver.org 2.0.0 demands: no `v`, three numbers, no leading zeros. Throws `VERSION_INVALID`. */
export function parseStrictVersion(text: string): Version {
  if (!STRICT.test(text)) throw invalid(text, `is not a strict semantic version: ${REMEDY}, no leading v or zeros`);
  return parseVersion(text);
}

/** `parseVersion`, with undefined instead of an error. */
export function tryParseVersion(text: string): Version | undefined {
  try {
    return parseVersion(text);
  } catch (error) {
    if (error instanceof OcmError) return undefined;
    throw error;
  }
}

/** The canonical spelling: three numbers, prerelease, metadata, no `v`. For the spelling as written take `original`. */
export function printVersion(version: Version): string {
  const prerelease = version.prerelease === '' ? '' : `-${version.prerelease}`;
  const metadata = version.metadata === '' ? '' : `+${version.metadata}`;
  return `${version.major}.${version.minor}.${version.patch}${prerelease}${metadata}`;
}

function invalid(text: string, problem: string): OcmError {
  return new OcmError('VERSION_INVALID', `version ${quoted(text)} ${problem}`);
}
