import type { z } from 'zod';
import { compact } from './convert-v2.ts';
import type { JsonObject } from './json.ts';
import type { Descriptor } from './model.ts';
import { V3_API_VERSION, V3_KIND, type v3Schema } from './schema-v3.ts';

/** A parsed v3alpha1 document as the schema-neutral model. */
export function fromV3({ metadata, repositoryContexts, spec, signatures, nestedDigests }: z.output<typeof v3Schema>): Descriptor {
  return { schemaVersion: 'v3alpha1', ...metadata, repositoryContexts, ...spec, signatures, nestedDigests };
}

/** The model as a v3alpha1 document, as JSON values. For readers of that schema: new documents are written in v2. */
export function toV3(descriptor: Descriptor): JsonObject {
  const { name, version, labels, provider, creationTime, resources, sources, references, signatures, nestedDigests } = descriptor;
  return compact({
    apiVersion: V3_API_VERSION,
    kind: V3_KIND,
    metadata: { name, version, labels, provider, creationTime },
    repositoryContexts: descriptor.repositoryContexts,
    spec: {
      ...(resources.length > 0 && { resources }),
      ...(sources.length > 0 && { sources }),
      ...(references.length > 0 && { references }),
    },
    ...(signatures.length > 0 && { signatures }),
    ...(nestedDigests.length > 0 && { nestedDigests }),
  });
}
