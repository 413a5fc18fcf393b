import type { Descriptor, Digest } from '../descriptor/model.ts';
import { hashHex, parseHashAlgorithm } from '../hash.ts';
import { type NormalisationAlgorithm, type NormalisationForm, nativeForm, parseNormalisationAlgorithm } from './algorithm.ts';
import { normalise } from './normalise.ts';

export interface DigestOptions {
  /** Default `jsonNormalisation/v4alpha1`. */
  readonly normalisationAlgorithm?: string;
  /** Default `SHA-256`. */
  readonly hashAlgorithm?: string;
  /** Default: the one of the algorithm's own tools. */
  readonly form?: NormalisationForm;
}

/** The digest of a component version; names are given in their current spelling. Throws `HASH_UNSUPPORTED`, `NORMALISATION_UNSUPPORTED`. */
export function componentDigest(descriptor: Descriptor, options: DigestOptions = {}): Digest {
  const normalisationAlgorithm = parseNormalisationAlgorithm(options.normalisationAlgorithm ?? 'jsonNormalisation/v4alpha1');
  const hashAlgorithm = parseHashAlgorithm(options.hashAlgorithm ?? 'SHA-256');
  const bytes = new TextEncoder().encode(normalise(descriptor, normalisationAlgorithm, options.form));
  return { hashAlgorithm, normalisationAlgorithm, value: hashHex(hashAlgorithm, bytes) };
}

/** Whether a digest belongs to a descriptor; `normalised` are the very bytes that were hashed, for what verifies a signature over them. */
export type DigestCheck =
  | { readonly matches: true; readonly form: NormalisationForm; readonly normalised: Uint8Array }
  | { readonly matches: false; readonly computed: Digest };

/**
 * Computes the digest anew with the algorithms that `claimed` names and compares. For `v3` and `v4alpha1` both forms are accepted, because
 * the official tools disagree about label versions and absent digests; either binds names, values, digests and references. Hex case does
 * not count. Throws for algorithms that are not supported.
 */
export function checkComponentDigest(descriptor: Descriptor, claimed: Digest): DigestCheck {
  const algorithm = parseNormalisationAlgorithm(claimed.normalisationAlgorithm);
  const hashAlgorithm = parseHashAlgorithm(claimed.hashAlgorithm);
  for (const form of formsOf(algorithm)) {
    const normalised = new TextEncoder().encode(normalise(descriptor, algorithm, form));
    if (hashHex(hashAlgorithm, normalised) === claimed.value.toLowerCase()) return { matches: true, form, normalised };
  }
  return { matches: false, computed: componentDigest(descriptor, { normalisationAlgorithm: algorithm, hashAlgorithm }) };
}

function formsOf(algorithm: NormalisationAlgorithm): readonly NormalisationForm[] {
  const native = nativeForm(algorithm);
  if (algorithm === 'jsonNormalisation/v1' || algorithm === 'jsonNormalisation/v2') return [native];
  return [native, native === 'complete' ? 'reduced' : 'complete'];
}
