import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, it } from 'vitest';
import { describeMigrations } from '../testing/migration-contract.ts';
import { loadMigrations } from './migrate.ts';
import { kyselySqlite } from './node-sqlite.ts';
import type { Database } from './schema.ts';

describeMigrations('sqlite', async () => {
  const database = kyselySqlite(new DatabaseSync(':memory:'));
  return new Kysely<Database>({ dialect: new SqliteDialect({ database }) });
});

it('numbers its files from 1 without a gap', () => {
  expect(loadMigrations().map(({ number }) => number)).toEqual(loadMigrations().map((_, index) => index + 1));
  expect(loadMigrations().length).toBeGreaterThan(0);
});

it('refuses a folder with a gap', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sig-runtime-migrations-'));
  for (const name of ['0001-a.sql', '0003-c.sql']) writeFileSync(join(directory, name), '');
  expect(() => loadMigrations(pathToFileURL(`${directory}/`))).toThrow('0003-c.sql');
  rmSync(directory, { recursive: true });
});
