import type { BotEvent } from '../../event.ts';
import type { Association } from '../../item.ts';

/** The text that may hold commands, who wrote it into the item, and where a reaction goes. */
export type CommandSource = {
  text: string;
  /** Set for edits: commands that stood here before do not count. */
  previousText?: string;
  /** The edit was made by somebody who did not write the text. */
  byAnother?: boolean;
  /** Node that a reaction is put on; a review may lack one. */
  nodeId?: string;
  association?: Association;
};

/**
 * Undefined for events without new text, for edits whose earlier text is not known (a title was edited), and for everything that bots
 * and Apps write. The caller is always the event's actor: whoever edits a comment answers for the commands the edit adds.
 */
export function sourceOf(event: BotEvent): CommandSource | undefined {
  const { actor, comment, review, snapshot, item } = event;
  if (actor?.type !== 'User' || actor.login.endsWith('[bot]')) return undefined;
  const edited = event.name.endsWith('.edited');
  if (comment) {
    if (comment.viaAppId !== undefined || (edited && comment.previousBody === undefined)) return undefined;
    return {
      text: comment.body,
      nodeId: comment.nodeId,
      ...(edited && comment.previousBody !== undefined
        ? { previousText: comment.previousBody, byAnother: comment.author.id !== actor.id }
        : {}),
      ...(comment.author.id === actor.id ? { association: comment.association } : {}),
    };
  }
  if (review) {
    const own = review.author.id === actor.id && review.association !== undefined;
    return {
      text: review.body,
      ...(review.nodeId === undefined ? {} : { nodeId: review.nodeId }),
      ...(own && review.association ? { association: review.association } : {}),
    };
  }
  if (!snapshot || !item || (edited && snapshot.previousBody === undefined)) return undefined;
  return {
    text: snapshot.body,
    nodeId: item.nodeId,
    ...(edited && snapshot.previousBody !== undefined
      ? { previousText: snapshot.previousBody, byAnother: snapshot.author.id !== actor.id }
      : {}),
    ...(snapshot.author.id === actor.id ? { association: snapshot.association } : {}),
  };
}
