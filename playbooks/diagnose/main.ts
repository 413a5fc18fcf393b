import { readFileSync, statSync } from 'node:fs';
import yargs from 'yargs';
import { PlaybookError } from '../src/index.ts';
import { loadPlaybooks } from '../src/load.ts';
import { diagnoseText } from './answer.ts';
import { decodeInput, InputError, MAX_INPUT_BYTES } from './input.ts';
import { renderAnswer, styleFor } from './render.ts';

const EXIT = { answered: 0, usage: 2, abstained: 3 } as const;

function parseArguments(argv: readonly string[]) {
  return yargs([...argv])
    .scriptName('diagnose')
    .usage(
      'npm run -s diagnose -- FILE|-\n\nFinds the playbook for pasted conditions, events, manifests or logs. "-" reads standard input.\nSecrets are masked before anything is shown.',
    )
    .command('$0 [file]', false, (command) =>
      command.positional('file', { type: 'string', describe: 'file to read, - for standard input' }),
    )
    .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
    .option('show', { type: 'string', describe: 'print a playbook instead, e.g. PB-007' })
    .completion('completion', 'print a completion script for bash or zsh')
    .example('… | npm run -s diagnose -- -', 'what kubectl get component podinfo -o yaml printed')
    .example('npm run -s diagnose -- app.log --json', 'diagnose a log, for programs')
    .example('npm run -s diagnose -- --show PB-001', 'read a playbook')
    .epilogue('Exit codes: 0 answered, 3 abstained, 2 wrong usage or input.')
    .wrap(100)
    .strict()
    .version(false)
    .fail((message, error) => {
      throw error ?? new InputError('USAGE', `${message}; see --help`);
    });
}

async function run(argv: readonly string[]): Promise<number> {
  const { file: named, json, show } = (await parseArguments(argv).parseAsync()) as { file?: string; json: boolean; show?: string };
  const playbooks = loadPlaybooks();
  if (show !== undefined) {
    const playbook = playbooks.find(({ id }) => id === show.toUpperCase());
    if (!playbook) throw new InputError('NOT_FOUND', `${show}: no such playbook; they are PB-001 to ${playbooks.at(-1)?.id ?? 'PB-001'}`);
    process.stdout.write(`# ${playbook.id} ${playbook.title}\n\n${playbook.summary}\n\n${playbook.body.trim()}\n`);
    return EXIT.answered;
  }
  if (named === undefined) throw new InputError('USAGE', 'no file given; name one, or - for standard input; see --help');
  const file = named === '' ? '-' : named; // yargs reads a lone dash as an empty string
  const answer = diagnoseText(decodeInput(file === '-' ? 'standard input' : file, readInput(file)), playbooks);
  const coloured = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '';
  process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : renderAnswer(answer, styleFor(coloured)));
  return answer.verdict === 'answer' ? EXIT.answered : EXIT.abstained;
}

function readInput(file: string): Uint8Array {
  try {
    if (file === '-') return readFileSync(0);
    const { size } = statSync(file);
    if (size > MAX_INPUT_BYTES)
      throw new InputError(
        'TOO_LARGE',
        `${file}: ${Math.ceil(size / 1024 / 1024)} MiB is more than 16 MiB; cut it, for instance with: tail -c 64K`,
      );
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError('NOT_FOUND', `${file}: cannot be read; give a text file, or - for standard input`, { cause });
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InputError) && !(error instanceof PlaybookError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT.usage;
}
