import { RE2JS } from 're2js';
import { anchorsOf, MIN_ANCHOR } from './anchors.ts';

/**
 * Why a pattern cannot be used, with the remedy; `undefined` when it can.
 * @param anchored whether it must have a literal to look for; a pattern that is tried only after others were found may do without
 */
export function patternProblem(pattern: string, anchored = true): string | undefined {
  return checkPattern(pattern, anchored).problem;
}

/** The pattern compiled once, or its problem. */
export function checkPattern(pattern: string, anchored: boolean): { re: RE2JS; problem?: undefined } | { re?: undefined; problem: string } {
  if (pattern.includes('\\Q')) return { problem: `pattern ${JSON.stringify(pattern)} uses \\Q; escape the characters one by one` };
  let re: RE2JS;
  try {
    re = compilePattern(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `pattern ${JSON.stringify(pattern)} is not RE2 syntax (${why}); no look-around, no back-references` };
  }
  if (!anchored || anchorsOf(pattern)) return { re };
  const remedy = 'add a word to it, or let the rule require another pattern';
  return { problem: `pattern ${JSON.stringify(pattern)} has a branch without ${MIN_ANCHOR} literal characters in a row; ${remedy}` };
}

/** Case-insensitive RE2 (linear time); `.` stops at a newline, `^` and `$` are line bounds. */
export function compilePattern(pattern: string): RE2JS {
  return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE);
}
