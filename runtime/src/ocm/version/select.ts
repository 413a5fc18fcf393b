import { compareVersions } from './compare.ts';
import { type Constraint, parseConstraint } from './constraint.ts';
import type { VersionFilter } from './filter.ts';
import { satisfies } from './satisfies.ts';
import { tryParseVersion, type Version } from './version.ts';

/** What a version field asks for: one version, taken as written without a listing (`1.2` too), or the highest of a range. */
export type VersionRequest =
  | { readonly kind: 'pinned'; readonly version: Version }
  | { readonly kind: 'range'; readonly constraint: Constraint };

/** Reads a version field. Throws `CONSTRAINT_INVALID` when it is neither a version nor a constraint. */
export function parseVersionRequest(text: string): VersionRequest {
  const version = tryParseVersion(text);
  return version === undefined ? { kind: 'range', constraint: parseConstraint(text) } : { kind: 'pinned', version };
}

/** Published versions in order, and those that no semantic version can be read from. */
export interface OrderedVersions {
  /** Highest first. Equal ones: without `v` first, then as published. The same text is kept once. */
  readonly versions: readonly Version[];
  readonly unreadable: readonly string[];
}

export function orderVersions(published: readonly string[]): OrderedVersions {
  const versions: Version[] = [];
  const unreadable: string[] = [];
  for (const text of new Set(published)) {
    const version = tryParseVersion(text);
    if (version === undefined) unreadable.push(text);
    else versions.push(version);
  }
  versions.sort((a, b) => compareVersions(b, a) || Number(a.original.startsWith('v')) - Number(b.original.startsWith('v')));
  return { versions, unreadable };
}

/** The outcome of a choice; `none` says how many were left after each step, so that a message can name the step that emptied the list. */
export type Selection =
  | { readonly kind: 'selected'; readonly version: Version; readonly unreadable: readonly string[] }
  | {
      readonly kind: 'none';
      readonly publishedCount: number;
      readonly readableCount: number;
      readonly filteredCount: number;
      readonly unreadable: readonly string[];
    };

/** The highest published version that passes the filter, if any, and fulfils the constraint. Same input, same choice. */
export function selectHighest(published: readonly string[], constraint: Constraint, filter?: VersionFilter): Selection {
  const { versions, unreadable } = orderVersions(published);
  const filtered = filter === undefined ? versions : versions.filter(({ original }) => filter.matches(original));
  const version = filtered.find((candidate) => satisfies(candidate, constraint));
  if (version !== undefined) return { kind: 'selected', version, unreadable };
  return { kind: 'none', publishedCount: published.length, readableCount: versions.length, filteredCount: filtered.length, unreadable };
}
