import { createHash } from 'node:crypto';
import { OcmError, quoted } from './error.ts';

/** The hash functions of component digests, spelled as descriptors spell them. */
export const HASH_ALGORITHMS = ['SHA-256', 'SHA-384', 'SHA-512'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

const NODE_NAMES: Readonly<Record<HashAlgorithm, string>> = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };

/** Reads a hash name; old descriptors write `sha256` and `sha512`, any case and a missing dash are understood. Throws `HASH_UNSUPPORTED`. */
export function parseHashAlgorithm(name: string): HashAlgorithm {
  const wanted = name.toUpperCase().replace('-', '');
  const found = HASH_ALGORITHMS.find((algorithm) => algorithm.replace('-', '') === wanted);
  if (found !== undefined) return found;
  throw new OcmError('HASH_UNSUPPORTED', `hash algorithm ${quoted(name)} is not supported: use one of ${HASH_ALGORITHMS.join(', ')}`);
}

/** The hash of `bytes` as lower-case hex. The only place of descriptor and digest code that needs Node; a browser build replaces it. */
export function hashHex(algorithm: HashAlgorithm, bytes: Uint8Array): string {
  return createHash(NODE_NAMES[algorithm]).update(bytes).digest('hex');
}
