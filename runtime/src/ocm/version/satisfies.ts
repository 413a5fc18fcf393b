import { comparePrereleases, compareVersions } from './compare.ts';
import type { Comparator, Constraint, Operator } from './constraint.ts';
import type { Version } from './version.ts';

/**
 * Whether `version` fulfils `constraint`, decision for decision as Masterminds/semver v3.5: a group without a prerelease in any
 * comparator admits releases only; a group with one admits all prereleases that its comparators allow.
 */
export function satisfies(version: Version, constraint: Constraint): boolean {
  return constraint.groups.some(
    ({ comparators, admitsPrereleases }) =>
      (version.prerelease === '' || admitsPrereleases) &&
      comparators.every((comparator) => CHECKS[comparator.operator](version, comparator)),
  );
}

type Check = (version: Version, comparator: Comparator) => boolean;

const equalOrTilde: Check = (version, comparator) =>
  comparator.open === undefined ? compareVersions(version, comparator.version) === 0 : tilde(version, comparator);

/** `!=1.x` excludes the whole range, `!=1.2.x-p` only the prereleases that equal `p`, `!=*` only 0.0.0. */
const notEqual: Check = (version, { version: named, open }) => {
  if (open === undefined || open === 'major') return compareVersions(version, named) !== 0;
  if (named.major !== version.major) return true;
  if (open === 'minor') return false;
  return named.minor !== version.minor || comparePrereleases(version.prerelease, named.prerelease) !== 0;
};

/** `>1` begins at 2.0.0, `>1.2` at 1.3.0. */
const greater: Check = (version, { version: named, open }) => {
  if (open === undefined || open === 'major') return compareVersions(version, named) > 0;
  if (version.major !== named.major) return version.major > named.major;
  return open === 'patch' && version.minor > named.minor;
};

const less: Check = (version, { version: named }) => compareVersions(version, named) < 0;

const greaterOrEqual: Check = (version, { version: named }) => compareVersions(version, named) >= 0;

/** `<=1` ends before 2.0.0, `<=1.2` before 1.3.0. */
const lessOrEqual: Check = (version, { version: named, open }) => {
  if (open === undefined) return compareVersions(version, named) <= 0;
  if (version.major !== named.major) return version.major < named.major;
  return open === 'minor' || version.minor <= named.minor;
};

/** Same major and, where the minor is named, same minor. `~*` and `~0.0.0` admit everything from there on, as the Go library does. */
const tilde: Check = (version, { version: named, open }) => {
  if (compareVersions(version, named) < 0) return false;
  const zero = named.major === 0n && named.minor === 0n && named.patch === 0n;
  if (zero && open !== 'minor' && open !== 'patch') return true;
  return version.major === named.major && (open === 'minor' || version.minor === named.minor);
};

/** Nothing left of the first non-zero part may change. `^*` names 0.0.0 and admits that alone, as the Go library does. */
const caret: Check = (version, { version: named, open }) => {
  if (compareVersions(version, named) < 0 || version.major !== named.major) return false;
  if (named.major > 0n || open === 'minor') return true;
  if (version.minor !== named.minor) return false;
  return named.minor > 0n || open === 'patch' || version.patch === named.patch;
};

const CHECKS: Readonly<Record<Operator, Check>> = {
  '': equalOrTilde,
  '=': equalOrTilde,
  '!=': notEqual,
  '>': greater,
  '<': less,
  '>=': greaterOrEqual,
  '=>': greaterOrEqual,
  '<=': lessOrEqual,
  '=<': lessOrEqual,
  '~': tilde,
  '~>': tilde,
  '^': caret,
};
