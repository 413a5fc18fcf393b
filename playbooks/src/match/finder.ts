import type { Span } from '../types.ts';
import type { CompiledPattern } from './compile.ts';
import { createLiteralIndex, type LiteralHits, lowerSameLength } from './literal-index.ts';

/** What one text may cost: characters that RE2JS tests, plus five for each character in which it locates a match. */
const BUDGET = 150_000;
const LOCATE_COST = 5;
/** How far a pattern is run to each side of a literal that was found. */
const REACH = 1000;

export type Finder = {
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
    const budget = { left: BUDGET };
    return {
      inText: (pattern) => {
        if (!known.has(pattern)) known.set(pattern, search(text, pattern, hits, budget));
        return known.get(pattern);
      },
      inMessage: (pattern, message) => {
        const lower = lowerSameLength(message);
        if (pattern.anchors.length > 0 && !pattern.anchors.some((literal) => lower.includes(literal))) return undefined;
        const span = locate(pattern, message, 0, budget);
        return span === 'spent' ? undefined : span;
      },
    };
  };
}

type Budget = { left: number };

function search(text: string, pattern: CompiledPattern, hits: LiteralHits, budget: Budget): Span | undefined | 'spent' {
  for (const { start, end } of windows(text, pattern, hits)) {
    const found = locate(pattern, text.slice(start, end), start, budget);
    if (found) return found;
  }
  return undefined;
}

function locate(pattern: CompiledPattern, part: string, offset: number, budget: Budget): Span | undefined | 'spent' {
  if (budget.left < part.length) return 'spent';
  budget.left -= part.length;
  if (!pattern.re.test(part)) return undefined;
  budget.left -= part.length * LOCATE_COST;
  const matcher = pattern.re.matcher(part);
  return matcher.find() ? { start: offset + matcher.start(), end: offset + matcher.end() } : undefined;
}

/** Disjoint parts of the text around the literals, in reading order; the whole text for a pattern without literals. */
function windows(text: string, pattern: CompiledPattern, hits: LiteralHits): Span[] {
  if (pattern.anchors.length === 0) return [{ start: 0, end: text.length }];
  const around = pattern.anchors.flatMap((literal) =>
    hits.of(literal).map((at) => windowAround(text, at, at + literal.length, pattern.crossesLines)),
  );
  around.sort((one, other) => one.start - other.start);
  const merged: Span[] = [];
  for (const span of around) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push(span);
  }
  return merged;
}

function windowAround(text: string, from: number, to: number, crossesLines: boolean): Span {
  const least = Math.max(0, from - REACH);
  const most = Math.min(text.length, to + REACH);
  if (crossesLines) return { start: least, end: most };
  const newline = text.lastIndexOf('\n', from);
  const next = text.indexOf('\n', to);
  return { start: Math.max(least, newline + 1), end: next < 0 ? most : Math.min(most, next) };
}
