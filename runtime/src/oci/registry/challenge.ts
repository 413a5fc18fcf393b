/** One way to authenticate that a server offers; names of schemes and parameters are in lower case. */
export type Challenge = { readonly scheme: string; readonly parameters: Readonly<Record<string, string>> };

const TOKEN_END = new Set([' ', '\t', ',', '=', '"']);
const MAX_HEADER = 8192;

/**
 * Reads a `WWW-Authenticate` value: several challenges, quoted values with escapes, parameters in any order. One pass over the text;
 * what does not parse is left out rather than guessed.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const scanner = new Scanner(header.slice(0, MAX_HEADER));
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  while (!scanner.done()) {
    scanner.skip(', \t');
    const word = scanner.token();
    if (word === '') {
      scanner.advance();
      continue;
    }
    if (scanner.skipTo('=')) {
      const value = scanner.value();
      const current = challenges.at(-1);
      if (current !== undefined && !Object.hasOwn(current.parameters, word.toLowerCase())) current.parameters[word.toLowerCase()] = value;
    } else {
      challenges.push({ scheme: word.toLowerCase(), parameters: {} });
    }
  }
  return challenges;
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  done(): boolean {
    return this.#at >= this.#text.length;
  }

  advance(): void {
    this.#at += 1;
  }

  skip(characters: string): void {
    while (!this.done() && characters.includes(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  /** Moves past the character when it comes next, blanks aside; stays where it was otherwise. */
  skipTo(character: string): boolean {
    const start = this.#at;
    this.skip(' \t');
    if (this.#text[this.#at] === character) {
      this.#at += 1;
      return true;
    }
    this.#at = start;
    return false;
  }

  token(): string {
    const start = this.#at;
    while (!this.done() && !TOKEN_END.has(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  value(): string {
    this.skip(' \t');
    if (this.#text[this.#at] !== '"') return this.token();
    this.#at += 1;
    const parts: string[] = [];
    while (!this.done() && this.#text[this.#at] !== '"') {
      if (this.#text[this.#at] === '\\') this.#at += 1;
      parts.push(this.#text[this.#at] ?? '');
      this.#at += 1;
    }
    this.#at += 1;
    return parts.join('');
  }
}
