/** The word that was probably meant: the nearest by edit distance, when it is near enough to be worth suggesting. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, distance: editDistance(word.slice(0, 60), candidate) }));
  const offLength = (candidate: string) => Math.abs(candidate.length - word.length);
  const best = ranked.sort((a, b) => a.distance - b.distance || offLength(a.candidate) - offLength(b.candidate))[0];
  return best && best.distance <= Math.ceil(best.candidate.length * 0.4) ? best.candidate : undefined;
}

/** Levenshtein distance without regard to case. */
function editDistance(a: string, b: string): number {
  const [from, to] = [a.toLowerCase(), b.toLowerCase()];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
