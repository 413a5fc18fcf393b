import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'vitest';
import type { Step } from '../checkpoint.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { runCase } from './fault-matrix/matrix.ts';

/** The steps around which most can go wrong; `fault-matrix.long.test.ts` has them all, on both stores. */
const STEPS: readonly Step[] = ['door/stored', 'store/outcome-written', 'worker/completed', 'executor/performed'];

describe('a bot on SQLite that is killed', () => {
  let directory = '';
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it.each(STEPS)('at %s decides everything once and shows every effect once', async (step) => {
    directory = mkdtempSync(join(tmpdir(), 'sig-runtime-faults-'));
    const path = join(directory, 'bot.db');
    await runCase({
      die: { step, occurrence: 1 },
      store: { kind: 'sqlite', path },
      reopen: () => openSqliteStore({ path, clock: Date.now }),
    });
  });
});
