import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeMigrations } from '../testing/migration-contract.ts';
import { startPostgres, type TestPostgres } from '../testing/postgres.ts';
import { describeStore } from '../testing/store-contract.ts';
import { openPostgresStore } from './postgres.ts';
import type { Database } from './schema.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server?.stop();
});

const clock = () => 0;
describeStore('PostgreSQL', async () => openPostgresStore({ connectionString: await server.createDatabase(), clock }));

describeMigrations('postgres', async () => {
  const pool = new pg.Pool({ connectionString: await server.createDatabase() });
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
});

it('lets several processes migrate at the same moment', async () => {
  const connectionString = await server.createDatabase();
  const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgresStore({ connectionString, clock })));
  await Promise.all(stores.map((store) => store.ping()));
  await Promise.all(stores.map((store) => store.close()));
});

it('decides each delivery once, and each subject in order, with three workers at one database', async () => {
  const connectionString = await server.createDatabase();
  const stores = await Promise.all(Array.from({ length: 3 }, () => openPostgresStore({ connectionString, clock })));
  const [first] = stores;
  for (let n = 0; n < 120; n += 1) {
    await first!.accept({ guid: `g${n}`, event: 'issues', source: 'webhook', subject: `s${n % 7}`, payload: {}, receivedAtMs: 0 });
  }
  const seen: { subject: string; n: number }[] = [];
  const held = new Set<string>();
  const overlaps: string[] = [];
  const takeAll = async (store: (typeof stores)[number]) => {
    while ((await store.counts(1)).deliveries.pending > 0) {
      const taken = await store.leaseDelivery({ nowMs: 1, leaseMs: 60_000 });
      if (!taken) continue;
      if (held.has(taken.subject)) overlaps.push(taken.guid);
      held.add(taken.subject);
      await new Promise((resolve) => setImmediate(resolve));
      held.delete(taken.subject);
      await store.completeDelivery(taken.lease, { nowMs: 1 });
      seen.push({ subject: taken.subject, n: Number(taken.guid.slice(1)) });
    }
  };
  await Promise.all(stores.flatMap((store) => [takeAll(store), takeAll(store)]));
  expect(overlaps).toEqual([]);
  expect(new Set(seen.map(({ n }) => n)).size).toBe(120);
  expect(seen).toHaveLength(120);
  await Promise.all(stores.map((store) => store.close()));
});
