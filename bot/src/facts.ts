import type { Memo, StoredDecision } from './decision.ts';
import type { Effect, EffectResult, EffectState } from './effect.ts';
import type { Actor, Association, ItemRef } from './item.ts';

/** The item as GitHub has it now (read again before deciding, because payloads are old and reordered). */
export type ItemSnapshot = {
  title: string;
  body: string;
  author: Actor;
  association: Association;
  state: 'open' | 'closed';
  draft: boolean;
  locked: boolean;
  labels: readonly string[];
  assignees: readonly string[];
  createdAt: string;
  updatedAt: string;
  headSha?: string;
  baseRef?: string;
};

export type CommentSnapshot = {
  id: number;
  nodeId: string;
  body: string;
  author: Actor;
  association: Association;
  createdAt: string;
  updatedAt: string;
  minimized: boolean;
  /** True only when this App wrote it (author id and App id agree); a marker in any other comment is a forgery. */
  ours: boolean;
};

/** GitHub's repository role of a person, least to most. */
export type Permission = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin';

/** One entry of an item's timeline; what the SLA clock is computed from. `at` RFC 3339 UTC; order is (at, seq). */
export type TimelineEvent = {
  seq: number;
  at: string;
  type:
    | 'opened'
    | 'closed'
    | 'reopened'
    | 'edited'
    | 'commented'
    | 'reviewed'
    | 'review-requested'
    | 'labeled'
    | 'unlabeled'
    | 'assigned'
    | 'unassigned'
    | 'ready-for-review'
    | 'converted-to-draft'
    | 'synchronized'
    | 'transferred'
    | 'hold'
    | 'hold-released'
    | 'sla-paused'
    | 'sla-resumed'
    | 'answered';
  actor: { login: string; id: number; role: 'author' | 'maintainer' | 'contributor' | 'bot' };
  label?: string;
  draft?: boolean;
  /** Of `reviewed`: changes requested mean that the author has to act. */
  review?: 'approved' | 'changes_requested' | 'commented';
};

export type StoredEffect = {
  id: number;
  decisionId: number;
  guid: string;
  at: string;
  effect: Effect;
  state: EffectState;
  result?: EffectResult;
  inverseOf?: number;
};

/** What the bot itself knows about an item. */
export type History = {
  decisions: readonly StoredDecision[];
  effects: readonly StoredEffect[];
  memos: readonly (Memo & { at: string })[];
  timeline: readonly TimelineEvent[];
};

/** Everything a decision may look at. A handler lists what it `needs`; the one reader (`gather.ts`) fetches only that. */
export type Facts = {
  item?: ItemSnapshot;
  /** Every changed path of a pull request; `complete: false` when GitHub's limit (3,000 files) cut the list. */
  files?: { paths: readonly string[]; complete: boolean };
  comments?: readonly CommentSnapshot[];
  /** Names of the labels the repository has. */
  repositoryLabels?: readonly string[];
  /** Of the event's actor. */
  permission?: Permission;
  /** Text of `.github/sig-runtime.yml` at the pull request's head; undefined when it is not touched. */
  proposedConfiguration?: { path: string; text: string };
  history?: History;
  /** Comments the bot wrote in this repository during the last hour (noise budget). */
  repositoryCommentsLastHour?: number;
  /** Timelines of every known open item of the repository (SLA digest). */
  openItems?: readonly OpenItem[];
};

export type OpenItem = {
  item: ItemRef;
  title: string;
  author: Actor;
  draft: boolean;
  labels: readonly string[];
  timeline: readonly TimelineEvent[];
};

export type FactName = keyof Facts;
