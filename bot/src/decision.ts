import type { Effect } from './effect.ts';
import type { BotEvent } from './event.ts';
import type { ItemSnapshot, TimelineEvent } from './facts.ts';
import type { ItemRef } from './item.ts';

/** A quotation that decided something: the text (redacted) and where it stood. */
export type Quote = {
  text: string;
  source: 'title' | 'body' | 'comment' | 'path' | 'label' | 'configuration';
  start?: number;
  end?: number;
  rule: string;
};

/** Something to remember about a subject that GitHub does not keep for us. Append-only. */
export type Memo =
  | { type: 'veto'; label: string; by: string }
  | { type: 'veto-lifted'; label: string; by: string }
  | { type: 'label-missing'; label: string }
  | { type: 'label-restored'; label: string }
  | { type: 'playbook'; id: string; by: string }
  | { type: 'asked'; fields: readonly string[] }
  | { type: 'hold' | 'hold-released' | 'sla-paused' | 'sla-resumed'; by: string }
  | { type: 'human-label'; label: string; present: boolean; by: string }
  /** A command that was read, whatever came of it: what the limit per person counts. */
  | { type: 'command'; command: string; by: string };

/**
 * What one handler concluded about one event, with the reason a person would want to read (`/sig why`).
 * `act` has effects (or memos), `abstain` is a considered no with its reason. A handler with nothing to say returns no decision.
 */
export type Decision = {
  handler: string;
  /** Stable id of the rule that decided, e.g. `label/paths`, `answer/PB-009`. */
  rule: string;
  verdict: 'act' | 'abstain';
  because: string;
  /** 0–1 where the rule has one. */
  confidence?: number;
  evidence: readonly Quote[];
  effects: readonly Effect[];
  memos?: readonly Memo[];
  /** Ids of stored effects that `effects` (same order, same length) take back; their rows become `undone`. */
  takesBack?: readonly number[];
};

export type StoredDecision = Decision & { id: number; guid: string; subject: string; at: string; configSha: string };

/** An effect on its way to the outbox. `withheld` ones are kept for reports and promotion but never performed. */
export type PlannedEffect = { effect: Effect; state: 'pending' | 'withheld'; because?: string; inverseOf?: number };

/** Everything one event led to; stored in a single transaction together with the inbox row's completion. */
export type Outcome = {
  configSha: string;
  decisions: readonly (Decision & { planned: readonly PlannedEffect[] })[];
  timeline: readonly Omit<TimelineEvent, 'seq'>[];
  /** Subject under which all of this is filed (`subjectOf`). */
  subject: string;
  /** The item as last seen, for feeds and the status page. */
  item?: { ref: ItemRef; snapshot: ItemSnapshot };
};

/**
 * Turns one event into its outcome; reads GitHub and the store, writes neither. Supplied by `app.ts`.
 * @param attempt which try this is, from 1; absent: there will be no other
 */
export type Decider = (event: BotEvent, attempt?: number) => Promise<Outcome>;
