import type { JsonValue } from '../descriptor/json.ts';
import { OcmError } from '../error.ts';

/**
 * JSON Canonicalization Scheme, RFC 8785: no blanks, members by UTF-16 code units of their keys (§3.2.3), numbers as ECMAScript prints them
 * (§3.2.2.3: `-0` is `0`), shortest escapes (§3.2.2.2). Members that are undefined are left out. Throws `NORMALISATION_FAILED` for numbers
 * that are not finite and for broken surrogates.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const [key, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (member !== undefined) members.push(`${text(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

function number(value: number): string {
  if (Number.isFinite(value)) return String(value);
  throw new OcmError('NORMALISATION_FAILED', `number ${value} has no canonical form: use a finite one`);
}

function text(value: string): string {
  if (value.isWellFormed()) return JSON.stringify(value);
  throw new OcmError('NORMALISATION_FAILED', 'text with a lone surrogate has no canonical form: correct the text');
}
