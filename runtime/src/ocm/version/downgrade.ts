import { compareVersions } from './compare.ts';
import { tryParseVersion } from './version.ts';

/** The policies a change of version is judged by. */
export const DOWNGRADE_POLICIES = ['Allow', 'Deny'] as const;
export type DowngradePolicy = (typeof DOWNGRADE_POLICIES)[number];

/** Why a candidate replaces the current version, or must not. */
export type DowngradeDecision =
  | { readonly kind: 'accepted'; readonly reason: 'first' | 'same-or-higher' | 'downgrade-allowed' }
  | { readonly kind: 'denied'; readonly current: string; readonly candidate: string }
  | { readonly kind: 'unreadable'; readonly field: 'current' | 'candidate'; readonly version: string }
  | { readonly kind: 'unknown-policy'; readonly policy: string };

/** Judges a change from `current` (empty: nothing is there yet) to `candidate`. Build metadata does not count. */
export function decideDowngrade(policy: string, current: string, candidate: string): DowngradeDecision {
  if (current === '') return { kind: 'accepted', reason: 'first' };
  const from = tryParseVersion(current);
  if (from === undefined) return { kind: 'unreadable', field: 'current', version: current };
  const to = tryParseVersion(candidate);
  if (to === undefined) return { kind: 'unreadable', field: 'candidate', version: candidate };
  if (compareVersions(to, from) >= 0) return { kind: 'accepted', reason: 'same-or-higher' };
  if (policy === 'Allow') return { kind: 'accepted', reason: 'downgrade-allowed' };
  if (policy === 'Deny') return { kind: 'denied', current, candidate };
  return { kind: 'unknown-policy', policy };
}
