import type { ItemRef, RepositoryRef } from './item.ts';

/** Names of the bot's sticky comments; each slot holds at most one comment on an item, edited in place. */
export type CommentSlot = 'answer' | 'completeness' | 'compatibility' | 'command' | 'notice';

/**
 * One intended change on GitHub. Handlers decide effects, the outbox keeps them, `outbox/execute.ts` alone performs them.
 * Every effect can be performed twice with the visible result of once: labels and assignees are sets; comments, issues and checks
 * are found by their marker before anything is posted.
 */
export type Effect =
  | { type: 'add-label'; item: ItemRef; label: string; color?: string; description?: string; createIfMissing?: boolean }
  | { type: 'remove-label'; item: ItemRef; label: string }
  | { type: 'put-comment'; item: ItemRef; slot: CommentSlot; body: string }
  | { type: 'hide-comment'; item: ItemRef; slot: CommentSlot; reason: 'OUTDATED' | 'RESOLVED' | 'OFF_TOPIC' }
  | { type: 'delete-comment'; item: ItemRef; slot: CommentSlot }
  | { type: 'assign'; item: ItemRef; logins: readonly string[] }
  | { type: 'unassign'; item: ItemRef; logins: readonly string[] }
  | { type: 'react'; item: ItemRef; commentNodeId: string; content: '+1' | 'confused' | 'eyes' }
  | {
      type: 'put-check';
      repository: RepositoryRef;
      headSha: string;
      name: string;
      conclusion: 'success' | 'failure' | 'neutral';
      title: string;
      summary: string;
    }
  | { type: 'put-issue'; repository: RepositoryRef; slot: string; title: string; body: string; labels: readonly string[] };

export type EffectType = Effect['type'];

/** `withheld`: decided but not performed (dry run, shadow, noise budget, veto, missing label); kept for reports and promotion. */
export type EffectState = 'pending' | 'done' | 'withheld' | 'failed' | 'undone';

/** What came back: enough to undo it and to show it. `changed: false` when the world already was as wanted. */
export type EffectResult = {
  changed: boolean;
  commentId?: number;
  commentNodeId?: string;
  url?: string;
  previousBody?: string;
  detail?: string;
  /** Of `assign` and `unassign`: the people for whom something changed. */
  logins?: readonly string[];
};
