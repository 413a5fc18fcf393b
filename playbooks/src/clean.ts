/**
 * The text without what its author did not write: HTML comments, template headings and fields with nothing below them, boxes left
 * unticked. Removed characters become spaces and line breaks stay, so every offset (and line number) still fits the original.
 * Fenced code is evidence and is kept as it is. Linear in the text; `cleanText(cleanText(x)) === cleanText(x)`.
 */
export function cleanText(text: string): string {
  const lines = blankComments(text).split('\n');
  const fenced = fencedLines(lines);
  const blank = (line: string): string => line.replace(/[^\r]/g, ' ');
  const kept = lines.map((line, at) => (!fenced[at] && isLeftOver(line) ? blank(line) : line));
  blankUnfilled(kept, fenced, blank);
  return kept.join('\n');
}

/** Comments end at `-->`; one that opens a line and never ends hides the rest, as GitHub renders it. Comments inside fences stay. */
function blankComments(text: string): string {
  if (!text.includes('<!--')) return text;
  const out: string[] = [];
  const nextOpen = forwardSearch(text, '<!--');
  const nextClose = forwardSearch(text, '-->');
  let at = 0;
  for (const fence of fencedRanges(text)) {
    if (fence.start < at) continue;
    const open = blankUpTo({ text, nextOpen, nextClose }, at, fence.start, out);
    at = open;
    if (at <= fence.start) {
      out.push(text.slice(at, fence.end));
      at = fence.end;
    }
  }
  blankUpTo({ text, nextOpen, nextClose }, at, text.length, out);
  return out.join('');
}

type Search = (from: number) => number;

/** `text.indexOf(part, from)` for positions that only grow: all calls together read the text once. */
function forwardSearch(text: string, part: string): Search {
  let found = text.indexOf(part);
  return (from) => {
    if (found >= 0 && found < from) found = text.indexOf(part, from);
    return found;
  };
}

/** Copies `text[from, to)` with comments blanked; a comment may run past `to`. Yields where copying stopped. */
function blankUpTo(
  { text, nextOpen, nextClose }: { text: string; nextOpen: Search; nextClose: Search },
  from: number,
  to: number,
  out: string[],
): number {
  let at = from;
  while (at < to) {
    const open = nextOpen(at);
    if (open < 0 || open >= to) break;
    const close = nextClose(open + 4);
    if (close < 0 && text.slice(text.lastIndexOf('\n', open) + 1, open).trim() !== '') break;
    const end = close < 0 ? text.length : close + 3;
    out.push(text.slice(at, open), text.slice(open, end).replace(/[^\n\r]/g, ' '));
    at = end;
  }
  if (at < to) {
    out.push(text.slice(at, to));
    at = to;
  }
  return at;
}

/** Ranges of fenced blocks, where a fence inside a comment does not count. */
function fencedRanges(text: string): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  let open: { marker: string; start: number } | undefined;
  const nextClose = forwardSearch(text, '-->');
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const marker = fenceMarker(text.slice(start, Math.min(end, start + 80)));
    const comment = open ? -1 : text.slice(start, end).indexOf('<!--');
    if (!open && comment >= 0 && !marker) {
      const close = nextClose(start + comment + 4);
      if (close >= end) {
        const after = text.indexOf('\n', close);
        start = after < 0 ? text.length + 1 : after + 1;
        continue;
      }
    }
    if (!open && marker) open = { marker, start };
    else if (open && closes(text.slice(start, Math.min(end, start + 80)), open.marker)) {
      ranges.push({ start: open.start, end });
      open = undefined;
    }
    start = end + 1;
  }
  if (open) ranges.push({ start: open.start, end: text.length });
  return ranges;
}

function fencedLines(lines: readonly string[]): boolean[] {
  let open = '';
  return lines.map((line) => {
    if (open) {
      if (closes(line, open)) open = '';
      return true;
    }
    open = fenceMarker(line);
    return open !== '';
  });
}

/** The run of backticks or tildes that opens a fence, or `''`. */
function fenceMarker(line: string): string {
  if (!line.includes('```') && !line.includes('~~~')) return '';
  const rest = line.trimStart();
  const char = rest[0];
  if (char !== '`' && char !== '~') return '';
  let length = 0;
  while (rest[length] === char) length += 1;
  return length >= 3 && !(char === '`' && rest.includes('`', length)) ? rest.slice(0, length) : '';
}

function closes(line: string, marker: string): boolean {
  if (!line.includes(marker)) return false;
  const rest = line.trim();
  const char = marker[0];
  let length = 0;
  while (rest[length] === char) length += 1;
  return length === rest.length && length >= marker.length;
}

const PLACEHOLDERS = new Set([
  '_no response_',
  'n/a',
  'none',
  '-',
  '...',
  '…',
  'todo',
  'tbd',
  '(unfilled template)',
  '(no description)',
  'fixes #',
  'closes #',
]);

function isLeftOver(line: string): boolean {
  if (line.length < 1 || line.length > 400) return false;
  const text = line.trim().toLowerCase();
  return PLACEHOLDERS.has(text) || /^[-*+] {1,4}\[ {0,2}\](?: |$)/.test(text);
}

/** Blanks headings and fields that nothing follows before the next one of the same or a higher rank. Walks upwards once. */
function blankUnfilled(lines: string[], fenced: readonly boolean[], blank: (line: string) => string): void {
  // Headings of a level below this one have something written under them.
  let filledBelow = 0;
  let below = '';
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] ?? '';
    if (isBlank(line)) continue;
    const level = fenced[at] ? 0 : outlineLevel(line);
    if (level === FIELD_LEVEL ? !continues(line, below) : level >= Math.max(filledBelow, 1)) {
      lines[at] = blank(line);
      continue;
    }
    filledBelow = level === 0 || level === FIELD_LEVEL ? FIELD_LEVEL : level;
    below = line;
  }
}

const isBlank = (line: string): boolean => line === '' || line.trim() === '';

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** A list field has a value below it when the next line is indented under it or opens a fence. */
const continues = (field: string, below: string): boolean => indentOf(below) > indentOf(field) || fenceMarker(below) !== '';

const FIELD_LEVEL = 8;

/** 1–6 for a Markdown heading, 7 for a bold line ending in a colon, 8 for a list field without a value, 0 for anything else. */
function outlineLevel(line: string): number {
  const text = line.trim();
  if (text[0] !== '#' && text[0] !== '*' && text[0] !== '-') return 0;
  let level = 0;
  while (text[level] === '#') level += 1;
  if (level >= 1 && level <= 6 && (text[level] === ' ' || text.length === level)) return level;
  if (!text.endsWith(':') && !text.endsWith(':**')) return 0;
  if (text.startsWith('**') && text.length <= 120) return 7;
  if ((text.startsWith('- ') || text.startsWith('* ')) && text.length <= 80 && text.includes(' ', 2)) return FIELD_LEVEL;
  return 0;
}
