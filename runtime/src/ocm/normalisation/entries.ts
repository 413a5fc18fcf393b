import type { JsonValue } from '../descriptor/json.ts';
import { OcmError } from '../error.ts';

/**
 * The serialisation of `jsonNormalisation/v1`: an object is a list of objects with one member each, by the bytes of their keys in UTF-8;
 * everything is JSON as Go's `encoding/json` writes it. Members that are undefined are left out.
 */
export function entryJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(entryJson).join(',')}]`;
  const entries: string[] = [];
  for (const [key, member] of Object.entries(value).sort(([a], [b]) => compareCodePoints(a, b))) {
    if (member !== undefined) entries.push(`{${text(key)}:${entryJson(member)}}`);
  }
  return `[${entries.join(',')}]`;
}

/** Go and ECMAScript print doubles alike, but for negative zero. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new OcmError('NORMALISATION_FAILED', `number ${value} has no JSON form: use a finite one`);
  return Object.is(value, -0) ? '-0' : String(value);
}

const ESCAPED = /[<>&\u2028\u2029]/g;

/** Go escapes what could end a script element. */
function text(value: string): string {
  return JSON.stringify(value.toWellFormed()).replace(ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The order of UTF-8 bytes, which is that of code points; it differs from UTF-16's where surrogates meet U+E000 and above. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a, (char) => char.codePointAt(0) ?? 0);
  const right = Array.from(b, (char) => char.codePointAt(0) ?? 0);
  const at = left.findIndex((point, i) => point !== right[i]);
  return at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}
