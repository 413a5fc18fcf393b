import { derElements, oidText } from './der.ts';

/** Attributes of a name, `oid=value`, most specific first as RFC 2253 writes them. Compare with `sameName`. */
export type DistinguishedName = readonly string[];

/** RFC 4519 and PKCS #9 short names; `SN` is the serial number here because OCM's Go library reads it so. */
const attributeOids: Readonly<Record<string, string>> = {
  c: '2.5.4.6',
  cn: '2.5.4.3',
  dc: '0.9.2342.19200300.100.1.25',
  emailaddress: '1.2.840.113549.1.9.1',
  l: '2.5.4.7',
  o: '2.5.4.10',
  ou: '2.5.4.11',
  postalcode: '2.5.4.17',
  serialnumber: '2.5.4.5',
  sn: '2.5.4.5',
  st: '2.5.4.8',
  street: '2.5.4.9',
  uid: '0.9.2342.19200300.100.1.1',
};

/**
 * A name as people and OCM signatures write it (RFC 2253: `CN=signer,O=acme.org`, `\` escapes, `+` joins, dotted OIDs).
 * Text in which no attribute is found is a common name, as in the `issuer` of old signatures.
 * @returns undefined for the empty text, and when an attribute is unknown: such a name matches nothing
 */
export function parseDistinguishedName(text: string): DistinguishedName | undefined {
  if (text.trim() === '') return undefined;
  const parts = splitUnescaped(text);
  if (!parts.some((part) => part.includes('='))) return [`${attributeOids.cn}=${text.trim()}`];
  const attributes: string[] = [];
  for (const part of parts) {
    const equals = part.indexOf('=');
    const oid = attributeOid(part.slice(0, Math.max(equals, 0)).trim());
    const value = unescapeValue(part.slice(equals + 1));
    if (oid === undefined || value === undefined) return undefined;
    attributes.push(`${oid}=${value}`);
  }
  return attributes;
}

/** The name inside a certificate, from the content of its DER `Name`. @throws SigningError `CERTIFICATE_MALFORMED` */
export function readDistinguishedName(name: Buffer): DistinguishedName {
  return derElements(name)
    .flatMap((set) => derElements(set.content))
    .map((pair) => {
      const [type, value] = derElements(pair.content);
      return `${oidText(type?.content ?? Buffer.alloc(0))}=${directoryString(value?.tag ?? 0, value?.content ?? Buffer.alloc(0))}`;
    })
    .reverse();
}

/** Whether two names have the same attributes with the same values, in any order. */
export function sameName(a: DistinguishedName | undefined, b: DistinguishedName): boolean {
  if (a === undefined || a.length !== b.length) return false;
  const [left, right] = [[...a].sort(), [...b].sort()];
  return left.every((attribute, at) => attribute === right[at]);
}

/** RFC 2253 text of a name, for messages and tables. */
export function printDistinguishedName(name: DistinguishedName): string {
  const short = (oid: string) =>
    Object.keys(attributeOids)
      .find((key) => attributeOids[key] === oid)
      ?.toUpperCase() ?? oid;
  return name
    .map((attribute) => {
      const equals = attribute.indexOf('=');
      return `${short(attribute.slice(0, equals))}=${attribute.slice(equals + 1).replace(/[\\,+"<>;=#]/g, '\\$&')}`;
    })
    .join(',');
}

function attributeOid(name: string): string | undefined {
  const key = name.toLowerCase();
  if (Object.hasOwn(attributeOids, key)) return attributeOids[key];
  return name.includes('.') && /^[0-9.]+$/.test(name) ? name : undefined;
}

function splitUnescaped(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let insideQuotes = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '"') insideQuotes = !insideQuotes;
    else if (!insideQuotes && (character === ',' || character === '+' || character === ';')) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function unescapeValue(raw: string): string | undefined {
  const trimmed = raw.trim();
  const value = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed;
  const bytes: Buffer[] = [];
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] !== '\\') {
      const character = String.fromCodePoint(value.codePointAt(at) ?? 0);
      bytes.push(Buffer.from(character));
      at += character.length - 1;
      continue;
    }
    const pair = value.slice(at + 1, at + 3);
    const isHex = pair.length === 2 && /^[0-9a-fA-F]*$/.test(pair);
    if (at + 1 >= value.length) return undefined;
    bytes.push(isHex ? Buffer.from(pair, 'hex') : Buffer.from(value[at + 1] ?? ''));
    at += isHex ? 2 : 1;
  }
  return Buffer.concat(bytes).toString('utf8');
}

/** X.520 DirectoryString: BMPString and UniversalString are big-endian, T61String is read as Latin-1, the rest is UTF-8. */
function directoryString(tag: number, content: Buffer): string {
  if (tag === 0x1e) return content.length % 2 === 0 ? Buffer.from(content).swap16().toString('utf16le') : content.toString('hex');
  if (tag === 0x1c) return content.toString('hex');
  return content.toString(tag === 0x14 ? 'latin1' : 'utf8');
}
