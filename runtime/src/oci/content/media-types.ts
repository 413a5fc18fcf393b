/**
 * Media types of the image specification and the Docker ones that mean the same.
 * @see https://github.com/opencontainers/image-spec/blob/main/media-types.md
 */
export const MEDIA_TYPES = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  empty: 'application/vnd.oci.empty.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  octetStream: 'application/octet-stream',
} as const;

export const isManifestType = (mediaType: string): boolean =>
  mediaType === MEDIA_TYPES.manifest || mediaType === MEDIA_TYPES.dockerManifest;

export const isIndexType = (mediaType: string): boolean => mediaType === MEDIA_TYPES.index || mediaType === MEDIA_TYPES.dockerIndex;

/** Whether a registry keeps it behind its manifest end points rather than among the blobs. */
export const isManifestLike = (mediaType: string): boolean => isManifestType(mediaType) || isIndexType(mediaType);
