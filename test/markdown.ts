import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { read } from './sources.ts';

export type Fence = { path: string; line: number; language: string /** What follows the language. */; meta: string; text: string };
export type Link = { path: string; line: number; url: string };

/** Front matter is cut off, line numbers are those of the file. */
function parse(path: string): { tree: Root; firstLine: number } {
  const text = read(path);
  const end = text.startsWith('---\n') ? text.indexOf('\n---\n', 3) + 5 : 0;
  const tree = fromMarkdown(text.slice(end), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return { tree, firstLine: text.slice(0, end).split('\n').length };
}

function* walk(node: Nodes): Generator<Nodes> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* walk(child);
}

const lineOf = (node: Nodes, firstLine: number): number => (node.position?.start.line ?? 1) + firstLine - 1;

export function fencesOf(path: string): readonly Fence[] {
  const { tree, firstLine } = parse(path);
  return [...walk(tree)].flatMap((node) =>
    node.type === 'code'
      ? [{ path, line: lineOf(node, firstLine), language: node.lang ?? '', meta: node.meta ?? '', text: node.value }]
      : [],
  );
}

/** Links, images and definitions, those in code left out; `src` and `href` of HTML too. */
export function linksOf(path: string): readonly Link[] {
  const { tree, firstLine } = parse(path);
  return [...walk(tree)].flatMap((node) => {
    const line = lineOf(node, firstLine);
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') return [{ path, line, url: node.url }];
    if (node.type !== 'html') return [];
    return [...node.value.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => ({ path, line, url }));
  });
}

/** Anchors of the headings as GitHub makes them: lower case, punctuation dropped, blanks to hyphens, repeats numbered. */
export function anchorsOf(path: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const node of walk(parse(path).tree)) {
    if (node.type !== 'heading') continue;
    const slug = textOf(node)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const repeat = seen.get(slug) ?? 0;
    seen.set(slug, repeat + 1);
    anchors.add(repeat === 0 ? slug : `${slug}-${repeat}`);
  }
  return anchors;
}

/** Text of `## heading` up to the next heading of that level; undefined when the file has no such section. */
export function sectionOf(path: string, heading: string): string | undefined {
  const [, ...parts] = read(path).split(/^## /m);
  const part = parts.find((candidate) => candidate.split('\n', 1)[0] === heading);
  return part?.slice(heading.length).trim();
}

/** Body rows of the tables in a text, cells trimmed, `\|` read as a bar. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.map((line) => line.split(/(?<!\\)\|/).slice(1, -1));
  const trimmed = rows.map((cells) => cells.map((text) => text.trim().replaceAll('\\|', '|')));
  return trimmed.filter((_, index) => !isRule(trimmed[index]) && !isRule(trimmed[index + 1]));
}

const isRule = (cells: readonly string[] | undefined): boolean => cells?.every((text) => /^:?-+:?$/.test(text)) ?? false;

function textOf(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
