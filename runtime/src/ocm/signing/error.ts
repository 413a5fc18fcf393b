export type SigningErrorCode =
  | 'HASH_UNSUPPORTED'
  | 'DIGEST_MALFORMED'
  | 'PEM_MALFORMED'
  | 'PEM_TOO_LARGE'
  | 'KEY_MISSING'
  | 'KEY_UNSUPPORTED'
  | 'CERTIFICATE_MALFORMED'
  | 'CERTIFICATE_MISMATCH'
  | 'ALGORITHM_UNSUPPORTED';

/** What is wrong with a key, a certificate or a digest somebody handed in. Never carries key material; `code` is stable. */
export class SigningError extends Error {
  readonly code: SigningErrorCode;

  constructor(code: SigningErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SigningError';
    this.code = code;
  }
}

/**
 * The step of a verification that said no, in the order in which the steps are taken:
 * - `normalisation`, `digest`: the signature speaks about other bytes than the component version has now;
 * - `signature`: its form is unknown or malformed, or its bytes do not verify under the key;
 * - `key`: there is no usable key to verify it with;
 * - `chain`: its certificates do not lead to a trusted root at the given time;
 * - `identity`: genuine, but made by somebody else than asked for.
 */
export type Check = 'normalisation' | 'digest' | 'signature' | 'key' | 'chain' | 'identity';

export type VerificationErrorCode =
  | 'NORMALISATION_MISMATCH'
  | 'HASH_UNSUPPORTED'
  | 'DIGEST_MALFORMED'
  | 'DIGEST_MISMATCH'
  | 'MEDIA_TYPE_UNSUPPORTED'
  | 'ALGORITHM_MISMATCH'
  | 'ALGORITHM_UNSUPPORTED'
  | 'SIGNATURE_MALFORMED'
  | 'SIGNATURE_INVALID'
  | 'KEY_MISSING'
  | 'KEY_UNSUPPORTED'
  | 'CHAIN_EMBEDS_ROOT'
  | 'CHAIN_NO_ANCHOR'
  | 'CHAIN_UNTRUSTED'
  | 'CHAIN_TOO_LONG'
  | 'ISSUER_MISMATCH'
  | 'SIGNER_MISMATCH';

/** A signature that does not hold: `check` names the failed step, `code` the reason. */
export class VerificationError extends Error {
  readonly check: Check;
  readonly code: VerificationErrorCode;

  constructor(check: Check, code: VerificationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VerificationError';
    this.check = check;
    this.code = code;
  }
}
