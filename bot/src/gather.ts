import { redact } from '@sig-runtime/playbooks';
import type { BotEvent } from './event.ts';
import type { CommentSnapshot, FactName, Facts, ItemSnapshot } from './facts.ts';
import { type GitHub, GitHubError, type GitHubErrorCode } from './github/port.ts';
import { subjectOf } from './item.ts';
import type { Store } from './store/port.ts';

/** What the reader asks of the store. */
export type GatherStore = Pick<Store, 'history' | 'openItems' | 'commentsSince'>;

/** What the reader asks of GitHub. */
export type GatherGitHub = Pick<GitHub, 'getItem' | 'listFiles' | 'listComments' | 'listLabels' | 'permissionOf' | 'readFile'>;

export const CONFIGURATION_PATH = '.github/sig-runtime.yml';
const HOUR_MS = 3_600_000;

type Read<Name extends FactName> = (source: Source) => Promise<Facts[Name] | undefined>;
type Source = { event: BotEvent; github: GatherGitHub; store: GatherStore; nowMs: number };

/**
 * How each fact is read. A fact that does not apply to the event (no item, no actor) is left out. What people wrote is redacted here,
 * because it comes fresh from GitHub and never passed the door.
 */
const READERS: { [Name in FactName]-?: Read<Name> } = {
  item: async ({ event, github }) => event.item && redactedItem(await github.getItem(event.item)),
  files: async ({ event, github }) => (event.item?.kind === 'pull_request' ? github.listFiles(event.item) : undefined),
  comments: async ({ event, github }) => event.item && (await github.listComments(event.item)).map(redactedComment),
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
    return file && { path: CONFIGURATION_PATH, text: redact(file.text) };
  },
  history: async ({ event, store }) => store.history(subjectOf(event)),
  repositoryCommentsLastHour: async ({ event, store, nowMs }) => {
    const repository = event.item?.repository ?? event.repository;
    return repository && store.commentsSince(repository.repositoryId, nowMs - HOUR_MS);
  },
  openItems: async ({ event, store }) => event.repository && store.openItems(event.repository.repositoryId),
};

/** Why a fact is missing: trying again would not bring it. */
export type Unreadable = ReadonlyMap<FactName, GitHubError>;
export type Gathered = { facts: Facts; unreadable: Unreadable };

/** A missing permission, an object that is gone, and one that GitHub does not give (a file above its limit) stay as they are. */
const LASTING: ReadonlySet<GitHubErrorCode> = new Set(['FORBIDDEN', 'NOT_FOUND', 'VALIDATION']);

/**
 * The one reader: everything the decisions about an event may look at, and nothing else. One fact that cannot be read leaves the others
 * alone.
 * @throws GitHubError when GitHub does not answer now; the delivery is then tried again later
 */
export async function gather(needs: ReadonlySet<FactName>, source: Source): Promise<Gathered> {
  const unreadable = new Map<FactName, GitHubError>();
  const entries = await Promise.all(
    [...needs].map(async (name) => {
      const value = await READERS[name](source).catch((error: unknown) => {
        if (!(error instanceof GitHubError && LASTING.has(error.code))) throw error;
        unreadable.set(name, error);
        return undefined;
      });
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return { facts: Object.fromEntries(entries.flat()) as Facts, unreadable };
}

function redactedItem(item: ItemSnapshot): ItemSnapshot {
  return { ...item, title: redact(item.title), body: redact(item.body) };
}

function redactedComment(comment: CommentSnapshot): CommentSnapshot {
  return comment.ours ? comment : { ...comment, body: redact(comment.body) };
}
