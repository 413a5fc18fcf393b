import yargs, { type Argv } from 'yargs';
import { type BotOptions, botOptions, type Option, OptionError, parseOptions } from '../options.ts';
import { addFileCommands } from './file-commands.ts';
import { addOperationCommands } from './operation-commands.ts';

export type Surroundings = {
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  readFile: (path: string) => string;
  /** Registers what happens when the process is asked to stop. */
  onStop: (stop: () => void) => void;
};

/** Errors that are the caller's to mend: their message says how, a stack trace would only hide it. */
const isExpected = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

/**
 * The command line of the bot. Resolves with the exit code: 0 done, 1 failed or something was found, 2 wrong usage.
 */
export async function runProgram(io: Surroundings): Promise<number> {
  const exit = { code: 0 };
  const program = yargs([...io.args])
    .scriptName('npm run -s bot --')
    .usage('$0 <command>\n\nThe triage bot of SIG Runtime. `npm start` is `start` with embedded defaults.')
    .command(
      'start',
      'run the bot: with App credentials against GitHub, else a busy week against the embedded one',
      startOptions,
      async (flags) => {
        exit.code = await start(io, flags);
      },
    )
    .demandCommand(1, 'say which command, for example: npm start')
    .strict()
    .recommendCommands()
    .completion('completion', 'print a shell completion script (bash, zsh)')
    .help()
    .alias('help', 'h')
    .version(false)
    .wrap(io.stdout.isTTY ? Math.min(120, io.stdout.columns) : 120)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new OptionError(message);
    });
  addOperationCommands(program, io.stdout, io.readFile);
  addFileCommands(program, io, exit);
  try {
    await program.parseAsync();
  } catch (error) {
    if (!isExpected(error)) throw error;
    io.stderr.write(`error: ${error.message}\n`);
    return error instanceof OptionError ? 2 : 1;
  }
  return exit.code;
}

function startOptions(command: Argv): Argv {
  const flags = Object.fromEntries(
    Object.entries(botOptions as Record<string, Option>).map(([name, option]) => {
      const shown = option.default === undefined ? '' : `, default ${option.default}`;
      return [
        name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        { type: 'string' as const, describe: `${option.help} [${option.env}${shown}]` },
      ];
    }),
  );
  return command
    .options(flags)
    .option('once', { type: 'boolean', default: false, describe: 'replay the embedded week, report and end' })
    .option('json', { type: 'boolean', default: false, describe: 'report as one JSON object on standard output' })
    .example('npm start', 'replay a busy week, then serve the status page until Ctrl-C')
    .example('npm start -- --once --json', 'the same, for machines')
    .example('APP_ID=1 PRIVATE_KEY_PATH=key.pem WEBHOOK_SECRET=… npm start', 'work with GitHub');
}

async function start(io: Surroundings, flags: Record<string, unknown>): Promise<number> {
  const options: BotOptions = parseOptions(flags, io.env);
  const stop = new Promise<void>((resolve) => io.onStop(resolve));
  const once = flags.once === true;
  const json = flags.json === true;
  if (options.appId !== undefined || options.production) {
    const { startForGitHub } = await import('../start.ts');
    return startForGitHub({ options, once, io, stop });
  }
  const { startEmbedded } = await import('../embedded/start.ts');
  return startEmbedded({ options, once, json, io, stop });
}
