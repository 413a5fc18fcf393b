import type { BotEvent } from '../event.ts';
import type { History } from '../facts.ts';
import type { GatherGitHub, GatherStore } from '../gather.ts';
import { type ItemRef, subjectOf } from '../item.ts';

/** Whether the delivery of that guid stood before the one in question in the inbox, and so was decided before it. */
export type IsEarlier = (guid: string) => boolean;

/**
 * What the bot knew about an item just before it decided a delivery. Memos carry no guid: those up to the last earlier decision count.
 * States of effects are those of today.
 * @param at when the event happened, RFC 3339
 */
export function historyBefore(history: History, isEarlier: IsEarlier, at: string): History {
  const decisions = history.decisions.filter(({ guid }) => isEarlier(guid));
  const lastDecidedAt =
    decisions
      .map((decision) => decision.at)
      .sort()
      .at(-1) ?? '';
  return {
    decisions,
    effects: history.effects.filter(({ guid }) => isEarlier(guid)),
    memos: history.memos.filter((memo) => memo.at <= lastDecidedAt),
    timeline: history.timeline.filter((entry) => entry.at <= at),
  };
}

/** The store as it was before the event. Open items of a digest are those of today. */
export function storeBefore(store: GatherStore, isEarlier: IsEarlier, { at }: Pick<BotEvent, 'at'>): GatherStore {
  return {
    history: async (subject) => historyBefore(await store.history(subject), isEarlier, at),
    openItems: (repositoryId) => store.openItems(repositoryId),
    commentsSince: async () => 0,
  };
}

/**
 * GitHub as the event's payload shows it: the item's own fields are those of the payload, people's comments end with the event, ours with
 * the effects decided before. What no payload holds (changed paths, labels of the repository, roles, files) is read as it is today.
 */
export function githubAt(github: GatherGitHub, history: (subject: string) => Promise<History>, event: BotEvent): GatherGitHub {
  const { snapshot } = event;
  const ourComments = async (item: ItemRef): Promise<ReadonlySet<number | undefined>> =>
    new Set((await history(subjectOf({ item }))).effects.map(({ result }) => result?.commentId));
  return {
    getItem: async (item) => {
      const now = await github.getItem(item);
      if (!snapshot || event.item?.number !== item.number) return now;
      const { previousTitle: _title, previousBody: _body, ...then } = snapshot;
      return { ...now, ...then };
    },
    listComments: async (item) => {
      const known = await ourComments(item);
      return (await github.listComments(item)).filter(({ id, ours, createdAt }) => (ours ? known.has(id) : createdAt <= event.at));
    },
    listFiles: (item) => github.listFiles(item),
    listLabels: (repository) => github.listLabels(repository),
    permissionOf: (repository, login) => github.permissionOf(repository, login),
    readFile: (repository, path, ref) => github.readFile(repository, path, ref),
  };
}
