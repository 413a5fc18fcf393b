import type { z } from 'zod';
import type { JsonObject } from './json.ts';
import type {
  digestSchema,
  labelSchema,
  nestedDigestSchema,
  providerSchema,
  referenceSchema,
  resourceSchema,
  signatureSchema,
  sourceSchema,
} from './schema-parts.ts';

export type Digest = Readonly<z.output<typeof digestSchema>>;
export type Label = Readonly<z.output<typeof labelSchema>>;
export type Provider = Readonly<z.output<typeof providerSchema>>;
export type Resource = Readonly<z.output<typeof resourceSchema>>;
export type Source = Readonly<z.output<typeof sourceSchema>>;
export type Reference = Readonly<z.output<typeof referenceSchema>>;
export type Signature = Readonly<z.output<typeof signatureSchema>>;
export type NestedDigest = Readonly<z.output<typeof nestedDigestSchema>>;

export const SCHEMA_VERSIONS = ['v2', 'v3alpha1'] as const;
export type SchemaVersion = (typeof SCHEMA_VERSIONS)[number];

/** A component version, whichever schema it was written in. Lists are empty where the document has null or nothing. */
export interface Descriptor {
  readonly schemaVersion: SchemaVersion;
  readonly name: string;
  readonly version: string;
  /** As written; never read as a date, because it is part of the signed bytes. */
  readonly creationTime?: string | undefined;
  readonly provider: Provider;
  readonly labels: readonly Label[];
  /** Where the component version has been, last one current. Not signed. */
  readonly repositoryContexts: readonly JsonObject[];
  readonly resources: readonly Resource[];
  readonly sources: readonly Source[];
  readonly references: readonly Reference[];
  readonly signatures: readonly Signature[];
  readonly nestedDigests: readonly NestedDigest[];
}
