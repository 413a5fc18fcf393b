import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { hiddenRanges } from './inline.ts';

/** A line of visible prose that begins with a slash; `line` counts from 1. */
export type CommandLine = { text: string; line: number };

/** Bounds within which the Markdown parser stays fast on any input: it is quadratic in lines and in nested containers. */
const MAX_LINES = 1000;
const MAX_DEPTH = 16;
const MAX_CONTAINERS = 3000;

/** Inline constructs of CommonMark; several are quadratic, and `hiddenRanges` does the two that matter here. */
const INLINE = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'hardBreakEscape',
  'hardBreakTrailing',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
];

/** HTML elements whose content is quoted, code, tabular or folded away; Markdown between their tags is not ours to act on. */
const SHELTER = /<(\/?)(?:blockquote|details|pre|code|table|samp|kbd)(?=[\s/>])/gi;

/**
 * Lines that begin (first column) with `/` inside a paragraph: not in a block quote (lazy continuation lines included), code, table,
 * footnote, raw HTML, or between the tags of an HTML quote, code, table or `<details>` element. Lists are fine.
 * `undefined`: the text has too many lines or nested containers to be read safely.
 */
export function commandLines(text: string): readonly CommandLine[] | undefined {
  const source = text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(/^\uFEFF/, ' ');
  if (!withinBounds(source)) return undefined;
  const { document, flow } = gfm();
  const tree = fromMarkdown(source, {
    extensions: [{ ...(document && { document }), ...(flow && { flow }), disable: { null: INLINE } }],
    // Without their transforms: the search for bare e-mail addresses is quadratic.
    mdastExtensions: gfmFromMarkdown().map(({ transforms: _, ...extension }) => extension),
  });
  const found: CommandLine[] = [];
  let sheltered = 0;
  const visit = (node: Nodes): void => {
    if (node.type === 'html') sheltered = Math.max(0, sheltered + shelterChange(node.value));
    else if (node.type === 'paragraph') {
      const start = node.position?.start.offset ?? 0;
      const paragraph = source.slice(start, node.position?.end.offset ?? start);
      if (sheltered === 0) found.push(...linesOf(paragraph, source, start, node.position?.start.line ?? 1));
      sheltered = Math.max(0, sheltered + shelterChange(paragraph));
    } else if (node.type === 'root' || node.type === 'list' || node.type === 'listItem') node.children.forEach(visit);
  };
  visit(tree);
  return found;
}

function linesOf(paragraph: string, source: string, start: number, firstLine: number): readonly CommandLine[] {
  const hidden = hiddenRanges(paragraph);
  const found: CommandLine[] = [];
  let [at, next] = [0, 0];
  for (const [index, text] of paragraph.split('\n').entries()) {
    while ((hidden[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    const range = hidden[next];
    const firstColumn = start + at === 0 || source[start + at - 1] === '\n';
    if (firstColumn && text.startsWith('/') && !(range && range.start <= at)) found.push({ text, line: firstLine + index });
    at += text.length + 1;
  }
  return found;
}

/** Opened minus closed sheltering elements. */
function shelterChange(html: string): number {
  let change = 0;
  for (const [, closing] of html.matchAll(SHELTER)) change += closing ? -1 : 1;
  return change;
}

function withinBounds(source: string): boolean {
  const lines = source.split('\n');
  let containers = 0;
  for (const line of lines) {
    const depth = containerDepth(line);
    containers += depth;
    if (depth > MAX_DEPTH || containers > MAX_CONTAINERS) return false;
  }
  return lines.length <= MAX_LINES;
}

/** Upper bound of the block quotes, list items and footnotes a line opens: its leading run of markers, digits and blanks, and every `]:`. */
function containerDepth(line: string): number {
  const leading = /^[\s>*+\-0-9.)]*/.exec(line)?.[0] ?? '';
  let depth = 0;
  for (const char of leading) if (char === '>' || char === '*' || char === '+' || char === '-' || char === '.' || char === ')') depth += 1;
  return depth + line.split(']:').length - 1;
}
