import type { CommentSlot } from './effect.ts';
import type { CommentSnapshot, History, StoredEffect } from './facts.ts';

/** What became of one of our sticky comments on an item. */
export type SlotState = {
  /** The text that stands there now, or will as soon as the outbox gets to it; undefined when nothing stands. */
  standing: string | undefined;
  /** We folded it away ourselves; GitHub offers Apps no way to unfold, so the next text needs a new comment. */
  hidden: boolean;
  /** A person took it back, deleted it or folded it away: never again. */
  refused: boolean;
  /** Something was posted before, whatever became of it. */
  posted: boolean;
};

/** @param comments comments of the item as GitHub has them; a comment of ours that is gone, or folded though we did not, was refused by a person */
export function slotState(slot: CommentSlot, history: History | undefined, comments: readonly CommentSnapshot[] | undefined): SlotState {
  const effects = (history?.effects ?? []).filter(({ effect }) => 'slot' in effect && effect.slot === slot && effect.type !== 'put-issue');
  const lived = effects.filter(({ state }) => state === 'done' || state === 'pending');
  const last = lived.at(-1);
  return {
    standing: last?.effect.type === 'put-comment' ? last.effect.body : undefined,
    hidden: last?.effect.type === 'hide-comment',
    refused: effects.some(({ state }) => state === 'undone') || (last !== undefined && isGone(last, comments)),
    posted: lived.some(({ effect }) => effect.type === 'put-comment'),
  };
}

function isGone({ effect, state, result }: StoredEffect, comments: readonly CommentSnapshot[] | undefined): boolean {
  if (effect.type === 'delete-comment') return true;
  if (effect.type !== 'put-comment' || state !== 'done' || comments === undefined || result?.commentNodeId === undefined) return false;
  const found = comments.find(({ id, nodeId }) => nodeId === result.commentNodeId || id === result.commentId);
  return found === undefined || found.minimized;
}

/** Whether a person took this label off the item, and nobody has lifted that since. */
export function isVetoed(label: string, history: History | undefined): boolean {
  return vetoBy(label, history) !== undefined;
}

/** Login of the person whose veto on a label stands. */
export function vetoBy(label: string, history: History | undefined): string | undefined {
  const words = (history?.memos ?? []).filter(
    (memo) => (memo.type === 'veto' || memo.type === 'veto-lifted') && memo.label.toLowerCase() === label.toLowerCase(),
  );
  const last = words.at(-1);
  return last?.type === 'veto' ? last.by : undefined;
}
