import type { Descriptor } from '../content/descriptor.ts';
import { algorithmOf, type Digest, hexOf } from '../content/digest.ts';
import { type Index, type Manifest, parseIndex } from '../content/manifest.ts';
import { isIndexType, MEDIA_TYPES } from '../content/media-types.ts';
import { isOciError, OciError } from '../error.ts';
import type { RegistryClient } from './client.ts';
import type { Manifests } from './manifests.ts';
import { pullScope } from './scope.ts';
import { pages } from './tags.ts';

/**
 * Where registries without the referrers API keep the list: a tag made of the subject's digest.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
 */
export function fallbackTag(subject: Digest): string {
  return `${algorithmOf(subject)}-${hexOf(subject).slice(0, 64)}`;
}

/**
 * Manifests that refer to a subject: the referrers API, or the fallback tag where the registry knows no such end point (404).
 * Filtered here as well, since registries need not do it.
 */
export async function* listReferrers(
  client: RegistryClient,
  manifests: Manifests,
  repository: string,
  subject: Digest,
  artifactType: string | undefined,
): AsyncIterable<Descriptor> {
  const query = artifactType === undefined ? '' : `?artifactType=${encodeURIComponent(artifactType)}`;
  const what = `referrers of ${subject} in ${repository}`;
  const url = `/v2/${repository}/referrers/${subject}${query}`;
  const keep = (found: Descriptor) => artifactType === undefined || found.artifactType === artifactType;
  try {
    for await (const { document } of pages(client, {
      url,
      scopes: [pullScope(repository)],
      what,
      headers: { accept: MEDIA_TYPES.index },
    })) {
      yield* parseIndex(Buffer.from(JSON.stringify(document))).manifests.filter(keep);
    }
  } catch (error) {
    if (!isOciError(error, 'NOT_FOUND')) throw error;
    yield* (await fallbackIndex(manifests, subject)).manifests.filter(keep);
  }
}

/**
 * Enters a referrer in the fallback tag's index, for registries that did not answer its push with `OCI-Subject`.
 * Read, changed and written: two writers at the same moment may lose one entry, as the specification accepts.
 */
export async function recordReferrer(manifests: Manifests, referrer: Descriptor, document: Manifest | Index): Promise<void> {
  if (document.subject === undefined) return;
  const subject = document.subject.digest;
  const index = await fallbackIndex(manifests, subject);
  if (index.manifests.some(({ digest }) => digest === referrer.digest)) return;
  const artifactType = document.artifactType ?? ('config' in document ? document.config.mediaType : undefined);
  const entry = { ...referrer, ...(artifactType && { artifactType }), ...(document.annotations && { annotations: document.annotations }) };
  const bytes = Buffer.from(JSON.stringify({ ...index, manifests: [...index.manifests, entry] }));
  await manifests.put(fallbackTag(subject), MEDIA_TYPES.index, bytes);
}

async function fallbackIndex(manifests: Manifests, subject: Digest): Promise<Index> {
  try {
    const { descriptor, bytes } = await manifests.get(fallbackTag(subject));
    if (!isIndexType(descriptor.mediaType)) throw new OciError('PROTOCOL', `the tag ${fallbackTag(subject)} holds no index of referrers`);
    return parseIndex(bytes);
  } catch (error) {
    if (isOciError(error, 'NOT_FOUND')) return { schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests: [] };
    throw error;
  }
}
