import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPlaybooks } from '../src/load.ts';
import { type Answer, diagnoseText } from './answer.ts';
import { decodeInput, InputError, MAX_INPUT_BYTES } from './input.ts';
import { renderAnswer, styleFor } from './render.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const run = (args: string[], input: string | Uint8Array = '', env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [main, ...args], { input, encoding: 'utf8', env: { ...process.env, ...env } });

const CONDITION = `apiVersion: delivery.ocm.software/v1alpha1
kind: Deployer
status:
  conditions:
  - type: Ready
    status: "False"
    reason: ApplyFailed
    message: resource belongs to a different ApplySet
`;
const plain = styleFor(false);

describe('an answer', () => {
  const answer = diagnoseText(CONDITION, loadPlaybooks());

  it('names the playbook and points at line and column', () => {
    expect(answer.best?.playbook).toBe('PB-022');
    const [span] = answer.best?.spans ?? [];
    const line = CONDITION.split('\n')[(span?.line ?? 0) - 1] ?? '';
    expect(line.slice((span?.column ?? 0) - 1)).toContain(span?.text ?? 'nothing');
  });

  it('points into the original when the middle of a long text was skipped', () => {
    const long = `${'a harmless line\n'.repeat(20_000)}${CONDITION}`;
    const [span] = diagnoseText(long, loadPlaybooks()).best?.spans ?? [];
    expect(span?.line).toBeGreaterThan(20_000);
    expect(long.split('\n')[(span?.line ?? 0) - 1]).toContain(span?.text ?? 'nothing');
  });

  it('is plain text without a terminal and coloured with one', () => {
    expect(renderAnswer(answer, plain)).not.toContain('\u001b');
    expect(renderAnswer(answer, styleFor(true))).toContain('\u001b[32mPB-022');
  });

  it('never passes control characters of the input on', () => {
    const shown: Answer = { ...answer, best: { ...answer.best!, spans: [{ line: 1, column: 1, text: 'a\u001b[2Jb\u009bc', rule: 'r' }] } };
    const codes = [...renderAnswer(shown, plain)].map((char) => char.charCodeAt(0));
    expect(codes.filter((code) => (code < 32 && code !== 10) || (code >= 127 && code < 160))).toEqual([]);
  });
});

describe('input', () => {
  const code = (bytes: Uint8Array): string => {
    try {
      return decodeInput('x', bytes);
    } catch (error) {
      return error instanceof InputError ? error.code : 'other';
    }
  };

  it.each([
    ['binary data', new Uint8Array([1, 0, 2]), 'BINARY'],
    ['Latin-1', new Uint8Array([0x66, 0xfc, 0x72]), 'BINARY'],
    ['nothing but blanks', new TextEncoder().encode(' \n'), 'EMPTY'],
    ['more than the limit', new Uint8Array(MAX_INPUT_BYTES + 1), 'TOO_LARGE'],
    ['text', new TextEncoder().encode('für'), 'für'],
  ])('of %s is %3$s', (_name, bytes, expected) => {
    expect(code(bytes)).toBe(expected);
  });
});

describe('the program', () => {
  it('exits with 0 and prints JSON for an answer', () => {
    const { status, stdout } = run(['-', '--json'], CONDITION);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'answer', best: { playbook: 'PB-022' } });
  });

  it('exits with 3 and says what would help when it abstains', () => {
    const { status, stdout } = run(['-'], 'my cluster is sad\n');
    expect(status).toBe(3);
    expect(stdout).toMatch(/^No answer: .*\nIt would help to add: conditions/);
  });

  it('exits with 2 and says why for a missing file, binary data and wrong options', () => {
    expect(run(['/nowhere/x.log'])).toMatchObject({ status: 2, stdout: '' });
    expect(run(['-'], new Uint8Array([0, 1])).stderr).toContain('binary data');
    expect(run(['--nonsense']).status).toBe(2);
    expect(run([]).stderr).toContain('no file given');
  });

  it('shows help with examples, a completion script and a playbook', () => {
    const help = run(['--help']).stdout;
    expect(help).toContain('Examples:');
    expect(help).toContain('Exit codes: 0 answered, 3 abstained, 2');
    expect(run(['completion']).stdout).toContain('completions');
    expect(run(['--show', 'pb-001']).stdout).toContain('## Verify');
    expect(run(['--show', 'PB-999']).status).toBe(2);
  });

  it('never prints a secret', () => {
    expect(run(['-', '--json'], `${CONDITION}password: hunter2\nerror: token=hunter2 denied\n`).stdout).not.toContain('hunter2');
  });
});
