import { describe, expect, it } from 'vitest';
import { type Import, importsOf, read, sources } from '../sources.ts';

/** Who may import whom (docs/architecture.md). A room is the longest prefix that fits; `ours` are package names of this repository. */
const ROOMS = {
  'playbooks/catalog/': [],
  'playbooks/': ['playbooks/catalog/'],
  'bot/': ['playbooks/', 'playbooks/catalog/'],
  'runtime/': ['playbooks/catalog/'],
  'test/': ['playbooks/', 'playbooks/catalog/', 'bot/', 'runtime/'],
} as const;
type Room = keyof typeof ROOMS;
const ROOM_NAMES = (Object.keys(ROOMS) as Room[]).sort((a, b) => b.length - a.length);

const PACKAGES: Record<string, Room> = {
  '@sig-runtime/playbooks/catalog': 'playbooks/catalog/',
  '@sig-runtime/playbooks': 'playbooks/',
  '@sig-runtime/bot': 'bot/',
  '@sig-runtime/runtime': 'runtime/',
};

const roomOf = (path: string): Room | undefined => ROOM_NAMES.find((room) => path.startsWith(room));

function targetRoom({ specifier, target }: Import): Room | undefined {
  if (target !== undefined) return roomOf(target);
  const name = Object.keys(PACKAGES).find((candidate) => specifier === candidate || specifier.startsWith(`${candidate}/`));
  return name === undefined ? undefined : PACKAGES[name];
}

const imports = sources().flatMap(importsOf);
const isTest = (path: string) => path.endsWith('.test.ts');

describe('arrows between rooms', () => {
  it('finds the imports it is meant to check', () => {
    expect(imports.length).toBeGreaterThan(50);
  });

  it('every import goes to the same room or along a declared arrow', () => {
    const breaches = imports.filter((edge) => {
      const from = roomOf(edge.from);
      const to = targetRoom(edge);
      return from !== undefined && to !== undefined && from !== to && !(ROOMS[from] as readonly string[]).includes(to);
    });
    expect(breaches.map((edge) => `${edge.from} -> ${edge.specifier}`)).toEqual([]);
  });

  it('a room is entered through its package exports, not by path', () => {
    const breaches = imports.filter((edge) => {
      const from = roomOf(edge.from);
      const to = edge.target === undefined ? undefined : roomOf(edge.target);
      const inside = from === to || (from === 'playbooks/' && to === 'playbooks/catalog/');
      return to !== undefined && !inside && from !== 'test/';
    });
    expect(breaches.map((edge) => `${edge.from} -> ${edge.specifier}`)).toEqual([]);
  });

  it('package.json dependencies agree with the imports of every workspace', () => {
    for (const workspace of ['playbooks', 'bot', 'runtime']) {
      const manifest = JSON.parse(read(`${workspace}/package.json`)) as { dependencies?: Record<string, string> };
      const declared = new Set(Object.keys(manifest.dependencies ?? {}));
      const used = imports
        .filter((edge) => edge.from.startsWith(`${workspace}/`) && !isTest(edge.from) && !edge.from.includes('/testing/'))
        .map((edge) => edge.specifier)
        .filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !name.startsWith(`@sig-runtime/${workspace}`))
        .map((name) => (name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? name)));
      const typesOnly = new Set(['mdast', 'unist']);
      expect(
        [...new Set(used)].filter((name) => !declared.has(name) && !typesOnly.has(name)),
        workspace,
      ).toEqual([]);
    }
  });
});

describe('walls inside the bot', () => {
  const from = (prefix: string) => imports.filter((edge) => edge.from.startsWith(prefix) && !isTest(edge.from));

  it('handlers never import each other', () => {
    const breaches = from('bot/src/handlers/').filter(({ from: path, target }) => {
      const [own] = path.slice('bot/src/handlers/'.length).split('/');
      if (own === 'index.ts' || target === undefined || !target.startsWith('bot/src/handlers/')) return false;
      return !target.startsWith(`bot/src/handlers/${own}/`);
    });
    expect(breaches.map((edge) => `${edge.from} -> ${edge.specifier}`)).toEqual([]);
  });

  it('commands import nothing of ours', () => {
    const breaches = from('bot/src/commands/').filter(
      ({ specifier, target }) => specifier.startsWith('@sig-runtime/') || (target !== undefined && !target.startsWith('bot/src/commands/')),
    );
    expect(breaches.map((edge) => `${edge.from} -> ${edge.specifier}`)).toEqual([]);
  });

  it('deciding and rendering do no input or output', () => {
    const pure = (path: string) => /\/(decide|render)\.ts$/.test(path) || /^bot\/src\/(commands|sla|rendering)\//.test(path);
    const breaches = imports.filter(
      (edge) =>
        pure(edge.from) &&
        !isTest(edge.from) &&
        (/^node:(?!util)/.test(edge.specifier) || /^(probot|pg|kysely|@octokit\/)/.test(edge.specifier)),
    );
    expect(breaches.map((edge) => `${edge.from} -> ${edge.specifier}`)).toEqual([]);
  });

  it('octokit and Probot stay behind the GitHub port', () => {
    const allowed = /^bot\/src\/(github|testing|bench)\/|^bot\/src\/intake\/|^bot\/scripts\/|^test\//;
    const breaches = imports.filter(
      (edge) => /^(probot|@octokit\/)/.test(edge.specifier) && !isTest(edge.from) && !allowed.test(edge.from),
    );
    expect(breaches.map((edge) => `${edge.from} -> ${edge.specifier}`)).toEqual([]);
  });

  it('the matcher and the catalogue run in a browser: no node module outside their loaders and programs', () => {
    const allowed = /\/load\.ts$|\/main\.ts$|\.test\.ts$/;
    const breaches = imports.filter(
      (edge) => /^playbooks\/(src|catalog\/src)\//.test(edge.from) && edge.specifier.startsWith('node:') && !allowed.test(edge.from),
    );
    expect(breaches.map((edge) => `${edge.from} -> ${edge.specifier}`)).toEqual([]);
  });
});

describe('walls inside the runtime', () => {
  const from = (prefix: string) => imports.filter((edge) => edge.from.startsWith(prefix) && !isTest(edge.from));

  it('the OCM library knows nothing of Kubernetes or of controllers', () => {
    const breaches = from('runtime/src/oc').filter(
      ({ specifier, target }) =>
        specifier.startsWith('@kubernetes/') || (target !== undefined && !/^runtime\/src\/(ocm|oci)\//.test(target)),
    );
    expect(breaches.map((edge) => `${edge.from} -> ${edge.specifier}`)).toEqual([]);
  });

  it('versions, descriptors and normalisation run in a browser: no node module but behind the hash', () => {
    const breaches = ['descriptor', 'normalisation', 'version']
      .flatMap((folder) => from(`runtime/src/ocm/${folder}/`))
      .filter(({ specifier }) => specifier.startsWith('node:'));
    expect(breaches.map((edge) => `${edge.from} -> ${edge.specifier}`)).toEqual([]);
  });

  it('OCI knows nothing of OCM', () => {
    const breaches = from('runtime/src/oci/').filter(({ target }) => target?.startsWith('runtime/src/ocm/'));
    expect(breaches.map((edge) => `${edge.from} -> ${edge.specifier}`)).toEqual([]);
  });
});
