import type { KeyObject, X509Certificate } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import { type Digest, digestBytes, hashByName } from './digest.ts';
import { SigningError } from './error.ts';
import { usableRsaKey } from './keys.ts';
import { printPem } from './pem.ts';
import { type Scheme, signDigest } from './rsa.ts';
import { algorithmHeader, mediaType, type SignatureSpecification } from './specification.ts';

/** How to sign. With `certificates` (leaf first, no root) the value is PEM and carries them, else plain hex. */
export type SigningInput = {
  readonly scheme: Scheme;
  readonly key: KeyObject;
  readonly certificates?: readonly X509Certificate[];
};

/**
 * The `signature` object for a component version's digest, in the form the official tools write: no `issuer`, lower-case hex,
 * PEM with the algorithm header. PKCS #1 signatures are reproducible, PSS ones carry a random salt.
 * @throws SigningError `HASH_UNSUPPORTED`, `DIGEST_MALFORMED`, `KEY_UNSUPPORTED` (not a private RSA key),
 *   `CERTIFICATE_MISMATCH` when the first certificate belongs to another key
 */
export function signComponentDigest(digest: Digest, { scheme, key, certificates = [] }: SigningInput): SignatureSpecification {
  const hash = hashByName(digest.hashAlgorithm);
  if (key.type !== 'private') throw new SigningError('KEY_UNSUPPORTED', 'signing needs a private key');
  checkLeaf(key, certificates[0]);
  const bytes = signDigest(scheme, usableRsaKey(key), hash, digestBytes(digest.value, hash));
  if (certificates.length === 0) {
    return { algorithm: scheme, value: bytes.toString('hex'), mediaType: scheme === 'RSASSA-PSS' ? mediaType.pss : mediaType.pkcs1 };
  }
  const blocks = [
    printPem('SIGNATURE', bytes, { [algorithmHeader]: scheme }),
    ...certificates.map(({ raw }) => printPem('CERTIFICATE', raw)),
  ];
  return { algorithm: scheme, value: blocks.join(''), mediaType: mediaType.pem };
}

function checkLeaf(key: KeyObject, leaf: X509Certificate | undefined): void {
  if (leaf === undefined || leaf.publicKey.equals(createPublicKey(key))) return;
  throw new SigningError('CERTIFICATE_MISMATCH', 'the first certificate is not that of the private key; put the leaf first');
}
