import { type Kysely, sql } from 'kysely';
import type { Checkpoint } from '../checkpoint.ts';
import { groupAccept } from './group-accept.ts';
import * as inbox from './inbox.ts';
import * as knowledge from './knowledge.ts';
import { end, giveBack, lease, retry } from './lease.ts';
import type { Dialect } from './migrate.ts';
import * as outbox from './outbox.ts';
import { writeOutcome } from './outcome.ts';
import type { Lease, Store } from './port.ts';
import type { Database } from './schema.ts';
import * as settings from './settings.ts';
import * as upkeep from './upkeep.ts';

export type SqlStoreOptions = { checkpoint?: Checkpoint | undefined; close: () => Promise<void> };

/** The one implementation of the port; the adapters differ in how they open `db`. */
export function createSqlStore(db: Kysely<Database>, dialect: Dialect, options: SqlStoreOptions): Store {
  return {
    dialect,
    accept: dialect === 'sqlite' ? groupAccept(db) : (delivery) => inbox.acceptAlone(db, delivery),
    async leaseDelivery(request) {
      const held = await lease(db, dialect, 'inbox', request);
      return held && inbox.leasedDelivery(db, held);
    },
    completeDelivery: (held, completion) => complete(db, held, completion, options.checkpoint),
    retryDelivery: (held, again) => retry(db, 'inbox', held, again),
    buryDelivery: (held, { nowMs, error }) => end(db, 'inbox', held, { nowMs, state: 'dead', error }),
    returnDelivery: (held) => giveBack(db, 'inbox', held),
    knownGuids: (guids) => inbox.knownGuids(db, guids),
    deadLetters: (page) => inbox.deadLetters(db, page),
    replayDeadLetters: (selection) => inbox.replayDeadLetters(db, selection),
    deliveriesBetween: (range) => inbox.deliveriesBetween(db, range),

    async leaseEffect(request) {
      const held = await lease(db, dialect, 'outbox', request);
      return held && outbox.leasedEffect(db, held);
    },
    noteEffect: (held, note) => outbox.note(db, held, note),
    settleEffect: (held, settled) => outbox.settle(db, held, settled),
    retryEffect: (held, again) => retry(db, 'outbox', held, again),
    pauseInstallation: (installationId, untilMs) => settings.pauseInstallation(db, installationId, untilMs),
    effects: (query) => outbox.listEffects(db, query),
    addEffects: (effects, nowMs) => outbox.addEffects(db, effects, nowMs),
    withholdEffects: (ids, end) => outbox.withholdEffects(db, ids, end),
    promoteEffects: (ids, nowMs) => outbox.promoteEffects(db, ids, nowMs),

    history: (subject) => knowledge.history(db, subject),
    decisions: (query) => knowledge.listDecisions(db, query),
    openItems: (repositoryId) => knowledge.openItems(db, repositoryId),
    items: (repositoryId) => knowledge.items(db, repositoryId),
    item: (subject) => knowledge.item(db, subject),
    commentsSince: (repositoryId, sinceMs) => outbox.commentsSince(db, repositoryId, sinceMs),

    getConfiguration: (scope) => settings.getConfiguration(db, scope),
    putConfiguration: (scope, configuration) => settings.putConfiguration(db, scope, configuration),
    getCursor: (name) => settings.getCursor(db, name),
    putCursor: (name, value) => settings.putCursor(db, name, value),
    putInstallation: (installation) => settings.putInstallation(db, installation),
    installations: () => settings.installations(db),

    counts: (nowMs) => upkeep.counts(db, nowMs),
    expirePayloads: (beforeMs) => inbox.expirePayloads(db, beforeMs),
    purgeInstallation: (id) => db.transaction().execute((trx) => upkeep.purgeInstallation(trx, id)),
    async ping() {
      await sql`SELECT 1`.execute(db);
    },
    close: options.close,
  };
}

async function complete(
  db: Kysely<Database>,
  held: Lease,
  { nowMs, outcome, purgeInstallationId, purgeRepositoryIds = [], repository }: Parameters<Store['completeDelivery']>[1],
  checkpoint: Checkpoint | undefined,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await end(trx, 'inbox', held, { nowMs, state: 'done' });
    const row = await trx.selectFrom('inbox').select(['guid', 'installation_id']).where('id', '=', held.id).executeTakeFirstOrThrow();
    if (outcome) await writeOutcome(trx, { guid: row.guid, installationId: row.installation_id, nowMs }, outcome);
    if (repository) await upkeep.fileUnder(trx, repository);
    for (const id of purgeRepositoryIds) await upkeep.purgeRepository(trx, id, row.guid);
    if (purgeInstallationId !== undefined) await upkeep.purgeInstallation(trx, purgeInstallationId, row.guid);
    await checkpoint?.('store/outcome-written');
  });
}
