import * as z from 'zod';
import { type ConfigEntry, entrySchema, isOfType, parseShape, typeName } from './entry.ts';
import { ConfigError } from './error.ts';

const genericName = 'generic.config.ocm.software';
const maxDepth = 16;
const maxEntries = 10_000;

const genericSchema = z.looseObject({ configurations: z.array(entrySchema).nullish() });

/**
 * The entries of generic configurations (`generic.config.ocm.software/v1`) in ascending priority: later ones override.
 * Within one configuration the direct entries come first, then those of the nested ones, at every level. Unknown types are
 * kept. A document that is not generic counts as its only entry.
 * @param documents parsed files in the order in which they were read
 * @throws ConfigError `SCHEMA`, `TOO_DEEP` (16 levels), `TOO_LARGE` (10,000 entries)
 * @see https://github.com/open-component-model/open-component-model — bindings/go/configuration/generic/v1/spec/flat_map.go
 */
export function flattenConfig(documents: readonly unknown[], source = 'configuration'): readonly ConfigEntry[] {
  const roots = documents.filter((document) => document !== null && document !== undefined);
  const entries = roots.flatMap((root) => flatten([parseShape(entrySchema, root, source)], source, 0));
  if (entries.length > maxEntries) throw new ConfigError('TOO_LARGE', `${source} holds more than ${maxEntries} entries`);
  return entries;
}

function flatten(entries: readonly ConfigEntry[], source: string, depth: number): readonly ConfigEntry[] {
  if (depth > maxDepth) throw new ConfigError('TOO_DEEP', `${source} nests generic configurations more than ${maxDepth} deep`);
  const isGeneric = (entry: ConfigEntry) => isOfType(entry, genericName, 'v1');
  const direct = entries.filter((entry) => !isGeneric(entry));
  const nested = entries.filter(isGeneric).map((entry) => parseShape(genericSchema, entry, source).configurations ?? []);
  return [...direct, ...nested.flatMap((inner) => flatten(inner, source, depth + 1))];
}

export type AllowedEntries = {
  readonly kept: readonly ConfigEntry[];
  /** Types of the entries left out, each once, in the order of their first appearance: worth a log line. */
  readonly dropped: readonly string[];
};

/** The entries whose type has one of these names, with any version or none; a controller takes in only what is safe there. */
export function allowEntries(entries: readonly ConfigEntry[], names: ReadonlySet<string>): AllowedEntries {
  const isAllowed = ({ type }: ConfigEntry) => names.has(typeName(type));
  const dropped = entries.filter((entry) => !isAllowed(entry)).map(({ type }) => type);
  return { kept: entries.filter(isAllowed), dropped: [...new Set(dropped)] };
}
