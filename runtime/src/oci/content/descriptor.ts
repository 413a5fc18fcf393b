import * as z from 'zod';
import { OciError } from '../error.ts';
import { type Digest, type DigestAlgorithm, digestOf, toDigest } from './digest.ts';

/**
 * What points at content: its kind, its digest and its size in bytes (the specification calls the field `size`).
 * @see https://github.com/opencontainers/image-spec/blob/main/descriptor.md
 */
export type Descriptor = {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly artifactType?: string | undefined;
  readonly platform?: Readonly<Record<string, unknown>> | undefined;
  readonly urls?: readonly string[] | undefined;
  readonly data?: string | undefined;
};

export const digestSchema = z.string().transform((text, context): Digest => {
  const digest = toDigest(text);
  if (digest !== undefined) return digest;
  context.addIssue({ code: 'custom', message: 'is not a sha256 or sha512 digest' });
  return z.NEVER;
});

const text = z.string().max(4096);
const annotations = z.record(text, z.string()).nullish();

/** Unknown members are kept: a descriptor that is read and written again loses nothing. */
export const descriptorSchema = z
  .looseObject({
    mediaType: text.default(''),
    digest: digestSchema,
    size: z.int().min(0),
    annotations,
    artifactType: text.nullish(),
    platform: z.record(z.string(), z.unknown()).nullish(),
    urls: z.array(z.string()).nullish(),
    data: z.string().nullish(),
  })
  .transform((value): Descriptor => withoutNull(value) as Descriptor);

/** @throws OciError `INVALID_DESCRIPTOR` */
export function parseDescriptor(value: unknown): Descriptor {
  const parsed = descriptorSchema.safeParse(value);
  if (!parsed.success) throw new OciError('INVALID_DESCRIPTOR', `the value is not a descriptor: ${problemOf(parsed.error)}`);
  return parsed.data;
}

/** The descriptor of these bytes. */
export function describe(bytes: Uint8Array, mediaType: string, algorithm: DigestAlgorithm = 'sha256'): Descriptor {
  return { mediaType, digest: digestOf(bytes, algorithm), size: bytes.byteLength };
}

/** First problem of a schema check, with its place: `manifests.0.digest: is not …`. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'unknown problem' : `${issue.path.join('.') || 'document'}: ${issue.message}`.slice(0, 300);
}

/** Drops members that are null: the Go tools write some absent lists and maps that way. */
export function withoutNull<T extends Record<string, unknown>>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)) as T;
}
