import type { Actor, Association, ItemRef, RepositoryRef } from './item.ts';

/**
 * One thing that happened, in the bot's own words: made from a webhook delivery by `intake/normalise.ts` (only fields that somebody
 * reads), or by a schedule. `name` is GitHub's `event.action` (`issues.opened`, `pull_request_review.submitted`, `push`) or
 * `schedule.<job>`.
 */
export type BotEvent = {
  /** `X-GitHub-Delivery`, or `schedule/<job>/<period>`: the same occurrence always has the same guid. */
  guid: string;
  name: string;
  /** When it happened, RFC 3339 UTC; from the payload where GitHub says it, else when the delivery arrived. */
  at: string;
  actor?: Actor;
  installationId?: number;
  repository?: RepositoryRef;
  item?: ItemRef;
  /** State of the item as the payload carried it; facts are read again before deciding. */
  snapshot?: PayloadItem;
  comment?: PayloadComment;
  review?: {
    id: number;
    /** Where a reaction goes. */
    nodeId?: string;
    state: 'approved' | 'changes_requested' | 'commented' | 'dismissed' | 'pending';
    author: Actor;
    /** Of the reviewer; the SLA clock tells maintainers by it. */
    association?: Association;
    body: string;
  };
  /** The label added, removed, renamed or deleted; `previousName` when renamed. */
  label?: { name: string; previousName?: string };
  assignee?: string;
  requestedReviewer?: string;
  /** Of `push`: branch reference, head commit and every path touched by its commits. */
  push?: { ref: string; headSha: string; paths: readonly string[]; defaultBranch: string };
  /** Of `repository.renamed|transferred`, `installation*`: the repositories concerned. */
  repositories?: readonly RepositoryRef[];
};

export type PayloadItem = {
  title: string;
  body: string;
  author: Actor;
  association: Association;
  state: 'open' | 'closed';
  draft: boolean;
  labels: readonly string[];
  createdAt: string;
  updatedAt: string;
  headSha?: string;
  /** Bodies before an edit (`changes.body.from`, `changes.title.from`). */
  previousTitle?: string;
  previousBody?: string;
};

export type PayloadComment = {
  id: number;
  nodeId: string;
  body: string;
  previousBody?: string;
  author: Actor;
  association: Association;
  createdAt: string;
  /** Set when an App wrote it: our own comments are told from forgeries by this id. */
  viaAppId?: number;
};
