import picomatch from 'picomatch';

/** Whether a changed path is meant by one of the patterns (see `PathPattern` in options.ts). Paths are compared with case. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.flatMap((pattern) => {
    const bare = pattern.endsWith('/') ? pattern.slice(0, -1) : pattern;
    return /[*?[{]/.test(bare) ? [bare] : [bare, `${bare}/**`];
  });
  return picomatch(globs, { dot: true, nonegate: true, noextglob: true, strictSlashes: false });
}
