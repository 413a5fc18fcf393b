/** One cell: no line break, no bar that would end it. */
const cell = (text: string): string => text.replaceAll('\n', ' ').replaceAll('|', '\\|');

/** A GitHub table; empty cells are fine. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const code = (text: string): string => `\`${text}\``;

/** First letter large, full stop at the end. */
export function sentence(text: string): string {
  const large = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(large) ? large : `${large}.`;
}

/** A generated page: title, where it comes from, what follows. */
export function page(title: string, source: string, parts: readonly string[]): string {
  const origin = `Generated from ${code(source)} by ${code('npm run generate')}; change it there.`;
  return `${[`# ${title}`, origin, ...parts].join('\n\n')}\n`;
}
