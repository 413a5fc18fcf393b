import { stripVTControlCharacters } from 'node:util';

const CELL_CHARACTERS = 72;

/** A plain table for people: columns as wide as their widest cell, cut at 72 characters. Control characters of user text are dropped. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, ...rows].map((row) => row.map((cell) => clean(String(cell))));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === line.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function clean(text: string): string {
  const printable = stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ');
  return printable.length > CELL_CHARACTERS ? `${printable.slice(0, CELL_CHARACTERS - 1)}…` : printable;
}
