import { z } from 'zod';
import {
  componentMeta,
  list,
  nestedDigestSchema,
  providerSchema,
  referenceSchema,
  resourceSchema,
  signatureSchema,
  sourceSchema,
  typed,
} from './schema-parts.ts';

export const V3_API_VERSION = 'ocm.software/v3alpha1';
export const V3_KIND = 'ComponentVersion';

/** Component descriptor, schema `ocm.software/v3alpha1`: written by the older official tool only. */
export const v3Schema = z.object({
  apiVersion: z.literal(V3_API_VERSION),
  kind: z.literal(V3_KIND),
  metadata: z.object({ ...componentMeta, provider: providerSchema }),
  repositoryContexts: list(typed),
  spec: z
    .object({ resources: list(resourceSchema), sources: list(sourceSchema), references: list(referenceSchema) })
    .nullish()
    .transform((spec) => spec ?? { resources: [], sources: [], references: [] }),
  signatures: list(signatureSchema),
  nestedDigests: list(nestedDigestSchema),
});
