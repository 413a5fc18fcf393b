import { type DatabaseConnection, SqliteAdapter, SqliteDialect, type SqliteDialectConfig, SqliteDriver } from 'kysely';

/**
 * Kysely's SQLite dialect with its one connection handed out in the order in which it was asked for. Kysely's own lock is taken by
 * whoever runs first when it becomes free: under load, busy workers overtake a waiting delivery for seconds.
 */
export class FairSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): SqliteDriver {
    return new QueueingDriver(this.#config);
  }

  override createAdapter(): SqliteAdapter {
    return new UnlockedAdapter();
  }
}

class QueueingDriver extends SqliteDriver {
  #lastTurn: Promise<void> = Promise.resolve();
  #endTurn = (): void => {};

  override async acquireConnection(): Promise<DatabaseConnection> {
    const turn = Promise.withResolvers<void>();
    const before = this.#lastTurn;
    this.#lastTurn = turn.promise;
    await before;
    this.#endTurn = turn.resolve;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    this.#endTurn();
  }
}

/** Leaves the locking to the driver. */
class UnlockedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}
