import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { SigningError } from './error.ts';
import { type PemBlock, readPem } from './pem.ts';

/**
 * What a verifier trusts, as read from one PEM text.
 * `key` verifies plain signatures; `certificates` (in the order of the text) are where chains of PEM signatures may end.
 */
export type TrustMaterial = {
  readonly key: KeyObject | undefined;
  readonly certificates: readonly X509Certificate[];
};

/** RSA keys below are breakable, and Go's `crypto/rsa` refuses them; above, one signature costs seconds. */
const modulusBits = { least: 1024, most: 16_384 };
const maxCertificates = 32;

/**
 * Trust from PEM text: `PUBLIC KEY` (SPKI), `RSA PUBLIC KEY` (PKCS #1), `CERTIFICATE`, and the private forms, from which the
 * public half is taken. The first RSA key wins; a certificate counts as its key too.
 * @throws SigningError `KEY_MISSING` when nothing usable is in the text; `KEY_UNSUPPORTED`, `CERTIFICATE_MALFORMED`, `PEM_*`
 */
export function readTrust(pem: string): TrustMaterial {
  const blocks = readPem(pem);
  const certificates = readCertificateBlocks(blocks);
  const key = firstRsaKey(blocks);
  if (key === undefined && certificates.length === 0) {
    throw new SigningError('KEY_MISSING', 'no key or certificate in the pem text: expected PUBLIC KEY, RSA PUBLIC KEY or CERTIFICATE');
  }
  return { key, certificates };
}

/** The certificates of a PEM text in order. @throws SigningError `CERTIFICATE_MALFORMED`, `PEM_*` */
export const readCertificates = (pem: string): readonly X509Certificate[] => readCertificateBlocks(readPem(pem));

/**
 * The RSA private key of a PEM text: `PRIVATE KEY` (PKCS #8) or `RSA PRIVATE KEY` (PKCS #1), not encrypted.
 * @throws SigningError `KEY_MISSING`, `KEY_UNSUPPORTED`, `PEM_*`
 */
export function readPrivateKey(pem: string): KeyObject {
  for (const block of readPem(pem)) {
    const key = privateKey(block);
    if (key?.asymmetricKeyType === 'rsa') return usableRsaKey(key);
  }
  throw new SigningError('KEY_MISSING', 'no RSA private key in the pem text: expected PRIVATE KEY or RSA PRIVATE KEY, not encrypted');
}

/**
 * The key itself when it can be trusted to mean something.
 * @throws SigningError `KEY_UNSUPPORTED` for another algorithm, a modulus outside 1024…16384 bits, or an exponent below 3
 */
export function usableRsaKey(key: KeyObject): KeyObject {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== 'rsa') throw new SigningError('KEY_UNSUPPORTED', 'key is not an RSA key');
  if (modulusLength < modulusBits.least || modulusLength > modulusBits.most) {
    const range = `${modulusBits.least} to ${modulusBits.most}`;
    throw new SigningError('KEY_UNSUPPORTED', `RSA key has ${modulusLength} bits; use one of ${range} bits`);
  }
  if (publicExponent < 3n || publicExponent % 2n === 0n) {
    throw new SigningError('KEY_UNSUPPORTED', 'RSA key has a public exponent that is even or below 3');
  }
  return key;
}

/** @throws SigningError `CERTIFICATE_MALFORMED`, also for more than 32 of them */
export function readCertificateBlocks(blocks: readonly PemBlock[]): readonly X509Certificate[] {
  const wanted = blocks.filter(({ label }) => label === 'CERTIFICATE');
  if (wanted.length > maxCertificates) {
    throw new SigningError('CERTIFICATE_MALFORMED', `pem text holds ${wanted.length} certificates; at most ${maxCertificates} are read`);
  }
  return wanted.map(({ bytes }, index) => {
    const certificate = attempt(() => new X509Certificate(bytes));
    if (certificate === undefined) throw new SigningError('CERTIFICATE_MALFORMED', `certificate ${index + 1} of the pem text is not X.509`);
    return certificate;
  });
}

/** The RSA key a certificate is about. @throws SigningError `KEY_UNSUPPORTED` */
export function certificateKey(certificate: X509Certificate): KeyObject {
  const key = attempt(() => certificate.publicKey);
  if (key === undefined) throw new SigningError('KEY_UNSUPPORTED', 'certificate holds a key of an unknown kind');
  return usableRsaKey(key);
}

function firstRsaKey(blocks: readonly PemBlock[]): KeyObject | undefined {
  for (const block of blocks) {
    const key = publicKey(block);
    if (key?.asymmetricKeyType === 'rsa') return usableRsaKey(key);
  }
  return undefined;
}

function publicKey(block: PemBlock): KeyObject | undefined {
  const { label, bytes } = block;
  if (label === 'PUBLIC KEY') return attempt(() => createPublicKey({ key: bytes, format: 'der', type: 'spki' }));
  if (label === 'RSA PUBLIC KEY') return attempt(() => createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' }));
  if (label === 'CERTIFICATE') return attempt(() => new X509Certificate(bytes).publicKey);
  const secret = privateKey(block);
  return secret === undefined ? undefined : attempt(() => createPublicKey(secret));
}

function privateKey({ label, bytes }: PemBlock): KeyObject | undefined {
  if (label === 'PRIVATE KEY') return attempt(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' }));
  if (label === 'RSA PRIVATE KEY') return attempt(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs1' }));
  return undefined;
}

/** Undefined instead of OpenSSL's exception: its text may quote the input. */
function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
