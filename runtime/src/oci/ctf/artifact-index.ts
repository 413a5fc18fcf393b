import * as z from 'zod';
import { type Descriptor, digestSchema, problemOf } from '../content/descriptor.ts';
import type { Digest } from '../content/digest.ts';
import { parseJson } from '../content/manifest.ts';
import { OciError } from '../error.ts';

/** One line of `artifact-index.json`. Older tools write no media type; a line may lack its tag or its digest. */
export type IndexEntry = {
  readonly repository: string;
  readonly tag?: string | undefined;
  readonly digest?: Digest | undefined;
  readonly mediaType?: string | undefined;
};

const absent = (text: string | null | undefined) => (text === '' || text === null ? undefined : text);
const schema = z.object({
  schemaVersion: z.literal(1),
  artifacts: z
    .array(
      z.object({
        repository: z.string().max(1024),
        tag: z.string().max(256).nullish().transform(absent),
        digest: z
          .union([digestSchema, z.literal(''), z.null()])
          .optional()
          .transform(absent),
        mediaType: z.string().max(256).nullish().transform(absent),
      }),
    )
    .nullish()
    .transform((entries) => entries ?? []),
});

/** Members it does not know are dropped: other readers refuse them. An empty file is an empty index. @throws OciError `INVALID_DOCUMENT` */
export function parseArtifactIndex(bytes: Uint8Array): readonly IndexEntry[] {
  if (bytes.byteLength === 0) return [];
  const parsed = schema.safeParse(parseJson(bytes, 'artifact-index.json'));
  if (!parsed.success) throw new OciError('INVALID_DOCUMENT', `artifact-index.json is malformed: ${problemOf(parsed.error)}`);
  return parsed.data.artifacts as readonly IndexEntry[];
}

/** Sorted, with the members in the order the official tools write, so that equal content is equal bytes. */
export function formatArtifactIndex(entries: readonly IndexEntry[]): { schemaVersion: 1; artifacts: readonly IndexEntry[] } {
  const key = ({ repository, tag, digest }: IndexEntry) => `${repository}\u0000${tag ?? ''}\u0000${digest ?? ''}`;
  const artifacts = entries
    .map(({ repository, tag, digest, mediaType }) => ({
      repository,
      ...(tag === undefined ? {} : { tag }),
      ...(digest === undefined ? {} : { digest }),
      ...(mediaType === undefined ? {} : { mediaType }),
    }))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return { schemaVersion: 1, artifacts };
}

/** The index once a manifest is stored: an untagged line unless the repository has one with its digest. Pure. */
export function withManifest(entries: readonly IndexEntry[], repository: string, { digest, mediaType }: Descriptor): readonly IndexEntry[] {
  const known = entries.some((entry) => entry.repository === repository && entry.digest === digest);
  return known ? entries : [...entries, { repository, digest, mediaType }];
}

/**
 * The index once `tag` points at the manifest: an untagged line of the same digest is filled, a tag that pointed elsewhere moves and
 * leaves an untagged line behind. Pure.
 */
export function withArtifactTag(
  entries: readonly IndexEntry[],
  repository: string,
  target: Descriptor,
  tag: string,
): readonly IndexEntry[] {
  const { digest, mediaType } = target;
  const mine = (entry: IndexEntry) => entry.repository === repository;
  if (entries.some((entry) => mine(entry) && entry.tag === tag && entry.digest === digest)) return entries;
  const kept = entries.filter((entry) => !(mine(entry) && (entry.tag === tag || (entry.tag === undefined && entry.digest === digest))));
  const released = entries.filter((entry) => mine(entry) && entry.tag === tag && entry.digest !== undefined);
  const orphans = released
    .filter(({ digest: old }) => old !== digest && !kept.some((entry) => mine(entry) && entry.digest === old))
    .map(({ tag: _, ...entry }) => entry);
  return [...kept, ...orphans, { repository, tag, digest, mediaType }];
}
