import { RE2JS } from 're2js';
import { OcmError, quoted } from '../error.ts';

/** A pattern that narrows a list of versions, matched anywhere in the version as published. */
export interface VersionFilter {
  readonly pattern: string;
  matches(version: string): boolean;
}

const MAX_PATTERN_CHARS = 1024;

/**
 * Compiles a filter with the syntax and linear time of RE2, as Go's `regexp` has them: no look-around, no back-references.
 * Throws `FILTER_INVALID`.
 */
export function compileFilter(pattern: string): VersionFilter {
  if (pattern.length > MAX_PATTERN_CHARS) {
    throw new OcmError('FILTER_INVALID', `version filter ${quoted(pattern)} is longer than ${MAX_PATTERN_CHARS} characters: shorten it`);
  }
  const compiled = compile(pattern);
  return { pattern, matches: (version) => compiled.matcher(version).find() };
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OcmError('FILTER_INVALID', `version filter ${quoted(pattern)} is not a regular expression in RE2 syntax: ${reason}`, {
      cause,
    });
  }
}
