import type { JsonSchema } from '../../src/configuration/json-schema.ts';
import { code } from './markdown.ts';

/** One key that may stand in a section of `.github/sig-runtime.yml`, nested keys joined by a dot. */
export type OptionRow = { key: string; default: string; values: string; meaning: string };

/** The keys of a section in the order of its schema; maps with free keys count as one. */
export function optionRows(schema: JsonSchema, prefix = ''): readonly OptionRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const key = `${prefix}${name}`;
    if (property.properties) return optionRows(property, `${key}.`);
    return [{ key, default: shownDefault(property.default), values: values(property), meaning: String(property.description ?? '') }];
  });
}

/** `a`, `b` for lists; `a`: `b` for maps; none where nothing is set. */
export function shownDefault(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((entry) => code(String(entry))).join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, entry]) => `${code(key)}: ${code(String(entry))}`)
      .join(', ');
  return code(String(value));
}

function values(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => code(String(value))).join(', ');
  if (schema.type === 'array')
    return `list${bounds(schema.minItems, schema.maxItems, 'entry', 'entries')} of ${values(schema.items ?? {})}`;
  if (schema.type === 'string') return `text${bounds(schema.minLength, schema.maxLength, 'character', 'characters')}`;
  if (schema.type === 'integer') return `whole number${bounds(schema.minimum, schema.maximum)}`;
  if (schema.type === 'number') return `number${bounds(schema.minimum, schema.maximum)}`;
  if (schema.type === 'boolean') return `${code('true')}, ${code('false')}`;
  return typeof schema.additionalProperties === 'object' ? `map to ${values(schema.additionalProperties)}` : String(schema.type);
}

function bounds(from: unknown, to: unknown, one?: string, many?: string): string {
  const unit = (count: unknown): string => (one === undefined ? '' : ` ${count === 1 ? one : many}`);
  if (from === undefined && to === undefined) return '';
  if (to === undefined) return ` (at least ${from}${unit(from)})`;
  return from === undefined ? ` (at most ${to}${unit(to)})` : ` (${from}–${to}${unit(to)})`;
}
