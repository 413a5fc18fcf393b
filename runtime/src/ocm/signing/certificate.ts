import type { X509Certificate } from 'node:crypto';
import { derElements, derOnly, derTag, oidText } from './der.ts';
import { type DistinguishedName, readDistinguishedName } from './distinguished-name.ts';
import { SigningError } from './error.ts';

/** What path validation asks of a certificate (RFC 5280 §4) and `X509Certificate` does not tell, or not in this form. */
export type Certificate = {
  readonly x509: X509Certificate;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** `basicConstraints` says CA. */
  readonly isAuthority: boolean;
  /** How many authorities may stand below this one; undefined is any number. */
  readonly pathLength: number | undefined;
  /** `keyUsage` bits, first one lowest (`digitalSignature` 1, `nonRepudiation` 2, … `keyCertSign` 32); undefined: unrestricted. */
  readonly keyUsage: number | undefined;
  /** OIDs of `extKeyUsage`; undefined: unrestricted. */
  readonly purposes: readonly string[] | undefined;
  /** OIDs of critical extensions this code does not process, and of name constraints in any case. */
  readonly unprocessed: readonly string[];
  /** Whether its own signature uses SHA-2 (or Ed25519); what is signed with SHA-1 or MD5 can be forged. */
  readonly isSoundlySigned: boolean;
};

export const keyUsageBit = { digitalSignature: 1, nonRepudiation: 2, keyCertSign: 32 } as const;
export const purpose = { any: '2.5.29.37.0', codeSigning: '1.3.6.1.5.5.7.3.3' } as const;

const extensionOid = { keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19', nameConstraints: '2.5.29.30', purposes: '2.5.29.37' } as const;
/** Harmless to path validation when critical: subject and authority key id, subject alternative name. */
const ignorable = new Set(['2.5.29.14', '2.5.29.35', '2.5.29.17']);
const processed: ReadonlySet<string> = new Set(Object.values(extensionOid));

const pssOid = '1.2.840.113549.1.1.10';
const sha2Oids = new Set(['2.16.840.1.101.3.4.2.1', '2.16.840.1.101.3.4.2.2', '2.16.840.1.101.3.4.2.3']);
/** SHA-256, -384 and -512 with RSA (PKCS #1) and with ECDSA, and Ed25519. */
const soundSignatures = new Set([
  ...['11', '12', '13'].map((arc) => `1.2.840.113549.1.1.${arc}`),
  ...['2', '3', '4'].map((arc) => `1.2.840.10045.4.3.${arc}`),
  '1.3.101.112',
]);

type Extension = { readonly oid: string; readonly isCritical: boolean; readonly value: Buffer };

/** @throws SigningError `CERTIFICATE_MALFORMED` */
export function readCertificate(x509: X509Certificate): Certificate {
  const [body, algorithm] = derElements(derOnly(x509.raw, derTag.sequence).content);
  if (body === undefined || algorithm === undefined) throw new SigningError('CERTIFICATE_MALFORMED', 'certificate has no body');
  const fields = derElements(body.content).filter(({ tag }) => tag !== 0xa0);
  const [, , issuer, , subject] = fields;
  if (issuer === undefined || subject === undefined) throw new SigningError('CERTIFICATE_MALFORMED', 'certificate has no subject');
  const extensions = readExtensions(fields.find(({ tag }) => tag === 0xa3)?.content);
  const extension = (oid: string) => extensions.find((candidate) => candidate.oid === oid)?.value;
  return {
    x509,
    subject: readDistinguishedName(subject.content),
    issuer: readDistinguishedName(issuer.content),
    notBeforeMs: moment(x509.validFromDate),
    notAfterMs: moment(x509.validToDate),
    ...basicConstraints(extension(extensionOid.basicConstraints)),
    keyUsage: keyUsage(extension(extensionOid.keyUsage)),
    purposes: purposes(extension(extensionOid.purposes)),
    unprocessed: extensions
      .filter(({ oid, isCritical }) => oid === extensionOid.nameConstraints || (isCritical && !processed.has(oid) && !ignorable.has(oid)))
      .map(({ oid }) => oid),
    isSoundlySigned: isSound(algorithm.content),
  };
}

/** A date OpenSSL could not read is NaN, which no comparison would ever object to. */
function moment(date: Date): number {
  const timeMs = date.getTime();
  if (Number.isNaN(timeMs)) throw new SigningError('CERTIFICATE_MALFORMED', 'certificate has a validity that is no date');
  return timeMs;
}

function readExtensions(explicit: Buffer | undefined): readonly Extension[] {
  if (explicit === undefined) return [];
  const extensions = derElements(derOnly(explicit, derTag.sequence).content).map(({ content }): Extension => {
    const parts = derElements(content);
    const oid = parts.find(({ tag }) => tag === derTag.oid)?.content ?? Buffer.alloc(0);
    const critical = parts.find(({ tag }) => tag === derTag.boolean)?.content[0] ?? 0;
    return {
      oid: oidText(oid),
      isCritical: critical !== 0,
      value: parts.find(({ tag }) => tag === derTag.octetString)?.content ?? Buffer.alloc(0),
    };
  });
  if (new Set(extensions.map(({ oid }) => oid)).size !== extensions.length) {
    throw new SigningError('CERTIFICATE_MALFORMED', 'certificate carries an extension twice');
  }
  return extensions;
}

function basicConstraints(value: Buffer | undefined): Pick<Certificate, 'isAuthority' | 'pathLength'> {
  if (value === undefined) return { isAuthority: false, pathLength: undefined };
  const parts = derElements(derOnly(value, derTag.sequence).content);
  const length = parts.find(({ tag }) => tag === derTag.integer)?.content;
  return {
    isAuthority: (parts.find(({ tag }) => tag === derTag.boolean)?.content[0] ?? 0) !== 0,
    pathLength: length === undefined ? undefined : length.length === 1 ? length.readUInt8() : 0xff,
  };
}

function keyUsage(value: Buffer | undefined): number | undefined {
  if (value === undefined) return undefined;
  const byte = derOnly(value, derTag.bitString).content[1] ?? 0;
  return Array.from({ length: 8 }, (_, bit) => ((byte >> (7 - bit)) & 1) << bit).reduce((sum, bit) => sum | bit, 0);
}

function purposes(value: Buffer | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : derElements(derOnly(value, derTag.sequence).content).map(({ content }) => oidText(content));
}

/** RSA-PSS names its hash in the parameters; without them it is SHA-1. */
function isSound(algorithm: Buffer): boolean {
  const [oid, parameters] = derElements(algorithm);
  const name = oidText(oid?.content ?? Buffer.alloc(0));
  if (name !== pssOid) return soundSignatures.has(name);
  const hash = derElements(parameters?.content ?? Buffer.alloc(0)).find(({ tag }) => tag === 0xa0);
  const hashOid = hash === undefined ? undefined : derElements(derOnly(hash.content, derTag.sequence).content)[0];
  return hashOid !== undefined && sha2Oids.has(oidText(hashOid.content));
}
