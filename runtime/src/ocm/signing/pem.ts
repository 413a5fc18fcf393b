import { SigningError } from './error.ts';

/** One block of RFC 7468 text, with RFC 1421 headers (`Name: value`) where the writer put them. */
export type PemBlock = {
  readonly label: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Buffer;
};

/** A chain of certificates and a signature fit many times over; more is refused before it is read. */
export const maxPemBytes = 1024 * 1024;

const beginning = '-----BEGIN ';
const ending = '-----END ';
const dashes = '-----';

/**
 * The blocks of a PEM text in order. Text between blocks is skipped, as every PEM reader does.
 * One pass over the lines.
 * @throws SigningError `PEM_TOO_LARGE` above 1 MiB; `PEM_MALFORMED` for a block without its end or with foreign characters
 */
export function readPem(text: string): readonly PemBlock[] {
  if (text.length > maxPemBytes) {
    throw new SigningError('PEM_TOO_LARGE', `pem text is longer than ${maxPemBytes} bytes`);
  }
  const lines = text.split('\n').map((line) => line.trimEnd());
  const blocks: PemBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    at += 1;
    if (!line.startsWith(beginning) || !line.endsWith(dashes)) continue;
    const label = line.slice(beginning.length, -dashes.length);
    const end = lines.indexOf(`${ending}${label}${dashes}`, at);
    if (end < 0) throw new SigningError('PEM_MALFORMED', `pem block ${blocks.length + 1} has no END line of its own label`);
    blocks.push(readBlock(label, lines.slice(at, end), blocks.length + 1));
    at = end + 1;
  }
  return blocks;
}

function readBlock(label: string, lines: readonly string[], number: number): PemBlock {
  const headers = new Map<string, string>();
  let at = 0;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const colon = line.indexOf(':');
    if (colon < 0) break;
    headers.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  const body = lines.slice(at).join('').replaceAll(' ', '');
  if (body.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(body)) {
    throw new SigningError('PEM_MALFORMED', `pem block ${number} is not base64`);
  }
  return { label, headers, bytes: Buffer.from(body, 'base64') };
}

/** One block as Go's `encoding/pem` prints it: headers sorted, an empty line, 64 characters a line, `\n` at the end. */
export function printPem(label: string, bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): string {
  const names = Object.keys(headers).sort();
  const head = names.length === 0 ? [] : [...names.map((name) => `${name}: ${headers[name]}`), ''];
  const body =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `${[`${beginning}${label}${dashes}`, ...head, ...body, `${ending}${label}${dashes}`].join('\n')}\n`;
}
