import { indentOf, type Line } from './lines.ts';

/** A `key: value` as YAML, JSON, `kubectl describe` and condensed prose write it. */
export type Pair = { key: string; value: string; indent: number; line: number; start: number; end: number };

const KEYS: Readonly<Record<string, string>> = {
  apiversion: 'apiVersion',
  'api version': 'apiVersion',
  kind: 'kind',
  name: 'name',
  namespace: 'namespace',
  type: 'type',
  status: 'status',
  reason: 'reason',
  message: 'message',
};
const PAIR = /(?<![\w.-])\\?["']?(api ?version|kind|name|namespace|type|status|reason|message)\\?["']?[ \t]{0,3}[:=](?![:=/])[ \t]{0,40}/gi;

/** A plain alternation of literals: most lines hold no known key and are passed over. */
const HINT = /version|kind|name|type|status|reason|message/i;
const MAX_PAIRS = 2000;

/** Every known pair in reading order, 2000 at most. Values of block scalars and folded strings run over the following deeper lines. */
export function readPairs(lines: readonly Line[]): Pair[] {
  const pairs: Pair[] = [];
  lines.forEach((line, index) => {
    const body = line.text;
    if (pairs.length >= MAX_PAIRS || body.length < 6 || !HINT.test(body)) return;
    const flow = body.includes('{');
    let usedTo = 0;
    for (const found of body.matchAll(PAIR)) {
      if (found.index < usedTo) continue;
      const key = KEYS[(found[1] ?? '').toLowerCase()];
      const from = found.index + found[0].length;
      if (!key) continue;
      const head = body.slice(0, found.index);
      const opening = head.trim() === '' || head.trim() === '-';
      const value = readValue(lines, index, from, { flow, opening, indent: indentOf(body) });
      // `status:` and `"status":{` open a block; they are no value.
      if (value.text === '' || value.text.startsWith('{') || value.text.startsWith('[')) continue;
      usedTo = value.sameLineEnd;
      pairs.push({
        key,
        value: value.text,
        indent: opening ? head.length : indentOf(body),
        line: index,
        start: line.start + found.index,
        end: value.end,
      });
    }
  });
  return pairs;
}

type Value = { text: string; end: number; sameLineEnd: number };
type Where = { flow: boolean; opening: boolean; indent: number };
const MAX_FOLDED_LINES = 12;

function readValue(lines: readonly Line[], index: number, from: number, where: Where): Value {
  const line = lines[index] as Line;
  const body = line.text;
  const escaped = body.startsWith('\\"', from);
  const quote = escaped ? '\\"' : (body[from] ?? '');
  if (escaped || quote === '"' || quote === "'") {
    const close = closingQuote(body, from + quote.length, quote);
    if (close >= 0) return { text: unquote(body.slice(from + quote.length, close), quote), end: line.start + close, sameLineEnd: close };
    return folded(lines, index, from + quote.length, where.indent, quote);
  }
  if (where.opening && /^[|>][+-]?$/.test(body.slice(from).trim())) return folded(lines, index, body.length, where.indent, '');
  const end = where.flow ? stopAt(body, from, [',', '}']) : where.opening ? body.length : stopAt(body, from, [';', ', ']);
  if (where.opening && !where.flow) return folded(lines, index, from, where.indent, '');
  return { text: body.slice(from, end).trim(), end: line.start + end, sameLineEnd: end };
}

/** The value from `from` on, with the lines below that are indented deeper and open no pair of their own. */
function folded(lines: readonly Line[], index: number, from: number, indent: number, quote: string): Value {
  const first = lines[index] as Line;
  const parts = [first.text.slice(from)];
  let end = first.start + first.text.length;
  for (let at = index + 1; at < lines.length && at - index <= MAX_FOLDED_LINES; at++) {
    const next = lines[at] as Line;
    if (
      next.text.trim() === '' ||
      indentOf(next.text) <= indent ||
      /^[ \t]*(?:- )?[A-Za-z][\w ]{0,40}:(?: |$)/.test(next.text.slice(0, 120))
    )
      break;
    parts.push(next.text.trim());
    end = next.start + next.text.length;
    if (quote !== '' && next.text.trimEnd().endsWith(quote)) break;
  }
  const joined = parts.join(' ').trim();
  const text = quote !== '' && joined.endsWith(quote) ? joined.slice(0, -quote.length) : joined;
  return { text: unquote(text, quote), end, sameLineEnd: first.text.length };
}

function closingQuote(body: string, from: number, quote: string): number {
  for (let at = body.indexOf(quote, from); at >= 0; at = body.indexOf(quote, at + quote.length)) {
    if (quote === '"' && body[at - 1] === '\\') continue;
    if (quote === "'" && body[at + 1] === "'") at += 1;
    else return at;
  }
  return -1;
}

function stopAt(body: string, from: number, stops: readonly string[]): number {
  const found = stops.map((stop) => body.indexOf(stop, from)).filter((at) => at >= 0);
  return found.length > 0 ? Math.min(...found) : body.length;
}

const unquote = (text: string, quote: string): string =>
  quote === "'" ? text.replaceAll("''", "'") : quote === '"' ? text.replaceAll('\\"', '"') : text;
