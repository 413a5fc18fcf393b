import { RE2JS } from 're2js';
import { quoted } from '../error.ts';
import { ConfigError } from './error.ts';

const maxPatternLength = 1024;
const maxBraces = 8;

/**
 * A shell-like pattern, matched against whole texts in linear time (RE2).
 * `?` one character, `*` any number, `[a-c]` and `[!a-c]` sets, `{a,b}` alternatives, `\` escapes. With `separator`, `?` and `*`
 * stop at it and `**` does not; without, `*` crosses everything, as in the Go libraries' resolvers.
 * @throws ConfigError `PATTERN` when longer than 1024 characters or malformed
 */
export function compileGlob(pattern: string, separator?: '/'): (text: string) => boolean {
  if (pattern.length > maxPatternLength) throw new ConfigError('PATTERN', `pattern is longer than ${maxPatternLength} characters`);
  const regex = RE2JS.compile(`^(?:${translate(pattern, separator === undefined ? '.' : '[^/]')})$`, RE2JS.DOTALL);
  return (text) => regex.matches(text);
}

function translate(pattern: string, one: string): string {
  let regex = '';
  let braces = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    if (character === '[') {
      const set = readSet(pattern, at);
      regex += set.regex;
      at = set.end;
    } else if (character === '*') {
      const crosses = pattern[at + 1] === '*';
      regex += crosses ? '.*' : `${one}*`;
      if (crosses) at += 1;
    } else if (character === '\\') {
      at += 1;
      if (at >= pattern.length) throw malformed(pattern, 'ends in a backslash');
      regex += RE2JS.quote(pattern[at] ?? '');
    } else if (character === '{') {
      braces += 1;
      if (braces > maxBraces) throw malformed(pattern, `nests braces more than ${maxBraces} deep`);
      regex += '(?:';
    } else if (braces > 0 && (character === '}' || character === ',')) {
      if (character === '}') braces -= 1;
      regex += character === '}' ? ')' : '|';
    } else {
      regex += character === '?' ? one : RE2JS.quote(character);
      at += character.length - 1;
    }
  }
  if (braces > 0) throw malformed(pattern, 'has a brace that is not closed');
  return regex;
}

function readSet(pattern: string, start: number): { readonly regex: string; readonly end: number } {
  const isNegated = pattern[start + 1] === '!' || pattern[start + 1] === '^';
  const first = start + (isNegated ? 2 : 1);
  const end = pattern.indexOf(']', first);
  if (end <= first) throw malformed(pattern, 'has a set that is empty or not closed');
  const members = pattern.slice(first, end);
  for (let at = 1; at < members.length - 1; at += 1) {
    if (members[at] === '-' && (members[at - 1] ?? '') > (members[at + 1] ?? ''))
      throw malformed(pattern, 'has a range that runs backwards');
  }
  return { regex: `[${isNegated ? '^' : ''}${members.replace(/[\\[\]^&~:]/g, '\\$&')}]`, end };
}

const malformed = (pattern: string, reason: string) => new ConfigError('PATTERN', `pattern ${quoted(pattern)} ${reason}`);
