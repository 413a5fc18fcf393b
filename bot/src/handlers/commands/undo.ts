import type { UndoScope } from '../../commands/table.ts';
import type { Memo } from '../../decision.ts';
import type { Effect } from '../../effect.ts';
import type { History, StoredEffect } from '../../facts.ts';
import { inverseOf } from '../../outbox/inverse.ts';

/** What an undo does: inverse effects, newest first, with the stored effect that each takes back. */
export type UndoPlan = { steps: readonly { effect: Effect; takesBack: number }[]; memos: readonly Memo[] };

/**
 * Plans to take back what the bot did on one item. Replies to commands and reactions stay. A label that the bot set on its own and that
 * a person takes back this way is vetoed, like one removed by hand.
 */
export function planUndo(what: UndoScope, history: History, by: string): UndoPlan {
  const standing = history.effects.filter((stored) => isStanding(stored, history));
  const commanded = new Set(history.decisions.filter(({ handler }) => handler === 'commands').map(({ id }) => id));
  const steps = standing
    .filter((stored) => what !== 'last' || stored.decisionId === standing.at(-1)?.decisionId)
    .filter(({ effect }) => what === 'last' || what === 'all' || what === kindOf(effect))
    .flatMap(({ effect, result, id, decisionId }) => {
      const inverse = inverseOf(effect, result);
      return inverse ? [{ effect: inverse, takesBack: id, undone: effect, commanded: commanded.has(decisionId) }] : [];
    })
    .reverse();
  const vetoed = steps.flatMap(({ undone, commanded: byPerson }) => (undone.type === 'add-label' && !byPerson ? [undone.label] : []));
  return {
    steps: steps.map(({ effect, takesBack }) => ({ effect, takesBack })),
    memos: [...new Set(vetoed)].map((label) => ({ type: 'veto', label, by })),
  };
}

/** Done, with a way back, itself no undo, not undone or about to be. */
function isStanding(stored: StoredEffect, history: History): boolean {
  if (stored.state !== 'done' || stored.inverseOf !== undefined || isReply(stored.effect)) return false;
  const takenBack = history.effects.some(
    ({ inverseOf: of, state }) => of === stored.id && (state === 'done' || state === 'pending' || state === 'undone'),
  );
  return !takenBack && inverseOf(stored.effect, stored.result) !== undefined;
}

function isReply(effect: Effect): boolean {
  return ('slot' in effect && effect.slot === 'command') || effect.type === 'put-issue';
}

function kindOf(effect: Effect): UndoScope | undefined {
  if (effect.type === 'add-label' || effect.type === 'remove-label') return 'label';
  return 'slot' in effect && effect.slot === 'answer' ? 'answer' : undefined;
}
