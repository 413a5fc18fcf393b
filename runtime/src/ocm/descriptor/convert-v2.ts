import type { z } from 'zod';
import type { JsonObject } from './json.ts';
import type { Descriptor } from './model.ts';
import { parseProvider, printProvider } from './provider.ts';
import type { v2Schema } from './schema-v2.ts';

/** A parsed v2 document as the schema-neutral model. */
export function fromV2({ component, signatures, nestedDigests }: z.output<typeof v2Schema>): Descriptor {
  const { componentReferences: references, provider, ...rest } = component;
  return { schemaVersion: 'v2', ...rest, provider: parseProvider(provider), references, signatures, nestedDigests };
}

/** The model as a v2 document, as JSON values: optional members only where they say something. */
export function toV2(descriptor: Descriptor): JsonObject {
  const { schemaVersion: _, references, provider, signatures, nestedDigests, labels, creationTime, ...rest } = descriptor;
  const component = {
    ...rest,
    ...(creationTime !== undefined && { creationTime }),
    ...(labels.length > 0 && { labels }),
    provider: printProvider(provider),
    componentReferences: references,
  };
  const document = {
    meta: { schemaVersion: 'v2' },
    component,
    ...(signatures.length > 0 && { signatures }),
    ...(nestedDigests.length > 0 && { nestedDigests }),
  };
  return compact(document);
}

const OMITTED_WHEN_EMPTY = new Set(['labels', 'extraIdentity', 'srcRefs', 'identitySelector', 'resourceDigests']);

/** Drops absent members, and the lists and mappings of elements that both schemas leave out when empty; free-form values stay whole. */
export function compact(document: unknown): JsonObject {
  return prune(document) as JsonObject;
}

const FREE_FORM = new Set(['value', 'config', 'access', 'repositoryContexts']);

function prune(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(prune);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(
    ([key, value]) => value !== undefined && !(OMITTED_WHEN_EMPTY.has(key) && Object.keys(value ?? {}).length === 0),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, FREE_FORM.has(key) || key === 'extraIdentity' ? value : prune(value)]));
}
