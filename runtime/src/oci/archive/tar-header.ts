import { OciError } from '../error.ts';

export const BLOCK = 512;

/** One header block as it stands, before extended headers are applied. `type` is the type flag character, `0` for a plain file. */
export type TarHeader = { path: string; type: string; sizeBytes: number; mode: number; link: string };

/**
 * Reads a ustar, pax or GNU header block; undefined for a block of zeros, which ends the archive.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 * @throws OciError `INVALID_ARCHIVE` wrong checksum or a field that is no number
 */
export function parseHeader(block: Uint8Array): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
  if (number(block, 148, 8, 'checksum') !== sum) throw damaged('a header has a wrong checksum');
  const name = text(block, 0, 100);
  const isUstar = text(block, 257, 5) === 'ustar';
  const prefix = isUstar && block[262] === 0 ? text(block, 345, 155) : '';
  const type = block[156] === 0 ? '0' : String.fromCharCode(block[156] ?? 0x30);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    type,
    sizeBytes: number(block, 124, 12, 'size'),
    mode: number(block, 100, 8, 'mode'),
    link: text(block, 157, 100),
  };
}

function text(block: Uint8Array, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

/** Octal text, or base 256 when the first bit is set (GNU, for large sizes). */
function number(block: Uint8Array, start: number, length: number, what: string): number {
  const field = block.subarray(start, start + length);
  if (((field[0] ?? 0) & 0x80) !== 0) {
    let value = 0;
    for (const [at, byte] of field.entries()) value = value * 256 + (at === 0 ? byte & 0x7f : byte);
    if (!Number.isSafeInteger(value)) throw damaged(`a header's ${what} is out of range`);
    return value;
  }
  const digits = text(block, start, length).trim();
  if (digits === '') return 0;
  if (!/^[0-7]+$/.test(digits)) throw damaged(`a header's ${what} is not an octal number`);
  return Number.parseInt(digits, 8);
}

/**
 * The records of a pax extended header that matter here.
 * @throws OciError `INVALID_ARCHIVE`
 */
export function parsePax(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  let at = 0;
  while (at < bytes.byteLength) {
    const space = bytes.indexOf(0x20, at);
    const digits = space === -1 || space - at > 10 ? '' : new TextDecoder().decode(bytes.subarray(at, space));
    const length = /^[0-9]+$/.test(digits) ? Number(digits) : 0;
    const end = at + length;
    if (length < space - at + 3 || end > bytes.byteLength || bytes[end - 1] !== 0x0a) throw damaged('an extended header is malformed');
    const record = new TextDecoder().decode(bytes.subarray(space + 1, end - 1));
    const equals = record.indexOf('=');
    if (equals < 1) throw damaged('an extended header has a record without a key');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at = end;
  }
  return records;
}

export function damaged(message: string): OciError {
  return new OciError('INVALID_ARCHIVE', `the tar archive is damaged: ${message}`);
}
