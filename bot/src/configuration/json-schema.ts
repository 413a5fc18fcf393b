import { z } from 'zod';
import { configurationSchema, type Section } from './schema.ts';

/** The part of JSON Schema that zod writes for our options. */
export type JsonSchema = {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, JsonSchema>>;
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  anyOf?: readonly JsonSchema[];
  [keyword: string]: unknown;
};

/**
 * JSON Schema (draft 2020-12) of `.github/sig-runtime.yml` for editors. A section may also be empty (all defaults) or `false` (switches off
 * what the organisation's file switches on).
 */
export function configurationJsonSchema(handlers: readonly Section[]): JsonSchema {
  const schema = z.toJSONSchema(configurationSchema(handlers), { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const names = new Set(handlers.map(({ name }) => name));
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    names.has(name) ? { anyOf: [property, { type: 'null' }, { const: false }] } : property,
  ]);
  return { ...schema, title: '.github/sig-runtime.yml', properties: Object.fromEntries(properties) };
}
