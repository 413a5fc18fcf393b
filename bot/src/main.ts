import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { runProgram } from './cli/program.ts';
import { credentialsFile } from './options.ts';

/** What the set-up page wrote; the environment itself wins. */
const saved = credentialsFile(process.env.DATA_DIR);
const env = { ...(existsSync(saved) ? parseEnv(readFileSync(saved, 'utf8')) : {}), ...process.env };

process.exitCode = await runProgram({
  args: process.argv.slice(2),
  env,
  stdout: process.stdout,
  stderr: process.stderr,
  readFile: (path) => readFileSync(path === '-' ? 0 : path, 'utf8'),
  onStop: (stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  },
});
