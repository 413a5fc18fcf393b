import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parsePlaybook } from '@sig-runtime/playbooks';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseConfiguration } from '../../bot/src/configuration/parse.ts';
import { handlers } from '../../bot/src/handlers/index.ts';
import { anchorsOf, fencesOf, linksOf } from '../markdown.ts';
import { read, root, trackedFiles } from '../sources.ts';

const files = trackedFiles();
const documents = files.filter((path) => path.endsWith('.md') && !path.includes('/golden/'));
const fences = documents.flatMap(fencesOf);
const at = ({ path, line }: { path: string; line: number }): string => `${path}:${line}`;

describe('documents', () => {
  it('there are some', () => {
    expect(documents.length).toBeGreaterThan(50);
    expect(fences.length).toBeGreaterThan(100);
  });

  it('front matter of every playbook parses', () => {
    const playbooks = documents.filter((path) => path.endsWith('/playbook.md'));
    expect(playbooks).toHaveLength(35);
    for (const path of playbooks) expect(() => parsePlaybook(path, path.split('/').at(-2) ?? '', read(path)), path).not.toThrow();
  });

  it('every YAML block parses, and a whole configuration is valid', () => {
    const blocks = fences.filter(({ language }) => language === 'yaml' || language === 'yml');
    const broken = blocks.filter(({ text }) =>
      parseAllDocuments(text).some((document) => 'errors' in document && document.errors.length > 0),
    );
    expect(broken.map(at)).toEqual([]);
    for (const fence of blocks.filter(({ text }) => /^version: 1$/m.test(text)))
      expect(parseConfiguration(fence.text, handlers), at(fence)).toMatchObject({ ok: true });
  });

  it('every JSON block parses', () => {
    const broken = fences.filter(({ language, text }) => language === 'json' && !parses(text));
    expect(broken.map(at)).toEqual([]);
  });

  it('outside playbooks every block says its language', () => {
    expect(fences.filter(({ language, path }) => language === '' && !path.startsWith('playbooks/')).map(at)).toEqual([]);
  });

  it('every relative link and image leads to a file, and every anchor to a heading', () => {
    const links = documents.flatMap(linksOf).filter(({ url }) => !/^[a-z][a-z+.-]*:/i.test(url));
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter(({ path, url }) => !leads(path, url)).map((link) => `${at(link)}: ${link.url}`)).toEqual([]);
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function leads(from: string, url: string): boolean {
  const [file = '', anchor] = decodeURI(url).split('#');
  const target = file === '' ? from : posix.normalize(posix.join(posix.dirname(from), file));
  if (!existsSync(join(root, target))) return false;
  if (anchor === undefined) return true;
  return statSync(join(root, target)).isFile() && target.endsWith('.md') && anchorsOf(target).has(anchor);
}
