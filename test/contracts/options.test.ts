import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { referenceFiles } from '../../bot/scripts/reference/files.ts';
import { manifest } from '../../bot/src/manifest.ts';
import { rowsOf } from '../markdown.ts';
import { read, root, trackedFiles } from '../sources.ts';

const generated = [...referenceFiles()].map(([path, content]) => ({ path, content }));
const bare = (cell: string | undefined): string => (cell ?? '').replaceAll('`', '');

describe('reference pages', () => {
  it.each(generated)('$path is what the code says', ({ path, content }) => {
    const written = existsSync(join(root, path)) ? read(path) : '';
    expect(written === content, `${path} is out of date: run npm run generate`).toBe(true);
  });

  it('nothing under docs/reference is neither generated nor known to be written by hand', () => {
    const byHand = ['docs/reference/configuration.md'];
    const known = [...generated.map(({ path }) => path), ...byHand];
    expect(trackedFiles().filter((path) => path.startsWith('docs/reference/') && !known.includes(path))).toEqual([]);
  });

  it('the manifest is plain data: JSON keeps all of it', () => {
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });
});

describe('options of the bot', () => {
  const { status, stdout } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'bot/src/main.ts', 'start', '--help'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '120' },
  });

  it('the page, --help and the table have the same flags, variables and defaults', () => {
    expect(status).toBe(0);
    const rows = rowsOf(read('docs/reference/bot-options.md')).map(([flag, env, given]) => [bare(flag), bare(env), bare(given)]);
    expect(rows).toEqual(manifest.options.map(({ flag, env, default: given }) => [flag, env, given ?? 'none']));
    for (const { flag, env } of manifest.options) {
      expect(stdout).toMatch(new RegExp(`^\\s+${flag}\\s`, 'm'));
      expect(stdout).toContain(env);
    }
  });

  it('a secret has no default to show', () => {
    expect(manifest.options.filter(({ secret, ...option }) => secret && 'default' in option)).toEqual([]);
  });

  it('documents name only variables and flags that exist', () => {
    const documents = trackedFiles().filter((path) => /^(README\.md|docs\/[^/]+\.md)$/.test(path));
    const known = new Set<string>([...manifest.options.map(({ env }) => env), 'SIGTERM', 'SIGINT', 'NO_COLOR']);
    const unknown = documents.flatMap((path) =>
      [...read(path).matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)(?:=[^`]*)?`/g)]
        .map(([, name = '']) => name)
        .filter((name) => name.includes('_') && !known.has(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});
