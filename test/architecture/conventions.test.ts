import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, root, sources, trackedFiles } from '../sources.ts';

const code = sources().filter((path) => !path.endsWith('.test.ts'));
const matching = (paths: readonly string[], pattern: RegExp): readonly string[] => paths.filter((path) => pattern.test(read(path)));

describe('conventions that a machine can hold', () => {
  it('the environment and the command line are read by programs only', () => {
    const programs = /(^|\/)(main|run)\.ts$|\.config\.ts$|^bot\/scripts\//;
    const readers = matching(
      code.filter((path) => !programs.test(path)),
      /process\.(env|argv)\b/,
    );
    expect(readers).toEqual([]);
  });

  it('no file is called utils, helpers, common or misc', () => {
    expect(trackedFiles().filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\.|\/)/.test(path))).toEqual([]);
  });

  it('every test stands beside the source it is named after', () => {
    const orphans = sources()
      .filter((path) => /\.test\.ts$/.test(path) && !path.startsWith('test/'))
      .filter((path) => {
        const source = path.replace(/(\.long)?\.test\.ts$/, '');
        return !existsSync(join(root, `${source}.ts`)) && !existsSync(join(root, source)) && !existsSync(join(root, `${source}.yaml`));
      });
    expect(orphans).toEqual([]);
  });

  it('no test is skipped or focused in the source', () => {
    const tests = sources().filter((path) => path.endsWith('.test.ts') && path !== 'test/architecture/conventions.test.ts');
    expect(matching(tests, /\b(it|test|describe)\.(skip|only|todo|fails)\b/)).toEqual([]);
  });

  it('nothing is left unfinished in the code', () => {
    const marks = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|XXX)\\b`);
    expect(matching(code, marks)).toEqual([]);
  });

  it('source files stay small enough to read at one sitting', () => {
    const long = code.filter((path) => read(path).split('\n').length > 400);
    expect(long).toEqual([]);
  });

  it('dependencies are pinned to exact versions', () => {
    const loose = ['package.json', 'playbooks/package.json', 'bot/package.json', 'runtime/package.json', 'test/package.json'].flatMap(
      (path) => {
        const manifest = JSON.parse(read(path)) as Record<string, Record<string, string> | undefined>;
        return ['dependencies', 'devDependencies'].flatMap((kind) =>
          Object.entries(manifest[kind] ?? {})
            .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
            .map(([name, version]) => `${path}: ${name}@${version}`),
        );
      },
    );
    expect(loose).toEqual([]);
  });

  it('the lockfile names no registry host', () => {
    expect(read('package-lock.json').match(/"resolved": "https?:/)).toBeNull();
  });
});

describe('ownership', () => {
  const lines = read('CODEOWNERS')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const rooms = [
    ...new Set(
      trackedFiles()
        .filter((path) => path.includes('/'))
        .map((path) => path.split('/')[0] ?? ''),
    ),
  ].sort();

  it('has one line per room, each with an owner, after the default', () => {
    expect(lines[0]).toMatch(/^\*\s+@/);
    expect(lines.slice(1).map((line) => line.split(/\s+/)[0])).toEqual(rooms.map((room) => `/${room}/`));
    for (const line of lines) expect(line, line).toMatch(/^\S+(\s+@[\w-]+\/[\w-]+)+$/);
  });
});
