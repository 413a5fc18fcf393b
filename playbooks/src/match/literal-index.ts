/** How many positions of one literal are remembered: the first ones and the last. */
const MAX_HITS = 8;
const EMPTY_HITS: readonly number[] = [];

export type LiteralHits = { of: (literal: string) => readonly number[] };

/**
 * Aho-Corasick automaton over lower-case literals: one pass over a text finds them all, in time linear in the text.
 * Characters outside the literals' alphabet share one class, so the table stays small.
 */
export function createLiteralIndex(literals: readonly string[]): (lowerText: string) => LiteralHits {
  const words = [...new Set(literals)].filter((word) => word.length > 0);
  const machine = buildMachine(words);
  const ids = new Map(words.map((word, id) => [word, id]));
  return (lowerText) => {
    const hits: number[][] = words.map(() => []);
    scan(machine, lowerText, (id, end) => {
      const list = hits[id] as number[];
      const start = end - (words[id] as string).length;
      if (list.length < MAX_HITS) list.push(start);
      else list[MAX_HITS - 1] = start;
    });
    return { of: (literal) => hits[ids.get(literal) ?? -1] ?? EMPTY_HITS };
  };
}

type Machine = { classes: Uint16Array; width: number; next: Int32Array; word: Int32Array; shorter: Int32Array };

function scan(machine: Machine, text: string, onWord: (id: number, end: number) => void): void {
  const { classes, width, next, word, shorter } = machine;
  let state = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    state = next[state * width + (code < classes.length ? (classes[code] as number) : 0)] as number;
    for (let node = word[state] === -1 ? (shorter[state] as number) : state; node > 0; node = shorter[node] as number) {
      onWord(word[node] as number, at + 1);
    }
  }
}

function buildMachine(words: readonly string[]): Machine {
  const classes = new Uint16Array(256);
  let width = 1;
  let size = 1;
  for (const word of words) {
    size += word.length;
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      if (code < classes.length && classes[code] === 0) classes[code] = width++;
    }
  }
  const machine = {
    classes,
    width,
    next: new Int32Array(size * width),
    word: new Int32Array(size).fill(-1),
    shorter: new Int32Array(size),
  };
  insertWords(machine, words);
  linkFailures(machine);
  return machine;
}

function insertWords({ classes, width, next, word }: Machine, words: readonly string[]): void {
  let states = 1;
  words.forEach((literal, id) => {
    let state = 0;
    for (let at = 0; at < literal.length; at++) {
      const slot = state * width + (classes[literal.charCodeAt(at)] ?? 0);
      if (next[slot] === 0) next[slot] = states++;
      state = next[slot] as number;
    }
    word[state] = id;
  });
}

/** Breadth first: fills missing transitions from the failure state and notes the nearest shorter word that also ends there. */
function linkFailures({ width, next, word, shorter }: Machine): void {
  const fail = new Int32Array(shorter.length);
  const queue: number[] = [];
  for (let one = 0; one < width; one++) if (next[one]) queue.push(next[one] as number);
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] as number;
    const back = fail[state] as number;
    shorter[state] = word[back] === -1 ? (shorter[back] as number) : back;
    for (let one = 0; one < width; one++) {
      const slot = state * width + one;
      const target = next[slot] as number;
      if (target === 0) next[slot] = next[back * width + one] as number;
      else {
        fail[target] = next[back * width + one] as number;
        queue.push(target);
      }
    }
  }
}

/** Lower-case copy of the same length, so that offsets agree (a few letters lower-case to two characters). */
export function lowerSameLength(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
}
