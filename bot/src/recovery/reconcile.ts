import { type Clock, toRfc3339 } from '../clock.ts';
import type { BotEvent } from '../event.ts';
import type { ItemSnapshot } from '../facts.ts';
import type { GitHub } from '../github/port.ts';
import { ingestEvent, type Redact } from '../intake/ingest.ts';
import { type ItemRef, type RepositoryRef, subjectOf } from '../item.ts';
import type { Store } from '../store/port.ts';

export type ReconcileOptions = { github: Pick<GitHub, 'listChangedItems'>; store: Store; redact: Redact; clock: Clock };
type Texts = Pick<ItemSnapshot, 'title' | 'body'>;
export type ReconcileResult = { changed: number; accepted: number };

/**
 * Looks at the issues and pull requests of a repository that changed since then, for times of which no deliveries are left, and puts
 * `schedule.reconcile` into the inbox for each that changed after the bot last saw it. The guid names item and change, so repeating it
 * adds nothing. (Discussions cannot be listed this way.)
 */
export async function reconcile(options: ReconcileOptions, repository: RepositoryRef, sinceMs: number): Promise<ReconcileResult> {
  const { github, store, redact, clock } = options;
  const changed = await github.listChangedItems(repository, toRfc3339(sinceMs));
  let accepted = 0;
  for (const { snapshot, ...item } of changed) {
    const ref: ItemRef = { repository, ...item };
    const seen = await store.item(subjectOf({ item: ref }));
    if (seen && Date.parse(seen.snapshot.updatedAt) >= Date.parse(snapshot.updatedAt)) continue;
    const event = reconcileEvent(ref, { ...snapshot, ...(redact({ title: snapshot.title, body: snapshot.body }) as Texts) });
    if ((await ingestEvent(store, event, clock())) === 'accepted') accepted += 1;
  }
  return { changed: changed.length, accepted };
}

/** The event that stands for whatever was missed on an item. Pure; the same change gives the same guid. */
export function reconcileEvent(item: ItemRef, snapshot: ItemSnapshot): BotEvent {
  const { repository } = item;
  const { title, body, author, association, state, draft, labels, createdAt, updatedAt, headSha } = snapshot;
  return {
    guid: `schedule/reconcile/${repository.repositoryId}/${item.number}/${updatedAt}`,
    name: 'schedule.reconcile',
    at: toRfc3339(Date.parse(updatedAt)),
    installationId: repository.installationId,
    repository,
    item,
    snapshot: {
      title,
      body,
      author,
      association,
      state,
      draft,
      labels,
      createdAt,
      updatedAt,
      ...(headSha === undefined ? {} : { headSha }),
    },
  };
}
