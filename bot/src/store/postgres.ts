import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Checkpoint } from '../checkpoint.ts';
import type { Clock } from '../clock.ts';
import { loadMigrations, type Migration, migrate } from './migrate.ts';
import type { Store } from './port.ts';
import type { Database } from './schema.ts';
import { createSqlStore } from './sql-store.ts';

export type PostgresStoreOptions = {
  connectionString: string;
  clock: Clock;
  /** Connections this process may hold. */
  maxConnections?: number;
  /** Told about connections that break while idle; without it they are replaced silently. */
  onConnectionError?: (error: Error) => void;
  migrations?: readonly Migration[];
  checkpoint?: Checkpoint;
};

const INT8 = 20;

/** The store for two and more replicas. Throws `MIGRATION` when the schema is not ours to move, and the driver's errors. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections ?? 8,
    connectionTimeoutMillis: 10_000,
    // Every 64-bit column is a row number or milliseconds: both fit a double exactly.
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  });
  pool.on('error', (error) => options.onConnectionError?.(error));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db, 'postgres', options.migrations ?? loadMigrations(), options.clock());
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return createSqlStore(db, 'postgres', { checkpoint: options.checkpoint, close: () => db.destroy() });
}
