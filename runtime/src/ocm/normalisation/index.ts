export {
  NORMALISATION_ALGORITHMS,
  type NormalisationAlgorithm,
  type NormalisationForm,
  nativeForm,
  parseNormalisationAlgorithm,
} from './algorithm.ts';
export { checkComponentDigest, componentDigest, type DigestCheck, type DigestOptions } from './digest.ts';
export { digestibleFindings, EXCLUDED_DIGEST, isSafelyDigestible } from './digestible.ts';
export { canonicalJson } from './jcs.ts';
export { normalise } from './normalise.ts';
