import { join } from 'node:path';
import type { BotOptions } from './options.ts';
import type { Store } from './store/port.ts';

/** PostgreSQL when a database is named, else SQLite in the data directory. Each driver is loaded only when it is used. */
export async function openStore(options: Pick<BotOptions, 'databaseUrl' | 'dataDir'>, clock: () => number): Promise<Store> {
  if (options.databaseUrl !== undefined) {
    const { openPostgresStore } = await import('./store/postgres.ts');
    return openPostgresStore({ connectionString: options.databaseUrl, clock });
  }
  const { openSqliteStore } = await import('./store/sqlite.ts');
  return openSqliteStore({ path: join(options.dataDir, 'bot.sqlite'), clock });
}
