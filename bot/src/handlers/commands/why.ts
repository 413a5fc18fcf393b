import type { Quote, StoredDecision } from '../../decision.ts';
import type { Effect, EffectState } from '../../effect.ts';
import type { History } from '../../facts.ts';

/** One thing the bot did or held back, with the decision behind it. */
export type Reason = {
  what: string;
  /** Label or comment slot. */
  of: string;
  state: EffectState;
  rule: string;
  because: string;
  confidence?: number;
  evidence: readonly Quote[];
  configSha: string;
  at: string;
};

export type Why = {
  reasons: readonly Reason[];
  /** Latest considered no of each handler. */
  abstentions: readonly { rule: string; because: string; at: string }[];
  vetoes: readonly { label: string; by: string; at: string }[];
  missing: readonly string[];
};

/** The latest effect on every label and in every comment slot, oldest first; replies to commands are left out. */
export function explain(history: History): Why {
  const decisions = new Map(history.decisions.map((decision) => [decision.id, decision]));
  const latest = new Map<string, Reason>();
  for (const { effect, state, decisionId, at } of history.effects) {
    const subject = subjectOf(effect);
    const decision = decisions.get(decisionId);
    if (subject && decision) {
      latest.delete(subject.key);
      latest.set(subject.key, { ...subject, state, at, ...reasonOf(decision) });
    }
  }
  const abstained = new Map(
    history.decisions.filter(({ verdict }) => verdict === 'abstain').map((decision) => [decision.handler, decision]),
  );
  abstained.delete('commands');
  return {
    reasons: [...latest.values()],
    abstentions: [...abstained.values()].map(({ rule, because, at }) => ({ rule, because, at })),
    vetoes: standingVetoes(history),
    missing: [...new Set(history.memos.flatMap((memo) => (memo.type === 'label-missing' ? [memo.label] : [])))],
  };
}

/** Labels that the bot must not add to this item on its own, by the order of vetoes and their lifting. */
export function standingVetoes(history: History): Why['vetoes'] {
  const vetoes = new Map<string, { label: string; by: string; at: string }>();
  for (const memo of history.memos) {
    if (memo.type === 'veto') vetoes.set(memo.label.toLowerCase(), { label: memo.label, by: memo.by, at: memo.at });
    if (memo.type === 'veto-lifted') vetoes.delete(memo.label.toLowerCase());
  }
  return [...vetoes.values()];
}

function reasonOf(decision: StoredDecision) {
  const { rule, because, confidence, evidence, configSha } = decision;
  return { rule, because, evidence, configSha, ...(confidence === undefined ? {} : { confidence }) };
}

function subjectOf(effect: Effect): { key: string; what: string; of: string } | undefined {
  switch (effect.type) {
    case 'add-label':
      return { key: `label/${effect.label.toLowerCase()}`, what: 'Label added', of: effect.label };
    case 'remove-label':
      return { key: `label/${effect.label.toLowerCase()}`, what: 'Label removed', of: effect.label };
    case 'put-comment':
      return effect.slot === 'command' ? undefined : { key: `comment/${effect.slot}`, what: 'Comment', of: effect.slot };
    case 'delete-comment':
      return effect.slot === 'command' ? undefined : { key: `comment/${effect.slot}`, what: 'Comment deleted', of: effect.slot };
    case 'hide-comment':
      return { key: `comment/${effect.slot}`, what: 'Comment hidden', of: effect.slot };
    case 'assign':
      return { key: 'assignees', what: 'Assigned', of: effect.logins.join(', ') };
    case 'unassign':
      return { key: 'assignees', what: 'Unassigned', of: effect.logins.join(', ') };
    default:
      return undefined;
  }
}
