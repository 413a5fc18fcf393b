/** Half-open range of offsets. */
type Range = { start: number; end: number };

/**
 * Ranges of one paragraph's source that are code spans or raw HTML, so that a line that starts inside one of them is not a command.
 * Errs on the side of hiding: everything between `<` and the next `>` counts as HTML when a tag, comment or declaration could start there.
 * Linear: every closing position is looked up once, and a closer that was not found is not looked for again.
 */
export function hiddenRanges(source: string): readonly Range[] {
  const closers = new Closers(source);
  const hidden: Range[] = [];
  let at = 0;
  while (at < source.length) {
    const end = source[at] === '`' ? closers.codeSpanEnd(at) : source[at] === '<' ? closers.htmlEnd(at) : undefined;
    if (end !== undefined) hidden.push({ start: at, end });
    at = end ?? (source[at] === '`' ? at + runLength(source, at) : at + (source[at] === '\\' ? 2 : 1));
  }
  return hidden;
}

class Closers {
  readonly #source: string;
  /** Starts of backtick runs by length, ascending; consumed from the front. */
  readonly #runs = new Map<number, number[]>();
  readonly #missing = new Set<string>();

  constructor(source: string) {
    this.#source = source;
    for (let at = source.indexOf('`'); at !== -1; ) {
      const length = runLength(source, at);
      const starts = this.#runs.get(length) ?? [];
      starts.push(at);
      this.#runs.set(length, starts);
      at = source.indexOf('`', at + length);
    }
    for (const starts of this.#runs.values()) starts.reverse();
  }

  codeSpanEnd(start: number): number | undefined {
    const length = runLength(this.#source, start);
    const starts = this.#runs.get(length) ?? [];
    while (starts.length > 0 && (starts.at(-1) ?? 0) <= start) starts.pop();
    const closing = starts.at(-1);
    return closing === undefined ? undefined : closing + length;
  }

  htmlEnd(start: number): number | undefined {
    if (this.#source.startsWith('<!--', start)) return this.#after('-->', start + 4);
    if (this.#source.startsWith('<![CDATA[', start)) return this.#after(']]>', start + 9);
    if (this.#source.startsWith('<?', start)) return this.#after('?>', start + 2);
    return /[A-Za-z/!]/.test(this.#source[start + 1] ?? '') ? this.#after('>', start + 1) : undefined;
  }

  #after(closer: string, from: number): number | undefined {
    if (this.#missing.has(closer)) return undefined;
    const found = this.#source.indexOf(closer, from);
    if (found === -1) this.#missing.add(closer);
    return found === -1 ? undefined : found + closer.length;
  }
}

function runLength(source: string, start: number): number {
  let end = start;
  while (source[end] === '`') end += 1;
  return end - start;
}
