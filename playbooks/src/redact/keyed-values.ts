import type { Mask } from './mask.ts';
import { isSensitiveKey, looksLikeSecretValue, mayStartSecret } from './words.ts';

/**
 * Values of sensitive keys: `password: x`, `"token": "x"`, `TOKEN=x`, `--password x`, and block scalars below such a key.
 * With a colon the key must open a line or a flow entry (or be quoted), so that prose like `failed to fetch token: GET …` stays.
 */
export function maskKeyedValues(text: string, mask: Mask): void {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end - start > 4) maskLine(text, start, end, mask);
    start = end + 1;
  }
}

/** Every sensitive key holds one of these; a plain alternation of literals. */
const HINTS = /pass|pwd|token|key|auth|secret|docker/i;

function maskLine(text: string, lineStart: number, lineEnd: number, mask: Mask): void {
  const line = text.slice(lineStart, lineEnd);
  if (!HINTS.test(line)) return;
  let hiddenTo = 0;
  // A key is one run of a single character class; a hidden value is not searched for keys again: the line is read once.
  for (const found of line.matchAll(/[A-Za-z0-9_.-]{2,}/g)) {
    const key = found[0];
    if (found.index < hiddenTo || !HINTS.test(key) || !isSensitiveKey(key)) continue;
    const from = valueStart(line, found.index, found.index + key.length);
    if (!from) continue;
    if (isBlockMark(line, from.at)) maskIndentedBelow(text, lineEnd + 1, indentOf(line), mask);
    if (!mayStartSecret(line[from.at])) continue;
    const value = scalar(line, from.at, from.sign);
    if (!looksLikeSecretValue(line.slice(value.start, value.end))) continue;
    mask.hide(lineStart + value.start, lineStart + value.end);
    hiddenTo = value.end;
  }
}

const isBlockMark = (line: string, at: number): boolean => /^[|>][+-]?\d?[ \t\r]{0,4}$/.test(line.slice(at, at + 8));

/** Where the value of the key at `[keyStart, keyEnd)` starts, and which sign stands before it. */
function valueStart(line: string, keyStart: number, keyEnd: number): { at: number; sign: '=' | ':' } | undefined {
  let at = keyEnd;
  if (line[at] === '\\') at += 1;
  const quoted = line[at] === '"' || line[at] === "'";
  if (quoted) at += 1;
  at = skipBlanks(line, at);
  const sign = line[at];
  if (sign === '=' || (sign === ':' && (quoted || opensEntry(line, keyStart)))) return { at: skipBlanks(line, at + 1), sign };
  return line.startsWith('--', keyStart) && at > keyEnd && sign !== '-' ? { at, sign: '=' } : undefined;
}

/** Is the key the first thing of its line (after indentation, a dash, `export`) or of a flow entry? */
function opensEntry(line: string, keyStart: number): boolean {
  let at = keyStart;
  while (at > 0 && keyStart - at < 200 && (line[at - 1] === ' ' || line[at - 1] === '\t')) at -= 1;
  const before = line[at - 1] ?? '';
  // A star is a list bullet only at the start of the line; anywhere else it may be what masking left.
  if (before === '*') return line.slice(0, at - 1).trim() === '';
  return at === 0 || '-{,|>'.includes(before);
}

/** A quoted value; after `=` up to a separator; after `:` up to the end of the line, or of the entry inside braces. */
function scalar(line: string, from: number, sign: '=' | ':'): { start: number; end: number } {
  const escaped = line.startsWith('\\"', from);
  const quote = escaped ? '\\"' : (line[from] ?? '');
  if (escaped || quote === '"' || quote === "'" || quote === '`') {
    const start = from + quote.length;
    return { start, end: closing(line, start, quote) };
  }
  const stops = sign === '=' ? ' \t\r,;&"\'`)' : line.lastIndexOf('{', from) >= 0 ? ',}\r' : '\r';
  let end = from;
  while (end < line.length && !stops.includes(line[end] as string)) end += 1;
  return { start: from, end };
}

function closing(line: string, start: number, quote: string): number {
  for (let at = line.indexOf(quote, start); at >= 0; at = line.indexOf(quote, at + quote.length)) {
    if (quote !== '"' || line[at - 1] !== '\\') return at;
  }
  return line.length;
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (at < line.length && at - from < 80 && (line[at] === ' ' || line[at] === '\t')) at += 1;
  return at;
}

/** Hides every line from `from` on that is indented deeper than `indent`. */
export function maskIndentedBelow(text: string, from: number, indent: number, mask: Mask): void {
  for (let start = from; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    if (line.trim() !== '') {
      if (indentOf(line) <= indent) return;
      mask.hide(start + indentOf(line), end);
    }
    start = end + 1;
  }
}

export const indentOf = (line: string): number => line.length - line.trimStart().length;
