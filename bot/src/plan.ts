import type { Decision, PlannedEffect } from './decision.ts';
import type { Effect } from './effect.ts';
import type { History } from './facts.ts';

export type Mode = 'dry-run' | 'shadow' | 'active';
export type NoiseBudget = { commentsPerItemPerDay: number; commentsPerRepositoryPerHour: number };

const DAY_MS = 86_400_000;

/** Answers to a person's own command are not noise: they were asked for. */
const isUnsolicitedComment = (effect: Effect): boolean => effect.type === 'put-comment' && effect.slot !== 'command';

/**
 * Whether a decided effect goes out. Nothing does unless the configuration says `active`; new comments beyond the noise budget are
 * withheld (an edit of a comment that stands is not new).
 */
export function plan(
  decisions: readonly Decision[],
  world: { mode: Mode; budget: NoiseBudget; history: History | undefined; repositoryCommentsLastHour: number; now: string },
): readonly (Decision & { planned: readonly PlannedEffect[] })[] {
  const since = new Date(Date.parse(world.now) - DAY_MS).toISOString();
  const posted = (world.history?.effects ?? []).filter(
    ({ effect, state, result }) => state === 'done' && isUnsolicitedComment(effect) && result?.changed,
  );
  const standing = new Set(posted.map(({ effect }) => (effect.type === 'put-comment' ? effect.slot : '')));
  let onItem = posted.filter(({ at }) => at >= since).length;
  let inRepository = world.repositoryCommentsLastHour;

  const decide = (effect: Effect): PlannedEffect => {
    if (world.mode !== 'active') return { effect, state: 'withheld', because: `mode is ${world.mode}` };
    if (!isUnsolicitedComment(effect) || (effect.type === 'put-comment' && standing.has(effect.slot))) return { effect, state: 'pending' };
    if (onItem >= world.budget.commentsPerItemPerDay)
      return { effect, state: 'withheld', because: 'noise budget of the item is spent for today' };
    if (inRepository >= world.budget.commentsPerRepositoryPerHour) {
      return { effect, state: 'withheld', because: 'noise budget of the repository is spent for this hour' };
    }
    onItem += 1;
    inRepository += 1;
    return { effect, state: 'pending' };
  };
  return decisions.map((decision) => ({
    ...decision,
    planned: decision.effects.map((effect, index) => {
      const inverseOf = decision.takesBack?.[index];
      return inverseOf === undefined ? decide(effect) : { ...decide(effect), inverseOf };
    }),
  }));
}
