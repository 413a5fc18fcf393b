import type { BotEvent } from './event.ts';
import type { FactName, Facts } from './facts.ts';
import type { GitHub } from './github/port.ts';
import { subjectOf } from './item.ts';
import type { Store } from './store/port.ts';

/** What the reader asks of the store. */
export type GatherStore = Pick<Store, 'history' | 'openItems' | 'commentsSince'>;

export const CONFIGURATION_PATH = '.github/sig-runtime.yml';
const HOUR_MS = 3_600_000;

type Read<Name extends FactName> = (source: Source) => Promise<Facts[Name] | undefined>;
type Source = { event: BotEvent; github: GitHub; store: GatherStore; nowMs: number };

/** How each fact is read. A fact that does not apply to the event (no item, no actor) is left out. */
const READERS: { [Name in FactName]-?: Read<Name> } = {
  item: async ({ event, github }) => event.item && github.getItem(event.item),
  files: async ({ event, github }) => (event.item?.kind === 'pull_request' ? github.listFiles(event.item) : undefined),
  comments: async ({ event, github }) => event.item && github.listComments(event.item),
  repositoryLabels: async ({ event, github }) => {
    const repository = event.item?.repository ?? event.repository;
    return repository && github.listLabels(repository);
  },
  permission: async ({ event, github }) => {
    const repository = event.item?.repository ?? event.repository;
    return repository && event.actor && event.actor.type === 'User' ? github.permissionOf(repository, event.actor.login) : undefined;
  },
  proposedConfiguration: async ({ event, github }) => {
    if (event.item?.kind !== 'pull_request' || event.snapshot?.headSha === undefined) return undefined;
    const { paths } = await github.listFiles(event.item);
    if (!paths.includes(CONFIGURATION_PATH)) return undefined;
    const file = await github.readFile(event.item.repository, CONFIGURATION_PATH, event.snapshot.headSha);
    return file && { path: CONFIGURATION_PATH, text: file.text };
  },
  history: async ({ event, store }) => store.history(subjectOf(event)),
  repositoryCommentsLastHour: async ({ event, store, nowMs }) => {
    const repository = event.item?.repository ?? event.repository;
    return repository && store.commentsSince(repository.repositoryId, nowMs - HOUR_MS);
  },
  openItems: async ({ event, store }) => event.repository && store.openItems(event.repository.repositoryId),
};

/**
 * The one reader: everything the decisions about an event may look at, and nothing else.
 * @throws GitHubError when GitHub cannot be read; the delivery is then tried again later
 */
export async function gather(needs: ReadonlySet<FactName>, source: Source): Promise<Facts> {
  const entries = await Promise.all(
    [...needs].map(async (name) => {
      const value = await READERS[name](source);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return Object.fromEntries(entries.flat()) as Facts;
}
