import type { ByteStream, Content } from '../content/bytes.ts';
import { OciError } from '../error.ts';
import { safePath } from './limits.ts';
import { BLOCK } from './tar-header.ts';

/** A file or, with `content` absent, a folder. `sizeBytes` must be exact. */
export type TarSource = { readonly path: string; readonly sizeBytes?: number; readonly content?: Content; readonly mode?: number };

const MAX_OCTAL_SIZE = 0o77777777777;
const encoder = new TextEncoder();

/**
 * A tar that depends on nothing but its entries and their order: time 0, owner 0, no names of owners, mode 0644 or 0755 unless given.
 * ustar; a pax header is added only for what ustar cannot say (long or non-ASCII paths, sizes from 8 GiB).
 * @throws OciError `UNSAFE_PATH`; `TRUNCATED` | `OVERSIZED` when content is not as long as stated
 */
export async function* writeTar(entries: Iterable<TarSource> | AsyncIterable<TarSource>): ByteStream {
  for await (const entry of entries) {
    const size = entry.content === undefined ? 0 : (entry.sizeBytes ?? 0);
    yield headersOf(entry, size);
    if (entry.content === undefined) continue;
    yield* exactly(size, entry.content.open(), entry.path);
    const padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (padding > 0) yield Buffer.alloc(padding);
  }
  yield Buffer.alloc(2 * BLOCK);
}

async function* exactly(size: number, stream: ByteStream, path: string): ByteStream {
  let seen = 0;
  for await (const chunk of stream) {
    seen += chunk.byteLength;
    if (seen > size) throw new OciError('OVERSIZED', `"${path}" has more than its ${size} bytes`);
    yield chunk;
  }
  if (seen < size) throw new OciError('TRUNCATED', `"${path}" ended after ${seen} of ${size} bytes`);
}

function headersOf({ path, content, mode }: TarSource, size: number): Uint8Array {
  const name = `${safePath(path)}${content === undefined ? '/' : ''}`;
  const type = content === undefined ? '5' : '0';
  const short = header(name, type, size, mode ?? (content === undefined ? 0o755 : 0o644));
  const records = [...(fits(name) ? [] : [pax('path', name)]), ...(size > MAX_OCTAL_SIZE ? [pax('size', String(size))] : [])];
  if (records.length === 0) return short;
  const body = Buffer.concat(records);
  const padding = Buffer.alloc((BLOCK - (body.byteLength % BLOCK)) % BLOCK);
  return Buffer.concat([header('PaxHeaders/entry', 'x', body.byteLength, 0o644), body, padding, short]);
}

function fits(name: string): boolean {
  return isAscii(name) && name.length <= 100;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7e) return false;
  return true;
}

/** `<length> key=value\n`, where the length counts itself. */
function pax(key: string, value: string): Uint8Array {
  const rest = encoder.encode(` ${key}=${value}\n`);
  let length = rest.byteLength;
  while (length !== rest.byteLength + String(length).length) length = rest.byteLength + String(length).length;
  return Buffer.concat([encoder.encode(String(length)), rest]);
}

function header(name: string, type: string, size: number, mode: number): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  block.set(encoder.encode(isAscii(name) ? name : 'entry').subarray(0, 100), 0);
  octal(block, mode, 100, 8);
  octal(block, 0, 108, 8);
  octal(block, 0, 116, 8);
  octal(block, Math.min(size, MAX_OCTAL_SIZE), 124, 12);
  octal(block, 0, 136, 12);
  block.fill(0x20, 148, 156);
  block.write(type, 156, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  octal(block, 0, 329, 8);
  octal(block, 0, 337, 8);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function octal(block: Buffer, value: number, start: number, length: number): void {
  block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, start, 'latin1');
}
