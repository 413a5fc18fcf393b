import type { ConfigurationWarning } from '../../configuration/lint.ts';
import type { ConfigurationProblem } from '../../configuration/parse.ts';
import type { Configuration } from '../../configuration/schema.ts';
import { cell, inlineCode } from '../../rendering/quote.ts';

/** GitHub refuses summaries above 65,535 characters; beyond this many rows nobody reads on. */
const MAX_ROWS = 100;

export function errorsTable(path: string, errors: readonly ConfigurationProblem[]): string {
  const rows = errors
    .slice(0, MAX_ROWS)
    .map(({ line, column, message, remedy }) => `| ${line}:${column} | ${cell(message, 300)} | ${cell(remedy, 300)} |`);
  return [
    `${inlineCode(path)} would be refused; the last good version stays in force.`,
    '',
    '| Line | Problem | Remedy |',
    '| --- | --- | --- |',
    ...rows,
    ...left(errors.length),
    '',
  ].join('\n');
}

export function validSummary(path: string, { settings, sections }: Configuration, warnings: readonly ConfigurationWarning[]): string {
  const on = [...sections.keys()].map((name) => inlineCode(name)).join(', ');
  const rows = warnings
    .slice(0, MAX_ROWS)
    .map((warning) => `| ${cell(warning.path)} | ${cell(warning.message, 300)} | ${cell(warning.remedy, 300)} |`);
  return [
    `${inlineCode(path)} is valid.`,
    '',
    `- mode: ${inlineCode(settings.mode)}${settings.mode === 'active' ? ' (the bot writes to GitHub)' : ' (the bot only reports)'}`,
    `- switched on: ${on || 'nothing'}`,
    ...(rows.length > 0 ? ['', '| Where | Warning | Remedy |', '| --- | --- | --- |', ...rows, ...left(warnings.length)] : []),
    '',
  ].join('\n');
}

function left(count: number): readonly string[] {
  return count > MAX_ROWS ? ['', `${count - MAX_ROWS} more are left out.`] : [];
}
