import type { X509Certificate } from 'node:crypto';
import { quoted } from '../error.ts';
import type { Digest } from './digest.ts';
import { VerificationError } from './error.ts';
import { readCertificateBlocks } from './keys.ts';
import { readPem } from './pem.ts';
import { type Scheme, schemes } from './rsa.ts';

/** `signature` object of a descriptor's `signatures[]` entry (component descriptor v2). */
export type SignatureSpecification = {
  readonly algorithm: string;
  readonly value: string;
  readonly mediaType: string;
  readonly issuer?: string | undefined;
};

/** One entry of a descriptor's `signatures[]`. */
export type Signature = {
  readonly name: string;
  readonly digest: Digest;
  readonly signature: SignatureSpecification;
};

export const mediaType = {
  pss: 'application/vnd.ocm.signature.rsa.pss',
  pkcs1: 'application/vnd.ocm.signature.rsa',
  pem: 'application/x-pem-file',
} as const;

/** A signature value taken apart. `certificates` are those sent with it, leaf first; plain signatures have none. */
export type SignatureValue = {
  readonly scheme: Scheme;
  readonly bytes: Buffer;
  readonly certificates: readonly X509Certificate[];
};

export const algorithmHeader = 'Signature Algorithm';

/**
 * What a signature claims, selected by its media type, which for plain signatures alone decides the scheme: the name
 * `sigstore`, for one, stands for two incompatible formats in `algorithm`.
 * @throws VerificationError check `signature`: `MEDIA_TYPE_UNSUPPORTED`, `SIGNATURE_MALFORMED`, `ALGORITHM_MISMATCH`,
 *   `ALGORITHM_UNSUPPORTED`; SigningError for PEM that cannot be read
 */
export function readSignatureValue(specification: SignatureSpecification): SignatureValue {
  switch (specification.mediaType) {
    case mediaType.pss:
      return { scheme: 'RSASSA-PSS', bytes: hexBytes(specification.value), certificates: [] };
    case mediaType.pkcs1:
      return { scheme: 'RSASSA-PKCS1-V1_5', bytes: hexBytes(specification.value), certificates: [] };
    case mediaType.pem:
      return pemValue(specification);
    default:
      throw new VerificationError(
        'signature',
        'MEDIA_TYPE_UNSUPPORTED',
        `signature media type ${quoted(specification.mediaType)} is not supported; RSA signatures use ${Object.values(mediaType).join(', ')}`,
      );
  }
}

function pemValue({ algorithm, value }: SignatureSpecification): SignatureValue {
  const [first, ...rest] = readPem(value);
  if (first?.label !== 'SIGNATURE') throw malformedValue('pem signature does not begin with a SIGNATURE block');
  if (!rest.every(({ label }) => label === 'CERTIFICATE')) throw malformedValue('pem signature holds other blocks than certificates');
  const certificates = readCertificateBlocks(rest);
  if (certificates.length === 0) throw malformedValue('pem signature carries no certificate');
  return { scheme: pemScheme(algorithm, first.headers.get(algorithmHeader) ?? ''), bytes: first.bytes, certificates };
}

function pemScheme(declared: string, inside: string): Scheme {
  if (declared !== '' && inside !== '' && declared !== inside) {
    const message = `signature declares algorithm ${quoted(declared)}, its pem header says ${quoted(inside)}`;
    throw new VerificationError('signature', 'ALGORITHM_MISMATCH', message);
  }
  const name = inside === '' ? declared : inside;
  const scheme = schemes.find((candidate) => candidate === name);
  if (scheme !== undefined) return scheme;
  throw new VerificationError(
    'signature',
    'ALGORITHM_UNSUPPORTED',
    `signature algorithm ${quoted(name)} is not one of ${schemes.join(', ')}`,
  );
}

function hexBytes(value: string): Buffer {
  if (value.length === 0 || value.length > 8192 || value.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(value)) {
    throw malformedValue('plain signature is not hexadecimal digits of an RSA signature');
  }
  return Buffer.from(value, 'hex');
}

const malformedValue = (message: string) => new VerificationError('signature', 'SIGNATURE_MALFORMED', message);
