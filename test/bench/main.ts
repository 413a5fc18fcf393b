import { availableParallelism, loadavg, totalmem } from 'node:os';
import yargs from 'yargs';
import { benchMatcher, type MatcherResult } from './matcher.ts';
import { renderBot, renderMatcher } from './report.ts';
import { round } from './statistics.ts';
import { type BotResult, benchBot } from './suites.ts';

const USAGE_ERROR = 2;
const GIB = 1024 ** 3;

function parseArguments(argv: readonly string[]) {
  const count = (describe: string, byDefault: number) => ({ type: 'number', default: byDefault, describe }) as const;
  return yargs([...argv])
    .scriptName('npm run bench --')
    .usage('$0 <suite> [options]\n\nMeasures the bot, side by side with a plain Probot app that keeps nothing, and the matcher.')
    .command('$0 <suite>', false, (command) =>
      command.positional('suite', { choices: ['bot', 'matcher'] as const, demandOption: true, describe: 'bot includes matcher' }),
    )
    .option('json', { type: 'boolean', default: false, describe: 'print one JSON object instead of a table' })
    .option('runs', count('bursts of each program', 3))
    .option('deliveries', count('deliveries in a burst', 2_000))
    .option('seconds', count('length of the sustained load', 10))
    .option('text-runs', count('readings of each 64 Ki text', 200))
    .check(({ runs, deliveries, seconds, 'text-runs': textRuns }) => {
      const fine = within(runs, 20) && within(deliveries, 20_000) && within(seconds, 120) && within(textRuns, 10_000);
      return fine || 'counts are whole numbers from 1: runs to 20, deliveries to 20000, seconds to 120, text-runs to 10000';
    })
    .example('$0 bot', 'everything, as a table; takes a few minutes')
    .example('$0 bot --json', 'the same as one JSON object')
    .example('$0 bot --runs 1 --deliveries 500 --seconds 3', 'a quick look')
    .example('$0 matcher --text-runs 1000', 'the matcher alone')
    .strict()
    .version(false)
    .fail((message, error) => {
      if (error) throw error;
      process.stderr.write(`${message}; see --help\n`);
      process.exit(USAGE_ERROR);
    });
}

function within(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

function machine() {
  const load = loadavg().map(round);
  return { cpus: availableParallelism(), memoryGiB: round(totalmem() / GIB), node: process.version, loadAverage: load };
}

const onProgress = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const options = await parseArguments(process.argv.slice(2)).parseAsync();
const { json, runs, deliveries, seconds, 'text-runs': textRuns } = options;
const suite = options.suite as 'bot' | 'matcher';
const before = machine();
const bot: BotResult | undefined = suite === 'bot' ? await benchBot({ runs, deliveries, seconds, onProgress }) : undefined;
const matcher: MatcherResult = benchMatcher({ runs: textRuns, onProgress });
const report = { machine: { ...before, loadAverageAfter: machine().loadAverage }, ...bot, matcher };
if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else process.stdout.write(`${bot ? `${renderBot(bot)}\n` : ''}${renderMatcher(matcher)}`);
