import { createHash, type Hash } from 'node:crypto';
import { OciError } from '../error.ts';

/** Algorithms of the image specification's registry that this library computes. */
export type DigestAlgorithm = 'sha256' | 'sha512';

/**
 * `<algorithm>:<lower-case hex>`, checked: only `parseDigest` and `digestOf` make one.
 * @see https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests
 */
export type Digest = `${DigestAlgorithm}:${string}`;

const HEX_LENGTH: Record<DigestAlgorithm, number> = { sha256: 64, sha512: 128 };
const LOWER_HEX = /^[0-9a-f]*$/;

/** The text as a digest, or undefined when it is none (other algorithm, wrong length, upper case). */
export function toDigest(text: string): Digest | undefined {
  const colon = text.indexOf(':');
  const algorithm = text.slice(0, Math.max(colon, 0));
  if (algorithm !== 'sha256' && algorithm !== 'sha512') return undefined;
  const hex = text.slice(colon + 1);
  return hex.length === HEX_LENGTH[algorithm] && LOWER_HEX.test(hex) ? `${algorithm}:${hex}` : undefined;
}

/** @throws OciError `INVALID_DIGEST` */
export function parseDigest(text: string): Digest {
  const digest = toDigest(text);
  if (digest === undefined) {
    throw new OciError('INVALID_DIGEST', `"${text.slice(0, 150)}" is not a digest; write sha256: or sha512: and lower-case hex`);
  }
  return digest;
}

export function algorithmOf(digest: Digest): DigestAlgorithm {
  return digest.startsWith('sha256:') ? 'sha256' : 'sha512';
}

/** The hex part, without the algorithm. */
export function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}

export function digestOf(bytes: Uint8Array | string, algorithm: DigestAlgorithm = 'sha256'): Digest {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** A running hash of the digest's algorithm. */
export function hasherOf(digest: Digest): Hash {
  return createHash(algorithmOf(digest));
}
