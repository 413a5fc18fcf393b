import { OcmError, quoted } from '../error.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { walkJson } from './json-text.ts';
import { parseYaml } from './yaml-text.ts';

export type TextFormat = 'json' | 'yaml';

/** A descriptor's text and the values in it. */
export interface DescriptorText {
  readonly text: string;
  readonly format: TextFormat;
  readonly value: JsonObject;
}

/** No published descriptor comes near; a thousand resources take about half a mebibyte. */
export const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

/**
 * Decodes UTF-8 and reads JSON or YAML; without `format`, text that begins with `{` is JSON. Broken surrogates become U+FFFD, as Go has it.
 * Throws `DESCRIPTOR_TOO_LARGE` or `DESCRIPTOR_SYNTAX`.
 */
export function readDescriptorText(bytes: Uint8Array, format?: TextFormat, maxBytes: number = DEFAULT_MAX_BYTES): DescriptorText {
  if (bytes.byteLength > maxBytes) {
    throw new OcmError('DESCRIPTOR_TOO_LARGE', `descriptor has ${bytes.byteLength} bytes: at most ${maxBytes} are read`);
  }
  const text = decodeText(bytes);
  const chosen = format ?? (text.trimStart().startsWith('{') ? 'json' : 'yaml');
  const value = clean(chosen === 'json' ? parseJson(text) : parseYaml(text));
  if (!isJsonObject(value)) throw new OcmError('DESCRIPTOR_SYNTAX', 'descriptor is not an object: write it as a mapping of keys to values');
  return { text, format: chosen, value };
}

/** UTF-8 to text, without a byte order mark. Throws `DESCRIPTOR_SYNTAX`. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new OcmError('DESCRIPTOR_SYNTAX', 'descriptor is not UTF-8: save it as UTF-8', { cause });
  }
}

/** `JSON.parse` that also refuses keys that occur twice and nesting beyond the cap. Throws `DESCRIPTOR_SYNTAX`. */
export function parseJson(text: string): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new OcmError('DESCRIPTOR_SYNTAX', `descriptor is not valid JSON: ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
  walkJson(text, () => {});
  return value;
}

function clean(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new OcmError('DESCRIPTOR_SYNTAX', 'descriptor has a number beyond the range of a double: put it in quotes');
  }
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(clean);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [key.toWellFormed(), clean(member ?? null)] as const);
  const keys = new Set(entries.map(([key]) => key));
  if (keys.has('__proto__') || keys.size < entries.length) {
    throw new OcmError(
      'DESCRIPTOR_SYNTAX',
      `descriptor has the key ${quoted(keys.has('__proto__') ? '__proto__' : '\ufffd')}, which is not safe to read: rename it`,
    );
  }
  return Object.fromEntries(entries);
}
