import type { Quote } from '../decision.ts';

/** Where a quotation stood, as a reader of the page calls it. */
export const PLACES: Readonly<Record<Quote['source'], string>> = {
  title: 'the title',
  body: 'the description',
  comment: 'a comment',
  path: 'the changed paths',
  label: 'the labels',
  configuration: 'the configuration',
};

/** Placeholder for what a reader could not see: control characters, zero-width and direction marks. */
const INVISIBLE_MARK = '\ufffd';

/** Longest quotation in a comment, UTF-16 units; the rest is cut and said to be. */
export const MAX_QUOTE_LENGTH = 600;

/**
 * User text as a fenced block: the fence is longer than any run of backticks inside, invisible characters are shown, HTML comments
 * (our own markers among them) are broken up. Nothing in it is live: no mention, link, reference or HTML.
 * @param language info string, ours, never from a user
 */
export function fenced(text: string, language = 'text', maxLength = MAX_QUOTE_LENGTH): string {
  const shown = cut(visible(text), maxLength);
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** User text inside a sentence, as a code span on one line; nothing in it is live. Empty text gives an empty-looking span. */
export function inlineCode(text: string, maxLength = 120): string {
  const shown = cut(visible(text).replaceAll(/[\n\t]/g, ' '), maxLength);
  const ticks = '`'.repeat(longestRun(shown) + 1);
  const pad =
    shown.startsWith('`') || shown.endsWith('`') || shown.trim() === '' || (shown.startsWith(' ') && shown.endsWith(' ')) ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

/**
 * Text of mixed origin as one line of prose: Markdown and HTML are escaped, mentions, references and addresses are broken by a
 * zero-width space so that nobody is notified and nothing links.
 */
export function plain(text: string, maxLength = 400): string {
  return cut(visible(text).replaceAll(/[\n\t]/g, ' '), maxLength)
    .replaceAll(/[\\`*_{}[\]<>()|~!&]/g, (char) => `\\${char}`)
    .replaceAll('@', '@\u200b')
    .replaceAll('#', '#\u200b')
    .replaceAll('://', ':\u200b//')
    .replaceAll(/www\./gi, (www) => `${www.slice(0, -1)}\u200b.`)
    .replaceAll(/gh-/gi, (prefix) => `${prefix.slice(0, -1)}\u200b-`);
}

/**
 * User text inside a table cell: a code span whose pipes do not end the cell. A backslash before a pipe is set apart, because some
 * parsers take it together with the one that escapes the pipe.
 */
export function cell(text: string, maxLength = 120): string {
  return inlineCode(text.replaceAll('\\|', '\\ |'), maxLength).replaceAll('|', '\\|');
}

function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/\p{C}/gu, (char) => (char === '\n' || char === '\t' ? char : INVISIBLE_MARK))
    .replaceAll('<!--', '<! --');
}

/** At most `maxLength` units, never half a surrogate pair. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const end = /[\ud800-\udbff]/.test(text[maxLength - 1] ?? '') ? maxLength - 1 : maxLength;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}

function longestRun(text: string): number {
  let [longest, current] = [0, 0];
  for (const char of text) {
    current = char === '`' ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}
