import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const run = (args: string[], input: string) => spawnSync(process.execPath, [main, ...args], { input, encoding: 'utf8' });
const ROWS =
  '{"id":"a","title":"flux bootstrap fails","runtime":true,"repo":"fluxcd/flux2"}\n{"id":"b","title":"weather","runtime":false}\n';

describe('eval', () => {
  it('prints the whole, both halves and, when asked, every decision as JSON', () => {
    const { status, stdout } = run(['-', '--json', '--rows'], ROWS);
    const result = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(Object.keys(result)).toEqual(['rows', 'label', 'playbook', 'homonymsLabelled', 'bySlice', 'msPerRow', 'halves', 'decisions']);
    expect(result.rows).toBe(2);
    expect(result.halves.a.rows + result.halves.b.rows).toBe(2);
    expect(result.decisions[0]).toMatchObject({ id: 'a', label: { labelled: true, truth: true } });
  });

  it('prints one half alone', () => {
    const result = JSON.parse(run(['-', '--json', '--half', 'a'], ROWS).stdout);
    expect(result).toMatchObject({ rows: 1, half: 'a' });
    expect(result.halves).toBeUndefined();
  });

  it('exits with 2 and names file and line for a bad row', () => {
    const { status, stderr, stdout } = run(['-', '--json'], `${ROWS}oops\n`);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^-:3: not JSON/);
  });

  it('exits with 2 for an unknown option', () => {
    expect(run(['-', '--colour'], ROWS).status).toBe(2);
  });
});
