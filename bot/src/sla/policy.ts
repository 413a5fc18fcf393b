export const SLA_TARGETS = ['first-response', 'triage', 'first-review', 'author-reply'] as const;

/**
 * What is waited for.
 * - `first-response`: a maintainer other than the author comments or reviews
 * - `triage`: a maintainer decides: sets a triage label, or closes
 * - `first-review`: a maintainer reviews a pull request
 * - `author-reply`: the author answers after being asked (waiting label, or changes requested)
 */
export type SlaTarget = (typeof SLA_TARGETS)[number];

/** The promises, as the catalogue writes them, with durations turned into business milliseconds. */
export type SlaPolicy = {
  version: string;
  /** A target without an entry is not promised and has no clock. */
  allowedMs: Partial<Record<SlaTarget, number>>;
  /** Labels that record a triage decision. Exact, or a prefix ending in `/` (`priority/`). */
  triageLabels: readonly string[];
  /** Labels that say the author has to act; while one is set, our clocks stand still. */
  waitingLabels: readonly string[];
  /** Labels that say nobody here can act (`dev/blocked`). */
  blockedLabels: readonly string[];
};

/** Exact match, or below a prefix that ends in `/`; case does not count, as on GitHub. */
export function labelMatches(label: string, patterns: readonly string[]): boolean {
  const name = label.toLowerCase();
  return patterns.some((pattern) => {
    const wanted = pattern.toLowerCase();
    return wanted.endsWith('/') ? name.startsWith(wanted) : name === wanted;
  });
}
