import { OcmError, quoted } from '../error.ts';

/** The normalisation algorithms of component digests, spelled as descriptors spell them. */
export const NORMALISATION_ALGORITHMS = [
  'jsonNormalisation/v1',
  'jsonNormalisation/v2',
  'jsonNormalisation/v3',
  'jsonNormalisation/v4alpha1',
] as const;
export type NormalisationAlgorithm = (typeof NORMALISATION_ALGORITHMS)[number];

/** Reads the name of a normalisation algorithm, exactly. Throws `NORMALISATION_UNSUPPORTED`. */
export function parseNormalisationAlgorithm(name: string): NormalisationAlgorithm {
  const found = NORMALISATION_ALGORITHMS.find((algorithm) => algorithm === name);
  if (found !== undefined) return found;
  throw new OcmError(
    'NORMALISATION_UNSUPPORTED',
    `normalisation algorithm ${quoted(name)} is not supported: use one of ${NORMALISATION_ALGORITHMS.join(', ')}`,
  );
}

/**
 * What of a descriptor takes part. `complete`: all that the specification names, as the older official tool normalises. `reduced`: what the
 * current official tool's data types keep: label versions and null members are dropped, labels of references are cut to name, value and
 * signing, an absent reference digest or relation is normalised as empty text.
 */
export type NormalisationForm = 'complete' | 'reduced';

/** The form that the tools which define an algorithm produce for it. */
export function nativeForm(algorithm: NormalisationAlgorithm): NormalisationForm {
  return algorithm === 'jsonNormalisation/v4alpha1' ? 'reduced' : 'complete';
}
