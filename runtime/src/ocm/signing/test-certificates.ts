import { createPrivateKey, createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Certificates made on the spot for tests of chains; RSA keys come from the vectors because making one takes long. */
export type CertificateRequest = {
  readonly name: string;
  readonly key: KeyObject;
  readonly issuer?: { readonly name: string; readonly key: KeyObject };
  readonly isAuthority?: boolean;
  readonly pathLength?: number;
  /** First byte of the key usage bit string: 0x80 signs, 0x04 signs certificates. */
  readonly keyUsage?: number;
  readonly purposes?: readonly string[];
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly sha1?: boolean;
  readonly extra?: { readonly oid: string; readonly isCritical: boolean };
};

export const vector = (path: string): string => readFileSync(new URL(`../../../../test/fixtures/ocm/${path}`, import.meta.url), 'utf8');
export const vectorKey = (name: string): KeyObject => createPrivateKey(vector(`keys/${name}.key`));

export function issueCertificate(request: CertificateRequest): X509Certificate {
  const issuer = request.issuer ?? request;
  const algorithm = seq(oid(request.sha1 === true ? '1.2.840.113549.1.1.5' : '1.2.840.113549.1.1.11'), tlv(0x05));
  const body = seq(
    tlv(0xa0, tlv(2, Buffer.from([2]))),
    tlv(2, Buffer.from([1])),
    algorithm,
    name(issuer.name),
    seq(time(request.notBefore ?? '20200101000000Z'), time(request.notAfter ?? '20400101000000Z')),
    name(request.name),
    createPublicKey(request.key).export({ format: 'der', type: 'spki' }),
    tlv(0xa3, seq(...extensions(request))),
  );
  const signature = sign(request.sha1 === true ? 'sha1' : 'sha256', body, issuer.key);
  return new X509Certificate(seq(body, algorithm, tlv(3, Buffer.concat([Buffer.from([0]), signature]))));
}

function extensions({ isAuthority, pathLength, keyUsage, purposes, extra }: CertificateRequest): readonly Buffer[] {
  const list: Buffer[] = [];
  if (isAuthority === true) {
    const length = pathLength === undefined ? [] : [tlv(2, Buffer.from([pathLength]))];
    list.push(extension('2.5.29.19', true, seq(tlv(1, Buffer.from([0xff])), ...length)));
  }
  if (keyUsage !== undefined) list.push(extension('2.5.29.15', true, tlv(3, Buffer.from([0, keyUsage]))));
  if (purposes !== undefined) list.push(extension('2.5.29.37', false, seq(...purposes.map(oid))));
  if (extra !== undefined) list.push(extension(extra.oid, extra.isCritical, seq()));
  return list;
}

const extension = (id: string, isCritical: boolean, value: Buffer): Buffer =>
  seq(oid(id), ...(isCritical ? [tlv(1, Buffer.from([0xff]))] : []), tlv(4, value));

const name = (text: string): Buffer => seq(tlv(0x31, seq(oid('2.5.4.3'), tlv(0x0c, Buffer.from(text)))));
const time = (text: string): Buffer => tlv(0x18, Buffer.from(text));
const seq = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts);

function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat([...parts]);
  const size = content.length;
  const head = size < 0x80 ? [tag, size] : size < 0x100 ? [tag, 0x81, size] : [tag, 0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const arcs = [40 * first + second, ...rest].map((arc) => {
    const bytes = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift((left & 0x7f) | 0x80);
    return Buffer.from(bytes);
  });
  return tlv(6, ...arcs);
}
