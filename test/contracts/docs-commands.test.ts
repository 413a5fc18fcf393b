import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { play } from '../../bot/src/embedded/play.ts';
import { flowingTime } from '../../bot/src/embedded/simulated-time.ts';
import { openStage, type Stage } from '../../bot/src/embedded/stage.ts';
import { parseOptions } from '../../bot/src/options.ts';
import { read, root } from '../sources.ts';
import { type DocumentCommand, documentCommands, showsOutput } from './document-commands.ts';

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const OURS = /\bnpm run -s (\w+)\b/;
/** Commands that are not run here, and why; each is still parsed by a shell, and a script of npm has to exist. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/^npm start$/, 'CI runs it, with --once --json'],
  [/^npm test$/, 'CI runs it, and it runs this test'],
  [/^npm run bench\b/, 'takes minutes, and its numbers are for people'],
  [/^export \w+=/, 'placeholders of credentials'],
  [/^openssl /, 'makes a secret, and may not be installed'],
  [/^docker /, 'needs a container engine'],
  [/^(sqlite3|pg_dump) /, 'needs a database of yours'],
];
/** Subcommands that ask a running bot. */
const ASKS_BOT = 'decisions|dead-letters|shadow|undo|policy-replay';

const all = documentCommands();
const title = ({ path, line, command }: DocumentCommand): string => `${path}:${line} ${command}`;
const reasonOf = (command: string): string | undefined => NOT_RUN.find(([pattern]) => pattern.test(command))?.[1];
const run = all.filter(({ command }) => reasonOf(command) === undefined).map((entry) => ({ ...entry, title: title(entry) }));
const notRun = all.flatMap((entry) => {
  const because = reasonOf(entry.command);
  return because === undefined ? [] : [{ ...entry, title: title(entry), because }];
});

/** `npm run -s` without npm, which would install; `kubectl` answers what a cluster in trouble says. */
function preamble(admin: string): string {
  const cases = Object.entries(scripts)
    .filter(([, script]) => script.startsWith('node launch.mjs '))
    .map(([name, script]) => `    ${name}) entry=(${script.slice('node launch.mjs '.length)}) ;;`);
  return `set -o pipefail
npm() {
  local name=$3; shift 3; [ "\${1-}" = "--" ] && shift
  local entry
  case "$name" in
${cases.join('\n')}
    *) echo "no script $name" >&2; return 127 ;;
  esac
  local extra=()
  [[ "$name" = bot && "\${1-}" =~ ^(${ASKS_BOT})$ ]] && extra=(--admin ${admin})
  "${process.execPath}" --disable-warning=ExperimentalWarning "\${entry[@]}" "$@" "\${extra[@]}"
}
kubectl() { cat docs/examples/component-not-ready.txt; }
`;
}

function shell(script: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn('bash', ['-c', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], timeout: 50_000 });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...output })));
}

let stage: Stage;

/** A bot with something on record: the first hours of the week that `npm start` replays. */
beforeAll(async () => {
  const options = parseOptions({ port: '0', adminPort: '0', logLevel: 'silent' }, {});
  stage = await openStage({ options, clock: flowingTime });
  const { week, github, time, settle } = stage;
  const onTime = async (at: string): Promise<void> => time.set(at);
  await play({ github, repository: week.repository, steps: week.steps.slice(0, 6), settle, onTime, onStep: () => undefined });
  stage.service.start();
}, 120_000);
afterAll(() => stage.close());

describe('commands of the documents', () => {
  it('there are some of each sort', () => {
    expect(run.length).toBeGreaterThan(10);
    expect(notRun.length).toBeGreaterThan(3);
  });

  it.each(run)('$title', { timeout: 60_000 }, async ({ command, exitCode, output }) => {
    expect(OURS.exec(command)?.[1], 'not ours: put it on the list NOT_RUN, with the reason').toSatisfy((name) => name in scripts);
    const { code, stdout, stderr } = await shell(preamble(stage.service.adminUrl) + command);
    expect({ code, stderr }).toEqual({ code: exitCode, stderr: '' });
    expect(stdout.trim()).not.toBe('');
    if (output !== undefined) expect(showsOutput(output, stdout), `the document shows\n${output}\nit is\n${stdout}`).toBe(true);
  });

  it.each(notRun)('not run ($because): $title', ({ command }) => {
    const parsed = spawnSync('bash', ['-n'], { input: command, encoding: 'utf8' });
    expect(parsed).toMatchObject({ status: 0, stderr: '' });
    const [, script] = /^npm (?:run (?:-s )?)?(\S+)/.exec(command) ?? [];
    if (script !== undefined) expect(scripts).toHaveProperty([script]);
  });

  it('the list of what is not run holds nothing that no document uses', () => {
    const unused = NOT_RUN.filter(([pattern]) => !all.some(({ command }) => pattern.test(command)));
    expect(unused.map(([pattern]) => String(pattern))).toEqual([]);
  });
});

describe('npm scripts that documents name in a sentence', () => {
  it('exist', () => {
    const documents = ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/diagnose.md', 'docs/operate-the-bot.md'];
    const named = documents.flatMap((path) => [...read(path).matchAll(/\bnpm run (?:-s )?([\w:]+)/g)].map(([, name]) => name ?? ''));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
