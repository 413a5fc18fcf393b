/** One line of the analysed text; `start` is its offset. */
export type Line = { start: number; text: string };

export const MAX_LINE = 4096;

/** Splits into lines; what a line has beyond 4096 characters is left out of line-wise reading (not of pattern matching). */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const raw = text.slice(start, Math.min(end, start + MAX_LINE));
    lines.push({ start, text: raw.endsWith('\r') ? raw.slice(0, -1) : raw });
    start = end + 1;
  }
  return lines;
}

export const indentOf = (text: string): number => text.length - text.trimStart().length;
