import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createTriage, PlaybookError } from '@sig-runtime/playbooks';
import { loadPlaybooks } from '@sig-runtime/playbooks/load';
import yargs from 'yargs';
import { type Decided, decideRows, report } from './evaluate.ts';
import { renderReport, rowReport } from './render.ts';
import { halfOf, parseRows, RowError } from './rows.ts';

const USAGE_ERROR = 2;
const WARM_UP_ROWS = 100;

function parseArguments(argv: readonly string[]) {
  return yargs([...argv])
    .scriptName('npm run -s eval --')
    .usage('$0 FILE.jsonl [options]\n\nMeasures labels and playbook answers against labelled items (one JSON object a line).')
    .command('$0 <file>', false, (command) =>
      command.positional('file', { type: 'string', demandOption: true, describe: 'rows, one JSON object a line' }),
    )
    .option('json', { type: 'boolean', default: false, describe: 'print one JSON object instead of a table' })
    .option('half', { choices: ['a', 'b'] as const, describe: 'only the half whose SHA-256(id) starts with 0–7 (a) or 8–f (b)' })
    .option('rows', { type: 'boolean', default: false, describe: "also print each row's decision and reasons" })
    .option('text-only', { type: 'boolean', default: false, describe: 'decide rows with changed areas from title and body alone' })
    .example('$0 issues.jsonl', 'table for the whole file and both halves')
    .example('$0 issues.jsonl --json --half b', 'numbers of one half')
    .example('$0 pull-requests.jsonl --text-only', 'ignore the changed paths')
    .strict()
    .version(false)
    .fail((message, error) => {
      throw error ?? new RowError('READ', `${message}; see --help`);
    });
}

async function run(argv: readonly string[]): Promise<void> {
  const options = await parseArguments(argv).parseAsync();
  const file = String(options.file) || '-'; // yargs reads a lone dash as an empty string
  const rows = parseRows(basename(file), readRows(file));
  const triage = createTriage(loadPlaybooks());
  // Times are those of a running bot: the first rows only warm the matcher up and are decided again.
  decideRows(rows.slice(0, WARM_UP_ROWS), triage, { textOnly: options.textOnly, nowMs: () => 0 });
  const decided = decideRows(rows, triage, { textOnly: options.textOnly, nowMs: () => performance.now() });
  const half = options.half;
  const chosen = half ? decided.filter(({ row }) => halfOf(row.id) === half) : decided;
  process.stdout.write(
    options.json ? `${JSON.stringify(asJson(chosen, half, options.rows), null, 2)}\n` : asTable(chosen, half, options.rows),
  );
}

function readRows(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new RowError('READ', `${file}: cannot be read; give the path of a JSON lines file`, { cause });
  }
}

const inHalf = (decided: readonly Decided[], half: 'a' | 'b'): Decided[] => decided.filter(({ row }) => halfOf(row.id) === half);

function asJson(decided: readonly Decided[], half: 'a' | 'b' | undefined, withRows: boolean): Record<string, unknown> {
  const halves = half ? {} : { halves: { a: report(inHalf(decided, 'a')), b: report(inHalf(decided, 'b')) } };
  return { ...report(decided), ...(half ? { half } : {}), ...halves, ...(withRows ? { decisions: decided.map(rowReport) } : {}) };
}

function asTable(decided: readonly Decided[], half: 'a' | 'b' | undefined, withRows: boolean): string {
  const rows = withRows ? decided.map((one) => `${JSON.stringify(rowReport(one))}\n`).join('') : '';
  if (half) return rows + renderReport(`half ${half}`, report(decided));
  const parts = [
    renderReport('all', report(decided)),
    renderReport('half a', report(inHalf(decided, 'a'))),
    renderReport('half b', report(inHalf(decided, 'b'))),
  ];
  return rows + parts.join('\n');
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RowError) && !(error instanceof PlaybookError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = USAGE_ERROR;
}
