import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Paths that git tracks or would track (new and not ignored), relative to the root, with `/`. */
export function trackedFiles(): readonly string[] {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  const gone = new Set(execFileSync('git', ['ls-files', '--deleted'], { cwd: root, encoding: 'utf8' }).split('\n'));
  return output.split('\n').filter((path) => path !== '' && !gone.has(path));
}

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

export type Import = { from: string; specifier: string; target: string | undefined };

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[^.\w])import\s*\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

/** Every static and literal dynamic import of a file; `target` is the repository path a relative one leads to. */
export function importsOf(path: string): readonly Import[] {
  return [...read(path).matchAll(IMPORT)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const target = specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), specifier)) : undefined;
    return { from: path, specifier, target };
  });
}

export const sources = (prefix = ''): readonly string[] =>
  trackedFiles().filter((path) => path.startsWith(prefix) && /\.tsx?$/.test(path) && !path.includes('/fixtures/'));

export const fromRoot = (path: string): string => relative(root, path);
