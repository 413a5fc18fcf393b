import type { Kysely } from 'kysely';
import { accept, acceptAlone } from './inbox.ts';
import type { NewDelivery, Store } from './port.ts';
import type { Database } from './schema.ts';

type Waiting = { delivery: NewDelivery; resolve: (result: 'accepted' | 'duplicate') => void; reject: (error: unknown) => void };

/**
 * Deliveries that arrive in the same turn of the event loop become durable in one commit: one sync of the disk instead of one each.
 * For a store whose commits block the process (SQLite). When the commit fails, each delivery is tried alone, so that one of them
 * cannot refuse the others.
 */
export function groupAccept(db: Kysely<Database>): Store['accept'] {
  let waiting: Waiting[] = [];
  const flush = async () => {
    const group = waiting;
    waiting = [];
    const results = await together(db, group).catch(() => undefined);
    if (results) for (const [index, { resolve }] of group.entries()) resolve(results[index] ?? 'duplicate');
    else for (const { delivery, resolve, reject } of group) await acceptAlone(db, delivery).then(resolve, reject);
  };
  return (delivery) =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject });
      if (waiting.length === 1) setImmediate(flush);
    });
}

function together(db: Kysely<Database>, group: readonly Waiting[]): Promise<('accepted' | 'duplicate')[]> {
  return db.transaction().execute(async (trx) => {
    const results: ('accepted' | 'duplicate')[] = [];
    for (const { delivery } of group) results.push(await accept(trx, delivery));
    return results;
  });
}
