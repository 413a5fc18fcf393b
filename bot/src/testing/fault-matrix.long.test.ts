import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { STEPS } from '../checkpoint.ts';
import { openPostgresStore } from '../store/postgres.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { runCase } from './fault-matrix/matrix.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

/** Each step on its first time, and again when work has piled up behind it. */
const CASES = STEPS.flatMap((step) => [1, 2].map((occurrence) => ({ step, occurrence })));
const clock = Date.now;

describe('killed on SQLite', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'sig-runtime-faults-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each(CASES.filter(reachable))('at $step, time $occurrence', async (die) => {
    const path = join(directory, `${die.step.replace('/', '-')}-${die.occurrence}.db`);
    await runCase({ die, store: { kind: 'sqlite', path }, reopen: () => openSqliteStore({ path, clock }) });
  });
});

describe('killed on PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server?.stop();
  });

  it.each(CASES.filter(reachable))('at $step, time $occurrence', async (die) => {
    const connectionString = await server.createDatabase();
    await runCase({ die, store: { kind: 'postgres', connectionString }, reopen: () => openPostgresStore({ connectionString, clock }) });
  });
});

/** The list of deliveries is read once per start. */
function reachable({ step, occurrence }: (typeof CASES)[number]): boolean {
  return step !== 'sweep/listed' || occurrence === 1;
}
