import { z } from 'zod';
import type { JsonObject, JsonValue } from './json.ts';

/** How many bad items of one list are looked into: enough to mend a file, and no more work for a hostile one. */
const MAX_BAD_ITEMS = 20;

/** The official tools write an absent list as null or leave it out; readers see an empty one. */
export const list = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .nullish()
    .transform((items, context): z.output<T>[] => {
      const good: z.output<T>[] = [];
      let badCount = 0;
      for (const [index, value] of (items ?? []).entries()) {
        const result = item.safeParse(value);
        if (result.success) {
          good.push(result.data);
          continue;
        }
        for (const issue of result.error.issues) {
          context.issues.push({ ...issue, input: value, path: [index, ...issue.path] } as z.core.$ZodRawIssue);
        }
        badCount++;
        if (badCount === MAX_BAD_ITEMS) return good;
      }
      return good;
    });

const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined)
  .optional();

const anyJson = z.custom<JsonValue>(() => true).transform((value) => value ?? null);

/** A typed object of which only `type` is known here; everything else is kept. */
export const typed = z.looseObject({ type: z.string() }).transform((object) => object as JsonObject & { readonly type: string });

export const digestSchema = z.object({ hashAlgorithm: z.string(), normalisationAlgorithm: z.string(), value: z.string() });

/** `signing` as text occurs in old data; only `true` in either form makes a label part of the signature. */
export const labelSchema = z.object({
  name: z.string(),
  value: anyJson.optional().transform((value) => value ?? null),
  version: optionalText,
  signing: z
    .union([z.boolean(), z.enum(['true', 'false'])])
    .nullish()
    .transform((signing) => signing ?? undefined)
    .optional(),
  merge: z
    .object({ algorithm: optionalText, config: anyJson.optional() })
    .nullish()
    .transform((merge) => merge ?? undefined)
    .optional(),
});

export const providerSchema = z.object({ name: z.string().min(1), labels: list(labelSchema) });

const identitySchema = z
  .record(z.string(), z.string())
  .nullish()
  .transform((identity) => identity ?? {});

const optionalDigest = digestSchema
  .nullish()
  .transform((digest) => digest ?? undefined)
  .optional();
const optionalAccess = typed
  .nullish()
  .transform((access) => access ?? undefined)
  .optional();
const element = { name: z.string().min(1), version: z.string().default(''), extraIdentity: identitySchema, labels: list(labelSchema) };
const sourceRefs = list(z.object({ identitySelector: identitySchema, labels: list(labelSchema) }));

/** v2 says `srcRefs` (old data also `srcRef`), the v3alpha1 schema `sourceRefs`; all are read in both. */
export const resourceSchema = z
  .object({
    ...element,
    type: z.string().default(''),
    relation: optionalText,
    srcRefs: sourceRefs,
    srcRef: sourceRefs,
    sourceRefs,
    access: optionalAccess,
    digest: optionalDigest,
  })
  .transform(({ srcRef, sourceRefs: others, ...resource }) => ({ ...resource, srcRefs: [...resource.srcRefs, ...srcRef, ...others] }));

export const sourceSchema = z.object({ ...element, type: z.string().default(''), access: optionalAccess });

export const referenceSchema = z.object({ ...element, componentName: z.string().min(1), digest: optionalDigest });

export const signatureSchema = z.object({
  name: z.string().min(1),
  digest: digestSchema,
  signature: z.object({ algorithm: z.string(), value: z.string(), mediaType: z.string(), issuer: optionalText }),
  timestamp: z
    .object({ value: optionalText, time: optionalText })
    .nullish()
    .transform((timestamp) => timestamp ?? undefined)
    .optional(),
});

export const nestedDigestSchema = z.object({
  name: z.string(),
  version: z.string(),
  digest: optionalDigest,
  resourceDigests: list(z.object({ name: z.string(), version: z.string(), extraIdentity: identitySchema, digest: optionalDigest })),
});

/** What both schemas say about a component itself. */
export const componentMeta = { name: z.string().min(1), version: z.string().min(1), creationTime: optionalText, labels: list(labelSchema) };
