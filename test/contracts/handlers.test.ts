import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { emitterEventNames } from '@octokit/webhooks';
import { describe, expect, it } from 'vitest';
import { optionRows } from '../../bot/scripts/reference/option-rows.ts';
import { parseConfiguration } from '../../bot/src/configuration/parse.ts';
import { handlers } from '../../bot/src/handlers/index.ts';
import { READ_EVENTS } from '../../bot/src/intake/normalise.ts';
import { manifest } from '../../bot/src/manifest.ts';
import { fencesOf, rowsOf, sectionOf } from '../markdown.ts';
import { read, root, trackedFiles } from '../sources.ts';

const FOLDER = 'bot/src/handlers';
const readme = (name: string): string => `${FOLDER}/${name}/README.md`;
const codeIn = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
const named = manifest.handlers.map((handler) => ({ name: handler.name, handler }));

describe('handlers and their folders', () => {
  it('every folder is a handler on the list, and every handler on the list is a folder', () => {
    const folders = readdirSync(join(root, FOLDER), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(handlers.map(({ name }) => name).sort());
  });

  it.each(named)('$name has all its parts', ({ name }) => {
    const parts = ['index.ts', 'decide.ts', 'decide.test.ts', 'options.ts', 'render.ts', 'README.md', 'golden'];
    expect(parts.filter((part) => !existsSync(join(root, FOLDER, name, part)))).toEqual([]);
  });

  it.each(named)('a test of $name holds each of its golden files, and no test asks for one that is not there', ({ name }) => {
    const files = trackedFiles().filter((path) => path.startsWith(`${FOLDER}/${name}/`));
    const tests = files.filter((path) => path.endsWith('.test.ts')).map(read);
    const golden = files.filter((path) => path.includes('/golden/')).map((path) => path.slice(path.indexOf('golden/')));
    expect(golden.length).toBeGreaterThan(0);
    const asked = tests.flatMap((text) => [...text.matchAll(/golden\/[\w.-]+\.md/g)].map(([file]) => file));
    const stem = (file: string): string => file.slice('golden/'.length, -'.md'.length);
    const byName = tests.filter((text) => text.includes('`golden/${'));
    expect(golden.filter((file) => !asked.includes(file) && !byName.some((text) => text.includes(`'${stem(file)}'`)))).toEqual([]);
    expect(asked.filter((file) => !golden.includes(file))).toEqual([]);
  });
});

describe('handlers and their README', () => {
  it.each(named)('$name: the title is the name', ({ name }) => {
    expect(read(readme(name)).split('\n', 1)[0]).toBe(`# ${name}`);
  });

  it.each(named)('$name: "When" ends with exactly its events', ({ name, handler }) => {
    const [, events = ''] = (sectionOf(readme(name), 'When') ?? '').split(/^Events: /m);
    expect([...codeIn(events)].sort()).toEqual([...handler.on].sort());
  });

  it.each(named)('$name: "Permissions" are exactly those it declares', ({ name, handler }) => {
    const shown = codeIn(sectionOf(readme(name), 'Permissions') ?? '').filter((text) => text.includes(': '));
    expect([...shown].sort()).toEqual(
      Object.entries(handler.permissions)
        .map(([permission, access]) => `${permission}: ${access}`)
        .sort(),
    );
  });

  it.each(named)('$name: "Options" has a row for each key of its schema, with its default', ({ name, handler }) => {
    const shown = rowsOf(sectionOf(readme(name), 'Options') ?? '').map(([key = '', given = '']) => [codeIn(key)[0], given]);
    expect(shown).toEqual(optionRows(handler.options).map((row) => [row.key, row.default]));
  });

  it.each(named)('$name: its example, and that of its help, are valid and about it alone', ({ name, handler }) => {
    const section = sectionOf(readme(name), 'Example') ?? '';
    const examples = fencesOf(readme(name)).filter(({ language, text }) => language === 'yaml' && section.includes(text));
    expect(examples).toHaveLength(1);
    for (const text of [examples[0]!.text, handler.example]) {
      const parsed = parseConfiguration(`version: 1\n${text}\n`, handlers);
      expect(parsed.ok ? [...parsed.configuration.sections.keys()] : parsed.errors, text).toEqual([name]);
    }
  });

  it.each(named)('$name: help says it in one sentence', ({ handler }) => {
    expect(handler.summary).toMatch(/^[A-Z].{20,160}\.$/);
  });
});

describe('handlers and the App manifest', () => {
  it('every event is one of GitHub, or made by a schedule', () => {
    const known = new Set<string>(emitterEventNames);
    const events = manifest.handlers.flatMap(({ on }) => on);
    expect(events.filter((event) => !known.has(event) && !event.startsWith('schedule.'))).toEqual([]);
  });

  it('the App hears of what some handler looks at or a timeline is made of, and of nothing else', () => {
    const unasked = ['installation', 'installation_repositories', 'schedule'];
    const handled = manifest.handlers.flatMap(({ on }) => on.map((event) => event.split('.')[0] ?? ''));
    const wanted = new Set([...handled, ...READ_EVENTS].filter((event) => !unasked.includes(event)));
    expect(manifest.app.events).toEqual([...wanted].sort());
  });

  it('the App may do what some handler declares, and nothing else; it never writes contents', () => {
    const declared = manifest.handlers.flatMap(({ permissions }) =>
      Object.entries(permissions).map(([name, access]) => `${name}: ${access}`),
    );
    const asked = Object.entries(manifest.app.permissions);
    for (const [name, access] of asked) if (name !== 'metadata') expect(declared).toContain(`${name}: ${access}`);
    for (const line of declared) {
      const [name = '', access] = line.split(': ');
      expect([access, 'write']).toContain(manifest.app.permissions[name as keyof typeof manifest.app.permissions]);
    }
    expect(manifest.app.permissions).not.toMatchObject({ contents: 'write' });
  });
});
