import { SigningError } from './error.ts';

/** One element of DER: its tag byte and its content. */
export type DerElement = { readonly tag: number; readonly content: Buffer };

export const derTag = { boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, sequence: 0x30, set: 0x31 } as const;

const malformed = () => new SigningError('CERTIFICATE_MALFORMED', 'certificate is not well-formed DER');

/**
 * The elements that stand side by side in `bytes` (X.690, single-byte tags, definite lengths up to 4 bytes).
 * @throws SigningError `CERTIFICATE_MALFORMED` when an element reaches beyond the end
 */
export function derElements(bytes: Buffer): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined || (tag & 0x1f) === 0x1f) throw malformed();
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + lengthBytes;
    if ((first >= 0x80 && (lengthBytes === 0 || lengthBytes > 4)) || start > bytes.length) throw malformed();
    const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
    if (start + length > bytes.length) throw malformed();
    elements.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return elements;
}

/** The first element, which must carry `tag`. @throws SigningError `CERTIFICATE_MALFORMED` */
export function derOnly(bytes: Buffer, tag: number): DerElement {
  const [element] = derElements(bytes);
  if (element === undefined || element.tag !== tag) throw malformed();
  return element;
}

/** Dotted text of an OBJECT IDENTIFIER's content (X.690 §8.19). */
export function oidText(content: Buffer): string {
  const arcs: bigint[] = [];
  let value = 0n;
  for (const byte of content.subarray(0, 64)) {
    value = (value << 7n) | BigInt(byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    arcs.push(value);
    value = 0n;
  }
  const [first = 0n, ...rest] = arcs;
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n;
  return [root, first - 40n * root, ...rest].join('.');
}
