import type { ItemKind } from '../item.ts';

/**
 * What ends a clock: a maintainer comments or reviews (`comment`), sets a triage label or closes (`triage-label`), reviews (`review`);
 * the author answers (`reply`).
 */
export type Stop = 'comment' | 'triage-label' | 'review' | 'reply';

export type PolicyTarget = {
  /** `first-response`, `triage`, `first-review`, `author-reply`. */
  id: string;
  kinds: readonly ItemKind[];
  starts: 'opened' | 'ready-for-review' | 'author-asked';
  stops: Stop;
  /** Exact names, or a prefix that ends in `/`. Only with `stops: triage-label`. */
  stopLabels: readonly string[];
  /** Working time. */
  allowedMs: number;
};

export type PolicyPause = {
  /** `waiting-for-author`, `draft`, `blocked`, `hold`, `sla-paused`: shown as the reason. */
  id: string;
  signal: { label: string } | 'draft' | 'hold' | 'sla-paused';
  kinds: readonly ItemKind[];
  /** Targets whose clock keeps running. A label that spares an `author-asked` clock is how the author is asked. */
  except: readonly string[];
};

/** The promises as the clock needs them; see `from-catalog.ts`. */
export type SlaPolicy = { version: string; targets: readonly PolicyTarget[]; pauses: readonly PolicyPause[] };

/** Exact match, or below a prefix that ends in `/`; case does not count, as on GitHub. */
export function labelMatches(label: string, patterns: readonly string[]): boolean {
  const name = label.toLowerCase();
  return patterns.some((pattern) => {
    const wanted = pattern.toLowerCase();
    return wanted.endsWith('/') ? name.startsWith(wanted) : name === wanted;
  });
}
