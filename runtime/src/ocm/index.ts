/** The Open Component Model as a library: it knows nothing of Kubernetes. */

export * from './config/index.ts';
export * from './descriptor/index.ts';
export { OcmError, type OcmErrorCode } from './error.ts';
export { HASH_ALGORITHMS, type HashAlgorithm, hashHex, parseHashAlgorithm } from './hash.ts';
export * from './normalisation/index.ts';
export * from './signing/index.ts';
export * from './version/index.ts';
