import { type Kysely, sql } from 'kysely';
import { plainText } from './plain-text.ts';
import type { StoredConfiguration, StoredInstallation } from './port.ts';
import type { Database } from './schema.ts';

export async function getConfiguration(db: Kysely<Database>, scope: string): Promise<StoredConfiguration | undefined> {
  const row = await db.selectFrom('configuration').selectAll().where('scope', '=', scope).executeTakeFirst();
  if (!row) return undefined;
  const { sha, source, content, stored_at_ms, installation_id } = row;
  return { sha, source, text: content, storedAtMs: stored_at_ms, ...(installation_id === null ? {} : { installationId: installation_id }) };
}

export async function putConfiguration(db: Kysely<Database>, scope: string, configuration: StoredConfiguration): Promise<void> {
  const { sha, source, text, storedAtMs, installationId } = configuration;
  const values = { sha, source, content: plainText(text), stored_at_ms: storedAtMs, installation_id: installationId ?? null };
  await db
    .insertInto('configuration')
    .values({ scope, ...values })
    .onConflict((conflict) => conflict.column('scope').doUpdateSet(values))
    .execute();
}

export async function getCursor(db: Kysely<Database>, name: string): Promise<string | undefined> {
  return (await db.selectFrom('cursors').select('value').where('name', '=', name).executeTakeFirst())?.value;
}

export async function putCursor(db: Kysely<Database>, name: string, value: string): Promise<void> {
  await db
    .insertInto('cursors')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

export async function putInstallation(db: Kysely<Database>, installation: StoredInstallation): Promise<void> {
  const { id, account, permissions, updatedAtMs } = installation;
  const values = { account, permissions: JSON.stringify(permissions), updated_at_ms: updatedAtMs };
  await db
    .insertInto('installations')
    .values({ id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}

export async function installations(db: Kysely<Database>): Promise<readonly StoredInstallation[]> {
  const rows = await db.selectFrom('installations').selectAll().orderBy('id').execute();
  return rows.map(({ id, account, permissions, updated_at_ms }) => ({
    id,
    account,
    permissions: JSON.parse(permissions),
    updatedAtMs: updated_at_ms,
  }));
}

export async function pauseInstallation(db: Kysely<Database>, installationId: number, untilMs: number): Promise<void> {
  await sql`INSERT INTO pauses (installation_id, until_ms) VALUES (${installationId}, ${untilMs})
    ON CONFLICT (installation_id) DO UPDATE SET until_ms = excluded.until_ms WHERE excluded.until_ms > pauses.until_ms`.execute(db);
}
