import type { ByteStream } from '../content/bytes.ts';
import { OciError } from '../error.ts';
import { BlockReader } from './block-reader.ts';
import { maybeGunzip } from './gzip.ts';
import { type ArchiveLimits, DEFAULT_LIMITS, safePath } from './limits.ts';
import { BLOCK, damaged, parseHeader, parsePax, type TarHeader } from './tar-header.ts';

/** `path` is safe and normal, see `safePath`. `content` can be read once, before the next entry is asked for; what is unread is skipped. */
export type TarEntry = {
  readonly path: string;
  readonly type: 'file' | 'directory';
  readonly sizeBytes: number;
  readonly mode: number;
  readonly content: ByteStream;
};

const MAX_EXTENDED_BYTES = 1024 * 1024;

/**
 * The entries of a tar or gzipped tar (told apart by their first bytes), in order, without ever holding one in memory.
 * Formats: ustar, pax, GNU long names. Only files and folders: links and devices are refused, not skipped, because what follows them may
 * mean a different place. After the last entry the source is read to its end.
 * @throws OciError `INVALID_ARCHIVE` | `UNSAFE_PATH` | `LIMIT_EXCEEDED`, and whatever the source throws
 */
export async function* readTar(stream: ByteStream, limits: ArchiveLimits = DEFAULT_LIMITS): AsyncIterable<TarEntry> {
  const reader = new BlockReader(maybeGunzip(stream, limits));
  let entries = 0;
  try {
    for (let header = await nextHeader(reader); header !== undefined; header = await nextHeader(reader)) {
      entries += 1;
      checkLimits(header, entries, limits);
      const path = safePath(header.path);
      const type = typeOf(header, path);
      const sizeBytes = type === 'file' ? header.sizeBytes : 0;
      const body = new EntryBody(reader, sizeBytes);
      if (path !== '') yield { path, type, sizeBytes, mode: header.mode, content: body.content() };
      await body.finish();
    }
    await reader.drain();
  } finally {
    await reader.close();
  }
}

function checkLimits(header: TarHeader, entries: number, limits: ArchiveLimits): void {
  if (entries > limits.entries) throw new OciError('LIMIT_EXCEEDED', `the archive has more than ${limits.entries} entries`);
  if (header.sizeBytes > limits.entryBytes) {
    throw new OciError('LIMIT_EXCEEDED', `an entry states ${header.sizeBytes} bytes; at most ${limits.entryBytes} are read`);
  }
}

function typeOf(header: TarHeader, path: string): 'file' | 'directory' {
  if (header.type === '5' || ((header.type === '0' || header.type === '7') && header.path.endsWith('/'))) return 'directory';
  if (header.type === '0' || header.type === '7') {
    if (path === '') throw damaged('a file has no name');
    return 'file';
  }
  const shown = JSON.stringify(path.slice(0, 200));
  throw new OciError(
    'UNSAFE_PATH',
    `the entry ${shown} is a link or device (type "${header.type}"); archives may hold files and folders only`,
  );
}

/** The next real header, with pax and GNU extensions applied to it. */
async function nextHeader(reader: BlockReader): Promise<TarHeader | undefined> {
  let extended: ReadonlyMap<string, string> = new Map();
  let longName: string | undefined;
  for (;;) {
    const block = await reader.read(BLOCK);
    const header = block === undefined ? undefined : parseHeader(block);
    if (header === undefined) {
      if (longName !== undefined || extended.size > 0) throw damaged('an extended header describes nothing');
      return undefined;
    }
    if (header.type === 'x') extended = parsePax(await extension(reader, header));
    else if (header.type === 'g') await extension(reader, header);
    else if (header.type === 'L') longName = withoutNul(await extension(reader, header));
    else if (header.type === 'K') await extension(reader, header);
    else return apply(header, extended, longName);
  }
}

function apply(header: TarHeader, extended: ReadonlyMap<string, string>, longName: string | undefined): TarHeader {
  for (const key of extended.keys()) if (key.startsWith('GNU.sparse.')) throw damaged('sparse files are not supported');
  const size = extended.get('size');
  if (size !== undefined && !/^[0-9]{1,15}$/.test(size)) throw damaged('an extended size is not a number');
  return {
    ...header,
    path: extended.get('path') ?? longName ?? header.path,
    sizeBytes: size === undefined ? header.sizeBytes : Number(size),
  };
}

async function extension(reader: BlockReader, header: TarHeader): Promise<Uint8Array> {
  if (header.sizeBytes > MAX_EXTENDED_BYTES) throw new OciError('LIMIT_EXCEEDED', 'an extended header is larger than 1 MiB');
  const padded = await reader.read(Math.ceil(header.sizeBytes / BLOCK) * BLOCK);
  if (padded === undefined) throw damaged('it ends in an extended header');
  return padded.subarray(0, header.sizeBytes);
}

function withoutNul(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}

/** One entry's bytes and their padding; `finish` skips what the consumer left. */
class EntryBody {
  readonly #reader: BlockReader;
  readonly #size: number;
  #read = 0;
  #over = false;

  constructor(reader: BlockReader, size: number) {
    this.#reader = reader;
    this.#size = size;
  }

  async *content(): ByteStream {
    if (this.#over || this.#read > 0) throw new OciError('NOT_REPEATABLE', 'an archive entry can be read once, before the next one');
    for await (const part of this.#reader.stream(this.#size)) {
      this.#read += part.byteLength;
      yield part;
      if (this.#over) throw new OciError('NOT_REPEATABLE', 'an archive entry must be read before the next one is asked for');
    }
  }

  async finish(): Promise<void> {
    this.#over = true;
    const padded = Math.ceil(this.#size / BLOCK) * BLOCK;
    for await (const _ of this.#reader.stream(padded - this.#read));
  }
}
