import { OciError } from '../error.ts';

/**
 * What an archive from elsewhere may cost. `ratio` is plain bytes per compressed byte, judged once more than 1 MiB came out: gzip cannot
 * do better than about 1030, honest text stays below 200.
 */
export type ArchiveLimits = {
  readonly entries: number;
  readonly entryBytes: number;
  readonly totalBytes: number;
  readonly ratio: number;
};

const GIB = 1024 ** 3;

/** Generous for component archives, small enough that a disk survives. */
export const DEFAULT_LIMITS: ArchiveLimits = { entries: 100_000, entryBytes: 16 * GIB, totalBytes: 64 * GIB, ratio: 250 };

const MAX_PATH_LENGTH = 4096;

/**
 * The entry's path in normal form: relative, with `/`, without `.` segments and without trailing slash. Empty for the root itself.
 * @throws OciError `UNSAFE_PATH` absolute, with `..`, a drive, a backslash or a control character, or longer than 4096 characters
 */
export function safePath(path: string): string {
  const shown = JSON.stringify(path.slice(0, 200));
  if (path.length > MAX_PATH_LENGTH) throw new OciError('UNSAFE_PATH', `the path ${shown} is longer than ${MAX_PATH_LENGTH} characters`);
  if (path.startsWith('/') || path.includes('\\') || hasControl(path) || /^[A-Za-z]:/.test(path)) {
    throw new OciError('UNSAFE_PATH', `the path ${shown} is absolute or has characters that other systems read as separators`);
  }
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw new OciError('UNSAFE_PATH', `the path ${shown} leads out of the archive`);
  return segments.join('/');
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 0x20 || text.charCodeAt(at) === 0x7f) return true;
  return false;
}
