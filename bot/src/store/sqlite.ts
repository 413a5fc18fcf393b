import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Checkpoint } from '../checkpoint.ts';
import type { Clock } from '../clock.ts';
import { StoreError } from './error.ts';
import { FairSqliteDialect } from './fair-sqlite.ts';
import { dropLeases } from './lease.ts';
import { loadMigrations, type Migration, migrate } from './migrate.ts';
import { kyselySqlite } from './node-sqlite.ts';
import type { Store } from './port.ts';
import type { Database } from './schema.ts';
import { createSqlStore } from './sql-store.ts';

export type SqliteStoreOptions = {
  /** File of the database; its folder is created. `:memory:` keeps nothing. */
  path: string;
  clock: Clock;
  migrations?: readonly Migration[];
  checkpoint?: Checkpoint;
};

/**
 * The embedded store: write-ahead log, every commit synced to the disk before it counts, one process.
 * Throws `IN_USE` while another process owns the file, `MIGRATION` when its schema is not ours to move.
 */
export async function openSqliteStore({ path, clock, migrations, checkpoint }: SqliteStoreOptions): Promise<Store> {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const release = path === ':memory:' ? () => {} : own(path);
  const database = new DatabaseSync(path);
  // A checkpoint stops everything while it syncs: one in 32 MB of log, so that a burst meets few.
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;',
  );
  const db = new Kysely<Database>({ dialect: new FairSqliteDialect({ database: kyselySqlite(database) }) });
  const close = async () => {
    await db.destroy();
    release();
  };
  try {
    await migrate(db, 'sqlite', migrations ?? loadMigrations(), clock());
    await dropLeases(db);
  } catch (error) {
    await close();
    throw error;
  }
  return createSqlStore(db, 'sqlite', { checkpoint, close });
}

/**
 * Ownership is an exclusive transaction on a second, empty database beside the first. The operating system ends it with the
 * process, however that dies, and readers of the first (backup, `sqlite3`) are not locked out.
 */
function own(path: string): () => void {
  const lock = new DatabaseSync(`${path}-owner`);
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
  } catch (cause) {
    lock.close();
    throw new StoreError('IN_USE', `${path} belongs to another running process: stop it, or use PostgreSQL for several`, { cause });
  }
  return () => lock.close();
}
