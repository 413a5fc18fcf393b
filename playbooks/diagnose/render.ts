import type { Answer, ShownCandidate } from './answer.ts';

export type Style = {
  bold: (text: string) => string;
  green: (text: string) => string;
  yellow: (text: string) => string;
  dim: (text: string) => string;
};

/** ANSI styles, or none: a pipe, a file or `NO_COLOR` gets plain text. */
export function styleFor(coloured: boolean): Style {
  const paint = (code: number) => (text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: paint(1), green: paint(32), yellow: paint(33), dim: paint(2) };
}

/** The answer for people: verdict, what decided (line:column), what else it could be, how to go on. */
export function renderAnswer(answer: Answer, style: Style): string {
  const lines = answer.best ? answered(answer, answer.best, style) : abstained(answer, style);
  if (answer.others.length > 0) lines.push('', style.bold('Also looked at'), ...table(answer.others, style));
  if (answer.versions.length > 0) {
    const versions = answer.versions.map(({ product, version }) => `${product} ${version}`);
    lines.push('', `${style.bold('Versions found')}  ${[...new Set(versions)].join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function answered(answer: Answer, best: NonNullable<Answer['best']>, style: Style): string[] {
  return [
    `${style.green(best.playbook)}  ${style.bold(best.title)}  ${style.dim(`confidence ${percent(best.confidence)}, by ${best.by}`)}`,
    best.summary,
    '',
    style.bold('Because of'),
    ...best.spans.map(({ line, column, text, rule }) => `  ${`${line}:${column}`.padEnd(9)} ${oneLine(text)}  ${style.dim(rule)}`),
    '',
    `${style.bold('What to do')}  npm run -s diagnose -- --show ${answer.best?.playbook ?? ''}`,
  ];
}

function abstained(answer: Answer, style: Style): string[] {
  const wanted = answer.missing.length > 0 ? [`It would help to add: ${answer.missing.join(', ')}.`] : [];
  return [`${style.yellow('No answer')}: ${answer.why ?? ''}.`, ...wanted];
}

function table(candidates: readonly ShownCandidate[], style: Style): string[] {
  return candidates.map(
    ({ playbook, title, confidence, by }) => `  ${playbook}  ${percent(confidence).padStart(5)}  ${by.padEnd(9)}  ${style.dim(title)}`,
  );
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const MAX_QUOTE = 160;

/** One printable line: control characters of pasted text never reach the terminal. */
function oneLine(text: string): string {
  const flat = [...text].map((char) => (char < ' ' || char === '\u007f' || (char >= '\u0080' && char <= '\u009f') ? ' ' : char)).join('');
  const squeezed = flat
    .split(' ')
    .filter((word) => word !== '')
    .join(' ');
  return squeezed.length > MAX_QUOTE ? `${squeezed.slice(0, MAX_QUOTE - 1)}…` : squeezed;
}
