import { OcmError } from '../error.ts';
import { isJsonObject, type JsonValue } from './json.ts';
import type { Provider } from './model.ts';
import { providerSchema } from './schema-parts.ts';
import { parseJson } from './text.ts';

/**
 * Reads the `provider` of a v2 document: a plain name, or a JSON object `{name, labels}` in a string. Text that is not a JSON object is the
 * name as it stands. Throws `DESCRIPTOR_SCHEMA` for an object without a name.
 */
export function parseProvider(text: string): Provider {
  const value = text.trimStart().startsWith('{') ? tryParse(text) : undefined;
  if (!isJsonObject(value)) return { name: text, labels: [] };
  const result = providerSchema.safeParse(value);
  if (result.success) return result.data;
  throw new OcmError(
    'DESCRIPTOR_SCHEMA',
    'component.provider is a JSON object without a proper name and labels: write {"name": …, "labels": [{"name": …, "value": …}]}',
  );
}

function tryParse(text: string): JsonValue | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return parseJson(text);
}

/** Writes a provider for a v2 document: the name alone when there are no labels, else the JSON object in a string. */
export function printProvider(provider: Provider): string {
  return provider.labels.length === 0 ? provider.name : JSON.stringify({ name: provider.name, labels: provider.labels });
}
