import type { Span } from '../types.ts';
import type { CompiledPattern } from './compile.ts';
import { createLiteralIndex, type LiteralHits, lowerSameLength } from './literal-index.ts';

/** What one text may cost, in characters that RE2JS tests (about 0.03 µs each); finding where a match lies costs twenty times as much. */
const BUDGET = 100_000;
const LOCATE_COST = 20;
/** How far a pattern is run to each side of a literal that was found. */
const REACH = 1000;
/** Parts that overlap become one up to this length: where a pattern matches is looked for in one part, and long ones are dear. */
const MAX_WINDOW = 3000;

export type Finder = {
  /** Whether the pattern matches anywhere in the text; much cheaper than where. `'spent'` when the text was too costly to decide. */
  appears: (pattern: CompiledPattern) => boolean | 'spent';
  /** First match in the whole text; `'spent'` when the text was too costly to decide. */
  inText: (pattern: CompiledPattern) => Span | undefined | 'spent';
  /** First match within `message`, as offsets into it. */
  inMessage: (pattern: CompiledPattern, message: string) => Span | undefined;
};

/** Prepares all literals once; the result makes a finder for each text. */
export function createFinderFactory(literals: readonly string[]): (text: string) => Finder {
  const index = createLiteralIndex(literals);
  return (text) => {
    const hits = index(lowerSameLength(text));
    const known = new Map<CompiledPattern, Span | undefined | 'spent'>();
    const lowered = new Map<string, string>();
    const budget = { left: BUDGET };
    const matching = new Map<CompiledPattern, Span | undefined | 'spent'>();
    const windowOf = (pattern: CompiledPattern): Span | undefined | 'spent' => {
      if (!matching.has(pattern)) matching.set(pattern, matchingWindow(text, pattern, hits, budget));
      return matching.get(pattern);
    };
    const inText = (pattern: CompiledPattern): Span | undefined | 'spent' => {
      const window = windowOf(pattern);
      return window === undefined || window === 'spent'
        ? window
        : locate(pattern, text.slice(window.start, window.end), window.start, budget);
    };
    return {
      appears: (pattern) => {
        const window = windowOf(pattern);
        return window === 'spent' ? window : window !== undefined;
      },
      inText: (pattern) => {
        if (!known.has(pattern)) known.set(pattern, inText(pattern));
        return known.get(pattern);
      },
      inMessage: (pattern, message) => {
        const lower = lowered.get(message) ?? lowerSameLength(message);
        lowered.set(message, lower);
        if (pattern.anchors.length > 0 && !pattern.anchors.some((literal) => lower.includes(literal))) return undefined;
        if (tests(pattern, message, budget) !== true) return undefined;
        const span = locate(pattern, message, 0, budget);
        return span === 'spent' ? undefined : span;
      },
    };
  };
}

type Budget = { left: number };

/** The first part of the text in which the pattern matches. */
function matchingWindow(text: string, pattern: CompiledPattern, hits: LiteralHits, budget: Budget): Span | undefined | 'spent' {
  for (const window of windows(text, pattern, hits)) {
    const found = tests(pattern, text.slice(window.start, window.end), budget);
    if (found) return found === 'spent' ? found : window;
  }
  return undefined;
}

function tests(pattern: CompiledPattern, part: string, budget: Budget): boolean | 'spent' {
  if (budget.left < part.length) return 'spent';
  budget.left -= part.length;
  return pattern.re.test(part);
}

/** Where the pattern matches in a part that it is known to match. */
function locate(pattern: CompiledPattern, part: string, offset: number, budget: Budget): Span | undefined | 'spent' {
  if (budget.left < part.length * LOCATE_COST) return 'spent';
  budget.left -= part.length * LOCATE_COST;
  const matcher = pattern.re.matcher(part);
  return matcher.find() ? { start: offset + matcher.start(), end: offset + matcher.end() } : undefined;
}

/** Parts of the text around the literals, in reading order; the whole text for a pattern without literals. */
function windows(text: string, pattern: CompiledPattern, hits: LiteralHits): Span[] {
  if (pattern.anchors.length === 0) return [{ start: 0, end: text.length }];
  const around = pattern.anchors.flatMap((literal) =>
    hits.of(literal).map((at) => windowAround(text, at, at + literal.length, pattern.crossesLines)),
  );
  around.sort((one, other) => one.start - other.start);
  const merged: Span[] = [];
  for (const span of around) {
    const last = merged.at(-1);
    if (last && span.end <= last.end) continue;
    if (last && span.start <= last.end && span.end - last.start <= MAX_WINDOW) last.end = span.end;
    else merged.push(span);
  }
  return merged;
}

function windowAround(text: string, from: number, to: number, crossesLines: boolean): Span {
  const least = Math.max(0, from - REACH);
  const most = Math.min(text.length, to + REACH);
  if (crossesLines) return { start: least, end: most };
  const before = text.slice(least, from).lastIndexOf('\n');
  const after = text.slice(to, most).indexOf('\n');
  return { start: least + before + 1, end: after < 0 ? most : to + after };
}
