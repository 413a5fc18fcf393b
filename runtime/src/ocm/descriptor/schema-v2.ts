import { z } from 'zod';
import {
  componentMeta,
  list,
  nestedDigestSchema,
  referenceSchema,
  resourceSchema,
  signatureSchema,
  sourceSchema,
  typed,
} from './schema-parts.ts';

/** Component descriptor, schema v2: what the official tools read and write. Unknown keys are left out of the result, as they do. */
export const v2Schema = z.object({
  meta: z.object({ schemaVersion: z.string().startsWith('v2') }),
  component: z.object({
    ...componentMeta,
    provider: z.string().min(1),
    repositoryContexts: list(typed),
    resources: list(resourceSchema),
    sources: list(sourceSchema),
    componentReferences: list(referenceSchema),
  }),
  signatures: list(signatureSchema),
  nestedDigests: list(nestedDigestSchema),
});
