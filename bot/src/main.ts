import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { runProgram } from './cli/program.ts';
import { credentialsFile } from './options.ts';

/** What the set-up page wrote; the environment itself wins. */
const saved = credentialsFile(process.env.DATA_DIR);
const env = { ...(existsSync(saved) ? parseEnv(readFileSync(saved, 'utf8')) : {}), ...process.env };

const IMPATIENT_AFTER_MS = 1_000;

process.exitCode = await runProgram({
  args: process.argv.slice(2),
  env,
  stdout: process.stdout,
  stderr: process.stderr,
  readFile: (path) => readFileSync(path === '-' ? 0 : path, 'utf8'),
  onStop: (stop) => {
    let askedAtMs: number | undefined;
    const onSignal = () => {
      // A terminal sends Ctrl-C to the launcher too, which passes it on: only somebody who asks again later means "now".
      if (askedAtMs !== undefined && Date.now() - askedAtMs > IMPATIENT_AFTER_MS) process.exit(1);
      askedAtMs ??= Date.now();
      stop();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  },
});
