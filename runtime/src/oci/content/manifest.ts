import * as z from 'zod';
import { OciError } from '../error.ts';
import { type Descriptor, descriptorSchema, problemOf, withoutNull } from './descriptor.ts';
import { isIndexType, isManifestLike, isManifestType, MEDIA_TYPES } from './media-types.ts';

/** @see https://github.com/opencontainers/image-spec/blob/main/manifest.md */
export type Manifest = {
  readonly schemaVersion: 2;
  readonly mediaType?: string | undefined;
  readonly artifactType?: string | undefined;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly subject?: Descriptor | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
};

/** @see https://github.com/opencontainers/image-spec/blob/main/image-index.md */
export type Index = {
  readonly schemaVersion: 2;
  readonly mediaType?: string | undefined;
  readonly artifactType?: string | undefined;
  readonly manifests: readonly Descriptor[];
  readonly subject?: Descriptor | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
};

/** More entries than this in one document are refused: no honest image comes near. */
const MAX_ENTRIES = 100_000;
const list = z
  .array(descriptorSchema)
  .max(MAX_ENTRIES)
  .nullish()
  .transform((entries) => entries ?? []);
const shared = {
  schemaVersion: z.literal(2),
  mediaType: z.string().nullish(),
  artifactType: z.string().nullish(),
  subject: descriptorSchema.nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
};
const manifestSchema = z
  .looseObject({ ...shared, config: descriptorSchema, layers: list })
  .transform((value) => withoutNull(value) as Manifest);
const indexSchema = z.looseObject({ ...shared, manifests: list }).transform((value) => withoutNull(value) as Index);

/** @throws OciError `INVALID_DOCUMENT` not UTF-8, not JSON, or JSON of another shape */
export function parseManifest(bytes: Uint8Array): Manifest {
  return checked(manifestSchema, parseJson(bytes, 'the manifest'), 'the manifest');
}

/** @throws OciError `INVALID_DOCUMENT` */
export function parseIndex(bytes: Uint8Array): Index {
  return checked(indexSchema, parseJson(bytes, 'the index'), 'the index');
}

/** @throws OciError `INVALID_DOCUMENT` not UTF-8 or not JSON */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new OciError('INVALID_DOCUMENT', `${what} is not JSON in UTF-8`, { cause });
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new OciError('INVALID_DOCUMENT', `${what} is malformed: ${problemOf(parsed.error)}`);
  return parsed.data;
}

/**
 * What a manifest or index points at, in the order in which it must exist before it: config, layers, manifests; then nothing else,
 * since a `subject` may be absent. Other media types point at nothing.
 */
export function successors(mediaType: string, bytes: Uint8Array): readonly Descriptor[] {
  if (isManifestType(mediaType)) {
    const { config, layers } = parseManifest(bytes);
    return [config, ...layers];
  }
  return isIndexType(mediaType) ? parseIndex(bytes).manifests : [];
}

/**
 * The media type a manifest or index states or, where it states none, the one its members show; undefined for anything else.
 * Needed where the container keeps no media type (older transport archives).
 */
export function sniffMediaType(bytes: Uint8Array): string | undefined {
  try {
    const value = parseJson(bytes, 'the document');
    if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return undefined;
    if ('mediaType' in value && typeof value.mediaType === 'string') return isManifestLike(value.mediaType) ? value.mediaType : undefined;
    if ('manifests' in value && Array.isArray(value.manifests)) return MEDIA_TYPES.index;
    return 'config' in value && 'layers' in value ? MEDIA_TYPES.manifest : undefined;
  } catch {
    return undefined;
  }
}
