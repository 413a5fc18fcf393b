/**
 * Literals of which every match of an RE2 pattern contains at least one, lower-cased. They let the matcher skip a pattern
 * without running it (RE2JS needs about 0.1 µs a character). `undefined` when a branch has no literal of `MIN_ANCHOR` characters.
 *
 * Works on a small algebra: `exact` is the finite set of strings a piece can match (while small), `anchors` the best literal set so far.
 */
export function anchorsOf(pattern: string): readonly string[] | undefined {
  const piece = new Reader(pattern).alternation();
  const best = strongest([piece.anchors, piece.exact]);
  return best && weakest(best) >= MIN_ANCHOR ? [...new Set(best)] : undefined;
}

export const MIN_ANCHOR = 2;
const MAX_SET = 24;

type Piece = { exact: readonly string[] | undefined; anchors: readonly string[] | undefined };
const ANYTHING: Piece = { exact: undefined, anchors: undefined };
const EMPTY: Piece = { exact: [''], anchors: undefined };

const weakest = (set: readonly string[]): number =>
  set.reduce((least, literal) => Math.min(least, literal.length), Number.POSITIVE_INFINITY);

function strongest(sets: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  for (const set of sets) if (set && set.length > 0 && (!best || weakest(set) > weakest(best))) best = set;
  return best && weakest(best) > 0 ? best : undefined;
}

function either(left: Piece, right: Piece): Piece {
  if (left.exact && right.exact && left.exact.length + right.exact.length <= MAX_SET) {
    return { exact: [...left.exact, ...right.exact], anchors: undefined };
  }
  const one = strongest([left.anchors, left.exact]);
  const two = strongest([right.anchors, right.exact]);
  return { exact: undefined, anchors: one && two ? [...one, ...two] : undefined };
}

function repeat(piece: Piece, least: number, most: number): Piece {
  if (least === 1 && most === 1) return piece;
  if (least === 0 && most === 1 && piece.exact && piece.exact.length < MAX_SET) return { exact: ['', ...piece.exact], anchors: undefined };
  if (least === 0) return ANYTHING;
  return { exact: undefined, anchors: strongest([piece.anchors, piece.exact]) };
}

class Reader {
  private at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  alternation(): Piece {
    let piece = this.sequence();
    while (this.source[this.at] === '|') {
      this.at += 1;
      piece = either(piece, this.sequence());
    }
    return piece;
  }

  private sequence(): Piece {
    const candidates: (readonly string[] | undefined)[] = [];
    let run: readonly string[] = [''];
    let broken = false;
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      const next = this.quantified();
      if (next.exact && run.length * next.exact.length <= MAX_SET) {
        const tails = next.exact;
        run = run.flatMap((head) => tails.map((tail) => head + tail));
        continue;
      }
      broken = true;
      candidates.push(run, next.anchors);
      run = next.exact ?? [''];
    }
    if (!broken) return { exact: run, anchors: undefined };
    return { exact: undefined, anchors: strongest([...candidates, run]) };
  }

  private quantified(): Piece {
    const piece = this.atom();
    const mark = this.source[this.at];
    if (mark === '?' || mark === '*' || mark === '+') {
      this.at += 1;
      if (this.source[this.at] === '?') this.at += 1;
      return repeat(piece, mark === '+' ? 1 : 0, mark === '?' ? 1 : 99);
    }
    if (mark !== '{') return piece;
    const close = this.source.indexOf('}', this.at);
    const [least = '0', most] = this.source.slice(this.at + 1, close).split(',');
    this.at = close + 1;
    if (this.source[this.at] === '?') this.at += 1;
    return repeat(piece, Number(least), most === undefined ? Number(least) : most === '' ? 99 : Number(most));
  }

  private atom(): Piece {
    const char = this.source[this.at] ?? '';
    this.at += 1;
    if (char === '(') return this.group();
    if (char === '[') return this.set();
    if (char === '.') return ANYTHING;
    if (char === '^' || char === '$') return EMPTY;
    if (char === '\\') return this.escape();
    return { exact: [char.toLowerCase()], anchors: undefined };
  }

  private group(): Piece {
    if (this.source[this.at] === '?') {
      const end = this.source.slice(this.at).search(/[:>)]/);
      const flagsOnly = this.source[this.at + end] === ')';
      this.at += end + (flagsOnly ? 0 : 1);
    }
    const piece = this.alternation();
    this.at += 1;
    return piece;
  }

  private escape(): Piece {
    const char = this.source[this.at] ?? '';
    this.at += 1;
    if (char === 'b' || char === 'B' || char === 'A' || char === 'z') return EMPTY;
    if ('wWdDsSpPx'.includes(char)) {
      if ('pPx'.includes(char))
        this.at = this.source[this.at] === '{' ? this.source.indexOf('}', this.at) + 1 : this.at + (char === 'x' ? 2 : 1);
      return ANYTHING;
    }
    const control: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' };
    return { exact: [control[char] ?? char.toLowerCase()], anchors: undefined };
  }

  /** A class is exact only when it lists a few plain characters (`[13]`, `["']`). */
  private set(): Piece {
    const start = this.at;
    if (this.source[this.at] === '^') this.at += 1;
    if (this.source[this.at] === ']') this.at += 1;
    while (this.at < this.source.length && this.source[this.at] !== ']') {
      if (this.source.startsWith('[:', this.at)) this.at = this.source.indexOf(':]', this.at) + 2;
      else this.at += this.source[this.at] === '\\' ? 2 : 1;
    }
    const inner = this.source.slice(start, this.at);
    this.at += 1;
    if (inner.startsWith('^') || inner.includes('-') || inner.includes('\\') || inner.includes('[:') || inner.length > 6) return ANYTHING;
    return { exact: [...new Set([...inner].map((one) => one.toLowerCase()))], anchors: undefined };
  }
}
