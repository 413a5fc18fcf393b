/**
 * `npm test`, `npm run test:all`, `npm run check`: the repository's checks in order, each announced, with the counts summed up in
 * one closing line `N passed, N failed`. Flags: `--all` adds what needs PostgreSQL, Chromium, a registry or more than a few minutes;
 * `--check` stops after types, lint, unit and contract tests; `--help`.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { type Requirement, unmet } from './requirements.ts';

type Step = { title: string; command: readonly string[]; tests?: boolean; needs?: readonly Requirement[] };

const root = fileURLToPath(new URL('..', import.meta.url));
const report = join(tmpdir(), `sig-runtime-tests-${process.pid}.json`);
const args = new Set(process.argv.slice(2));
if (args.has('--help')) {
  process.stdout.write(
    'usage: npm test | npm run test:all | npm run check\n\n  npm test          everything that takes less than ten minutes\n' +
      '  npm run test:all  also what needs PostgreSQL, Chromium or a registry, or takes longer\n  npm run check     types, lint, unit, architecture and contract tests\n',
  );
  process.exit(0);
}

const vitest = (project: string): readonly string[] => [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  project,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
];

const check: readonly Step[] = [
  { title: 'types', command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
  { title: 'lint and format', command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  { title: 'unit, architecture, contract and integration tests', command: vitest('unit'), tests: true },
];
const mainJob: Step = { title: 'the main job, once', command: ['bot/src/main.ts', 'start', '--once', '--json'] };
const long: readonly Step[] = [{ title: 'long tests', command: vitest('long'), tests: true, needs: ['postgres', 'chromium', 'registry'] }];

const steps = args.has('--check') ? check : args.has('--all') ? [...check, mainJob, ...long] : [...check, mainJob];
const totals = { passed: 0, failed: 0 };
const leftOut: string[] = [];

for (const step of steps) runStep(step);
if (!args.has('--all')) {
  leftOut.push('long tests (*.long.test.ts: fault matrix on PostgreSQL, pictures in Chromium, transfers to a registry): npm run test:all');
}
for (const line of leftOut) process.stdout.write(`not run: ${line}\n`);
rmSync(report, { force: true });
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(totals.failed === 0 ? 0 : 1);

function runStep(step: Step): void {
  const missing = unmet(step.needs ?? []);
  for (const reason of missing) leftOut.push(`${step.title}: ${reason}`);
  if (missing.length > 0 && args.has('--all')) totals.failed += 1;
  if (missing.length > 0) return;
  process.stdout.write(`\n== ${step.title}\n`);
  rmSync(report, { force: true });
  const started = Date.now();
  const result = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...step.command], { cwd: root, stdio: 'inherit' });
  const ok = result.status === 0;
  if (step.tests) count(ok);
  else if (ok) totals.passed += 1;
  else totals.failed += 1;
  process.stdout.write(`== ${step.title}: ${ok ? 'ok' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s\n`);
}

/** Adds vitest's own counts; a run that died before reporting counts as one failure. */
function count(ok: boolean): void {
  const counts = readReport();
  totals.passed += counts.numPassedTests;
  totals.failed += Math.max(counts.numFailedTests, ok ? 0 : 1);
  for (const name of counts.skipped) leftOut.push(`skipped test: ${stripVTControlCharacters(name)}`);
}

function readReport(): { numPassedTests: number; numFailedTests: number; skipped: readonly string[] } {
  try {
    const json = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      testResults: { assertionResults: { status: string; fullName: string }[] }[];
    };
    const skipped = json.testResults.flatMap((file) => file.assertionResults.filter((t) => t.status === 'pending').map((t) => t.fullName));
    return { numPassedTests: json.numPassedTests, numFailedTests: json.numFailedTests, skipped };
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, skipped: [] };
  }
}
