import { OcmError, quoted } from '../error.ts';
import { type JsonPath, printPath } from './json.ts';

/** A value's place in JSON text, as character offsets; `end` is behind the last character. */
export interface Span {
  readonly path: JsonPath;
  readonly start: number;
  readonly end: number;
}

/** Nesting that no descriptor needs and that recursion still bears. */
export const MAX_DEPTH = 100;

/**
 * Walks text that `JSON.parse` has accepted and calls `onValue` for every value, inner ones first.
 * Throws `DESCRIPTOR_SYNTAX` for a key that occurs twice in one object (readers disagree which one counts) and for nesting beyond 100.
 */
export function walkJson(text: string, onValue: (span: Span) => void): void {
  new Walker(text, onValue).value([], skipBlanks(text, 0));
}

class Walker {
  readonly #text: string;
  readonly #onValue: (span: Span) => void;

  constructor(text: string, onValue: (span: Span) => void) {
    this.#text = text;
    this.#onValue = onValue;
  }

  /** Walks the value that begins at `start` and returns the offset behind it. */
  value(path: JsonPath, start: number): number {
    if (path.length > MAX_DEPTH) {
      throw new OcmError('DESCRIPTOR_SYNTAX', `descriptor is nested deeper than ${MAX_DEPTH} levels: flatten it`);
    }
    const first = this.#text[start];
    const end =
      first === '{'
        ? this.#object(path, start)
        : first === '['
          ? this.#array(path, start)
          : first === '"'
            ? endOfString(this.#text, start)
            : endOfWord(this.#text, start);
    this.#onValue({ path, start, end });
    return end;
  }

  #object(path: JsonPath, start: number): number {
    const keys = new Set<string>();
    let at = skipBlanks(this.#text, start + 1);
    while (this.#text[at] !== '}') {
      const keyEnd = endOfString(this.#text, at);
      const key = JSON.parse(this.#text.slice(at, keyEnd)) as string;
      if (keys.has(key)) {
        throw new OcmError('DESCRIPTOR_SYNTAX', `descriptor has the key ${quoted(key)} twice in ${printPath(path)}: keep one`);
      }
      keys.add(key);
      const colon = skipBlanks(this.#text, keyEnd);
      at = this.#next(this.value([...path, key], skipBlanks(this.#text, colon + 1)));
    }
    return at + 1;
  }

  #array(path: JsonPath, start: number): number {
    let at = skipBlanks(this.#text, start + 1);
    for (let index = 0; this.#text[at] !== ']'; index++) at = this.#next(this.value([...path, index], at));
    return at + 1;
  }

  #next(end: number): number {
    const at = skipBlanks(this.#text, end);
    return this.#text[at] === ',' ? skipBlanks(this.#text, at + 1) : at;
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return at;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && !',]} \n\r\t'.includes(text[at] ?? '')) at++;
  return at;
}
