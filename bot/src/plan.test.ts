import { describe, expect, it } from 'vitest';
import type { Decision } from './decision.ts';
import type { Effect } from './effect.ts';
import type { History, StoredEffect } from './facts.ts';
import type { ItemRef } from './item.ts';
import { plan } from './plan.ts';

const repository = { installationId: 1, repositoryId: 2, owner: 'o', name: 'r', private: false };
const item: ItemRef = { repository, kind: 'issue', number: 1, nodeId: 'n' };
const comment = (slot: 'answer' | 'compatibility' | 'command'): Effect => ({ type: 'put-comment', item, slot, body: 'text' });
const label: Effect = { type: 'add-label', item, label: 'sig/runtime' };
const decide = (...effects: Effect[]): Decision => ({ handler: 'h', rule: 'h/r', verdict: 'act', because: 'b', evidence: [], effects });

const now = '2026-09-08T12:00:00.000Z';
const world = {
  mode: 'active' as const,
  budget: { commentsPerItemPerDay: 1, commentsPerRepositoryPerHour: 5 },
  repositoryCommentsLastHour: 0,
  now,
};
const states = (decisions: Decision[], more: Partial<Parameters<typeof plan>[1]> = {}) =>
  plan(decisions, { ...world, history: undefined, ...more }).flatMap(({ planned }) => planned.map(({ state }) => state));

function posted(slot: 'answer', at: string): History {
  const effect: StoredEffect = { id: 1, decisionId: 1, guid: 'g', at, effect: comment(slot), state: 'done', result: { changed: true } };
  return { decisions: [], effects: [effect], memos: [], timeline: [] };
}

describe('plan', () => {
  it.each(['dry-run', 'shadow'] as const)('withholds everything in %s mode and says so', (mode) => {
    const [first] = plan([decide(label, comment('answer'))], { ...world, mode, history: undefined });
    expect(first?.planned).toEqual([
      { effect: label, state: 'withheld', because: `mode is ${mode}` },
      { effect: comment('answer'), state: 'withheld', because: `mode is ${mode}` },
    ]);
  });

  it('lets the first unsolicited comment of a day through and withholds the next', () => {
    expect(states([decide(comment('answer')), decide(comment('compatibility'))])).toEqual(['pending', 'withheld']);
  });

  it('counts comments of the last day only', () => {
    expect(states([decide(comment('compatibility'))], { history: posted('answer', '2026-09-08T01:00:00.000Z') })).toEqual(['withheld']);
    expect(states([decide(comment('compatibility'))], { history: posted('answer', '2026-09-06T01:00:00.000Z') })).toEqual(['pending']);
  });

  it('never withholds an edit of a comment that stands, a label, or the reply to a command', () => {
    const history = posted('answer', '2026-09-08T01:00:00.000Z');
    expect(states([decide(comment('answer'), label, comment('command'))], { history })).toEqual(['pending', 'pending', 'pending']);
  });

  it('keeps to the budget of the repository', () => {
    expect(states([decide(comment('answer'))], { repositoryCommentsLastHour: 5 })).toEqual(['withheld']);
  });
});
