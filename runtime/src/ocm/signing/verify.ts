import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Certificate } from './certificate.ts';
import { validateChain } from './chain.ts';
import { type Digest, digestBytes, type Hash, hashByName, sameNormalisation } from './digest.ts';
import { printDistinguishedName } from './distinguished-name.ts';
import { type Check, SigningError, type SigningErrorCode, VerificationError, type VerificationErrorCode } from './error.ts';
import { checkIssuerClaim, checkPolicy, type IdentityPolicy } from './identity.ts';
import { certificateKey, type TrustMaterial, usableRsaKey } from './keys.ts';
import { type Scheme, verifyDigest } from './rsa.ts';
import { readSignatureValue, type Signature, type SignatureValue } from './specification.ts';

/** Everything a verification depends on beside the signature. No clock and no file is read behind the caller's back. */
export type VerificationInput = {
  /** The component version's digest, computed by the caller with the two algorithms the signature's digest names. */
  readonly computed: Digest;
  readonly trust: TrustMaterial;
  /** Anchors for PEM signatures when `trust` holds no root, for example `tls.getCACertificates('system')`. Default: none. */
  readonly roots?: readonly X509Certificate[];
  /** The moment at which certificates must be valid, milliseconds since 1970. */
  readonly nowMs: number;
  /** Who must have signed; without it any trusted signer is fine. */
  readonly policy?: IdentityPolicy;
};

/** Who made a genuine signature: the holder of the given key, or the subject of a certificate. */
export type Signer =
  | { readonly kind: 'key' }
  | { readonly kind: 'certificate'; readonly subject: string; readonly issuer: string; readonly notAfterMs: number };

export type Verified = { readonly verified: true; readonly scheme: Scheme; readonly hash: Hash['name']; readonly signer: Signer };

/** `failed` is the first check that said no; the ones before it passed. */
export type Refused = {
  readonly verified: false;
  readonly failed: Check;
  readonly code: VerificationErrorCode | SigningErrorCode;
  readonly message: string;
};

/**
 * Whether a signature covers the component version as it is now, is genuine, and was made by whom the policy names.
 * Pure but for the arithmetic; never throws for what the signature or the keys contain.
 */
export function verifySignature(signature: Signature, input: VerificationInput): Verified | Refused {
  try {
    return verify(signature, input);
  } catch (error) {
    if (error instanceof VerificationError) return { verified: false, failed: error.check, code: error.code, message: error.message };
    if (error instanceof SigningError) return { verified: false, failed: checkOf(error), code: error.code, message: error.message };
    throw error;
  }
}

function verify(signature: Signature, input: VerificationInput): Verified {
  checkNormalisation(signature.digest, input.computed);
  const { hash, digest } = checkDigest(signature.digest, input.computed);
  const value = readSignatureValue(signature.signature);
  const path = value.certificates.length === 0 ? [] : validateChain(value.certificates, chainTrust(input));
  const key = path[0] === undefined ? trustedKey(input.trust) : certificateKey(path[0].x509);
  checkBytes(value, key, hash, digest);
  checkIssuerClaim(signature.signature.issuer ?? '', path[0]);
  checkPolicy(input.policy ?? {}, path[0]);
  return { verified: true, scheme: value.scheme, hash: hash.name, signer: signerOf(path[0]) };
}

function checkNormalisation(signed: Digest, computed: Digest): void {
  if (sameNormalisation(signed.normalisationAlgorithm, computed.normalisationAlgorithm)) return;
  throw new VerificationError(
    'normalisation',
    'NORMALISATION_MISMATCH',
    'the digest was computed with another normalisation than the signature names; compute it with the one of the signature',
  );
}

function checkDigest(signed: Digest, computed: Digest): { readonly hash: Hash; readonly digest: Buffer } {
  const hash = hashByName(signed.hashAlgorithm);
  const digest = digestBytes(signed.value, hash);
  if (hashByName(computed.hashAlgorithm) === hash && digestBytes(computed.value, hash).equals(digest)) return { hash, digest };
  const message = `the signature covers digest ${short(signed.value)}, the component version has ${short(computed.value)}`;
  throw new VerificationError('digest', 'DIGEST_MISMATCH', message);
}

function trustedKey({ key }: TrustMaterial): KeyObject {
  if (key !== undefined) return usableRsaKey(key);
  throw new VerificationError('key', 'KEY_MISSING', 'a plain signature needs a public key: pass PUBLIC KEY or RSA PUBLIC KEY as pem');
}

function checkBytes({ scheme, bytes }: SignatureValue, key: KeyObject, hash: Hash, digest: Buffer): void {
  if (verifyDigest(scheme, key, hash, digest, bytes)) return;
  throw new VerificationError('signature', 'SIGNATURE_INVALID', `the ${scheme} signature does not verify with the given key`);
}

const chainTrust = ({ trust, roots = [], nowMs }: VerificationInput) => ({ configured: trust.certificates, roots, nowMs });

function signerOf(leaf: Certificate | undefined): Signer {
  if (leaf === undefined) return { kind: 'key' };
  const [subject, issuer] = [printDistinguishedName(leaf.subject), printDistinguishedName(leaf.issuer)];
  return { kind: 'certificate', subject, issuer, notAfterMs: leaf.notAfterMs };
}

function checkOf({ code }: SigningError): Check {
  if (code === 'HASH_UNSUPPORTED' || code === 'DIGEST_MALFORMED') return 'digest';
  return code.startsWith('KEY_') ? 'key' : 'signature';
}

const short = (value: string): string => `${value.slice(0, 12)}…`;
