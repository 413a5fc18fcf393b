/** Whether a changed path is meant by one of the patterns (see `PathPattern` in options.ts). Paths are compared with case. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.map(segmentsOf);
  return (path) => {
    const segments = path.split('/');
    return globs.some((glob) => fits(glob, segments, (part) => part === '**', fitsSegment));
  };
}

/** Without a wildcard a pattern names a file, or a directory with all below it. */
function segmentsOf(pattern: string): readonly string[] {
  const segments = (pattern.endsWith('/') ? pattern.slice(0, -1) : pattern).split('/');
  return /[*?]/.test(pattern) ? segments : [...segments, '**'];
}

function fitsSegment(pattern: string, segment: string): boolean {
  return fits(
    pattern,
    segment,
    (part) => part === '*',
    (part, character) => part === '?' || part === character,
  );
}

/**
 * Greedy matching with one place to fall back to, the latest star: what a star before it took never has to change. Time grows with
 * pattern × text at most, whatever people call their files.
 */
function fits(
  pattern: ArrayLike<string>,
  text: ArrayLike<string>,
  isStar: (part: string) => boolean,
  same: (part: string, unit: string) => boolean,
): boolean {
  let [at, read] = [0, 0];
  let star: { at: number; read: number } | undefined;
  while (read < text.length) {
    const part = pattern[at];
    if (part !== undefined && isStar(part)) {
      star = { at, read };
      at += 1;
    } else if (part !== undefined && same(part, text[read] ?? '')) {
      at += 1;
      read += 1;
    } else if (star) {
      star = { at: star.at, read: star.read + 1 };
      at = star.at + 1;
      read = star.read;
    } else return false;
  }
  while (at < pattern.length && isStar(pattern[at] ?? '')) at += 1;
  return at === pattern.length;
}
