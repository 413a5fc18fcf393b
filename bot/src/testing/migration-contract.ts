import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Dialect, loadMigrations, type Migration, migrate } from '../store/migrate.ts';
import type { Database } from '../store/schema.ts';

/** What migrating must do on every engine. `open` gives a connection to a new, empty database. */
export function describeMigrations(dialect: Dialect, open: () => Promise<Kysely<Database>>): void {
  describe(`migrations on ${dialect}`, () => {
    it('runs each once, in order', async () => {
      const db = await open();
      const all = [...loadMigrations(), migration(loadMigrations().length + 1, 'CREATE TABLE later (id {{id}}, name TEXT);')];
      expect(await migrate(db, dialect, all.slice(0, -1), 1)).toBe(all.length - 1);
      expect(await migrate(db, dialect, all, 2)).toBe(1);
      expect(await migrate(db, dialect, all, 3)).toBe(0);
      await sql`INSERT INTO later (name) VALUES ('x')`.execute(db);
      const recorded = await sql<{
        number: number;
        applied_at_ms: number;
      }>`SELECT number, applied_at_ms FROM migrations ORDER BY number`.execute(db);
      expect(recorded.rows.map((row) => [row.number, Number(row.applied_at_ms)])).toEqual([
        ...all.slice(0, -1).map((_, index) => [index + 1, 1]),
        [all.length, 2],
      ]);
      await db.destroy();
    });

    it('refuses a migration that changed after it ran, naming it', async () => {
      const db = await open();
      await migrate(db, dialect, [migration(1, 'CREATE TABLE one (id {{id}});')], 1);
      const edited = [migration(1, 'CREATE TABLE one (id {{id}}, more TEXT);')];
      await expect(migrate(db, dialect, edited, 2)).rejects.toMatchObject({
        code: 'MIGRATION',
        message: expect.stringContaining('0001-test.sql'),
      });
      await db.destroy();
    });

    it('refuses a database that is newer than the program', async () => {
      const db = await open();
      const two = [migration(1, 'CREATE TABLE one (id {{id}});'), migration(2, 'CREATE TABLE two (id {{id}});')];
      await migrate(db, dialect, two, 1);
      await expect(migrate(db, dialect, two.slice(0, 1), 2)).rejects.toMatchObject({ code: 'MIGRATION' });
      await db.destroy();
    });

    it('leaves nothing behind when a statement fails half-way', async () => {
      const db = await open();
      const broken = migration(1, 'CREATE TABLE one (id {{id}});\nCREATE TABLE one (id {{id}});');
      await expect(migrate(db, dialect, [broken], 1)).rejects.toThrow('one');
      expect(await migrate(db, dialect, [migration(1, 'CREATE TABLE one (id {{id}});')], 2)).toBe(1);
      await db.destroy();
    });
  });
}

function migration(number: number, text: string): Migration {
  return { number, name: `${String(number).padStart(4, '0')}-test.sql`, text, checksum: createHash('sha256').update(text).digest('hex') };
}
