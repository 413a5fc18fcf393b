import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractTar } from '../archive/extract.ts';
import { gzip } from '../archive/gzip.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from '../archive/limits.ts';
import { type TarSource, writeTar } from '../archive/write-tar.ts';
import { BlobDirectory, flatNaming, writeFileAtomically } from '../content/blob-directory.ts';
import { fromFile } from '../content/bytes.ts';
import { ChangeQueue, readSmallFile, writeJsonFile } from '../content/json-file.ts';
import { OciError } from '../error.ts';
import { formatArtifactIndex, type IndexEntry, parseArtifactIndex } from './artifact-index.ts';
import { CtfRepository, type CtfState } from './ctf-repository.ts';

const INDEX_FILE = 'artifact-index.json';
const BLOB_FOLDER = 'blobs';

export type CtfFormat = 'directory' | 'tar' | 'tgz';

/** `read` and `write` need an archive that exists; `create` makes a new one where there is none and opens it for writing otherwise. */
export type CtfOptions = {
  readonly mode?: 'read' | 'write' | 'create';
  /** Of a new archive; otherwise its name decides: `.tar`, `.tgz` or `.tar.gz`, else a folder. */
  readonly format?: CtfFormat;
  readonly limits?: ArchiveLimits;
  /** Where archives are unpacked; the system's place for temporary files when absent. */
  readonly temporaryFolder?: string;
};

/**
 * An archive in the Common Transport Format: a folder, or a tar or gzipped tar of one, with many repositories.
 * Archives are unpacked into a temporary folder; what was written to one reaches its file with `save`. Folders are written at once.
 * One process may write at a time. `close` (or `await using`) removes the temporary folder.
 */
export class Ctf implements AsyncDisposable {
  readonly format: CtfFormat;
  readonly #path: string;
  readonly #folder: string;
  readonly #state: CtfState;
  readonly #changes = new ChangeQueue();
  readonly #writable: boolean;
  #entries: readonly IndexEntry[];

  constructor(place: { path: string; folder: string; format: CtfFormat; writable: boolean }, entries: readonly IndexEntry[]) {
    this.format = place.format;
    this.#path = place.path;
    this.#folder = place.folder;
    this.#writable = place.writable;
    this.#entries = entries;
    this.#state = {
      blobs: new BlobDirectory(join(place.folder, BLOB_FOLDER), flatNaming),
      entries: () => this.#entries,
      change: (next) => this.#change(next),
      checkWritable: () => this.#checkWritable(),
    };
  }

  /** Names of all repositories with at least one entry, sorted. */
  repositories(): readonly string[] {
    return [...new Set(this.#entries.map(({ repository }) => repository))].sort();
  }

  /** A repository by name; it need not exist yet. */
  repository(name: string): CtfRepository {
    return new CtfRepository(name, this.#state);
  }

  /** Writes a tar or tgz anew, from the same content always the same bytes; nothing to do for a folder. @throws OciError `READ_ONLY` */
  async save(): Promise<void> {
    this.#checkWritable();
    await this.#changes.run(async () => {
      if (this.format === 'directory') return;
      const tar = writeTar(tarSources(this.#folder));
      await writeFileAtomically(this.#path, this.format === 'tgz' ? gzip(tar) : tar);
    });
  }

  async close(): Promise<void> {
    if (this.format !== 'directory') await rm(this.#folder, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #checkWritable(): void {
    if (!this.#writable) throw new OciError('READ_ONLY', 'the transport archive was opened for reading; open it with mode "write"');
  }

  #change(next: (entries: readonly IndexEntry[]) => readonly IndexEntry[]): Promise<void> {
    return this.#changes.run(async () => {
      const entries = next(this.#entries);
      if (entries === this.#entries) return;
      await writeJsonFile(join(this.#folder, INDEX_FILE), formatArtifactIndex(entries));
      this.#entries = entries;
    });
  }
}

/**
 * Opens a transport archive.
 * @throws OciError `NOT_FOUND`; `INVALID_DOCUMENT` for its index; for tar and tgz what `extractTar` throws
 */
export async function openCtf(path: string, options: CtfOptions = {}): Promise<Ctf> {
  const mode = options.mode ?? 'read';
  const found = await stat(path).catch(() => undefined);
  if (found === undefined && mode !== 'create') throw new OciError('NOT_FOUND', `there is no transport archive at ${path}`);
  const format =
    found === undefined ? (options.format ?? formatOf(path)) : found.isDirectory() ? 'directory' : archiveFormatOf(path, options);
  const folder = format === 'directory' ? path : await mkdtemp(join(options.temporaryFolder ?? tmpdir(), 'ctf-'));
  try {
    if (found?.isFile()) await extractTar(createReadStream(path), folder, options.limits ?? DEFAULT_LIMITS);
    if (found === undefined) await initialise(folder);
    const bytes = await readSmallFile(join(folder, INDEX_FILE));
    const entries = bytes === undefined ? [] : parseArtifactIndex(bytes);
    return new Ctf({ path, folder, format, writable: mode !== 'read' }, entries);
  } catch (error) {
    if (format !== 'directory') await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What the name says. */
export function formatOf(path: string): CtfFormat {
  if (path.endsWith('.tar')) return 'tar';
  return path.endsWith('.tgz') || path.endsWith('.tar.gz') ? 'tgz' : 'directory';
}

function archiveFormatOf(path: string, options: CtfOptions): CtfFormat {
  const format = options.format ?? formatOf(path);
  return format === 'directory' ? 'tar' : format;
}

async function initialise(folder: string): Promise<void> {
  await mkdir(join(folder, BLOB_FOLDER), { recursive: true });
  await writeJsonFile(join(folder, INDEX_FILE), formatArtifactIndex([]));
}

/** The index first, so that a reader of the stream knows what comes; then the blobs by name. */
async function* tarSources(folder: string): AsyncIterable<TarSource> {
  yield await fileSource(folder, INDEX_FILE);
  const names = await readdir(join(folder, BLOB_FOLDER)).catch(() => []);
  for (const name of names.filter((text) => !text.startsWith('.')).sort()) yield await fileSource(folder, `${BLOB_FOLDER}/${name}`);
}

async function fileSource(folder: string, path: string): Promise<TarSource> {
  const { size } = await stat(join(folder, path));
  return { path, sizeBytes: size, content: fromFile(join(folder, path)) };
}
