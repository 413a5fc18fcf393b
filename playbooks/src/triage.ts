import { extractEvidence } from './evidence/extract.ts';
import { createMatcher } from './match/matcher.ts';
import type { Playbook } from './schema.ts';
import { createScopeModel, type ScopeDecision } from './scope/decide.ts';
import type { Diagnosis, EvidenceSet } from './types.ts';

export type Item = {
  title: string;
  body: string;
  kind: 'issue' | 'pull_request' | 'discussion';
  /** Whether changed paths of a pull request lie in the runtime; leave out when the paths are not known. */
  pathsTouchRuntime?: boolean;
};

export type Triage = { set: EvidenceSet; scope: ScopeDecision; diagnosis: Diagnosis };

/**
 * Both decisions about an item from one reading of its text: is it about the runtime, and which playbook answers it.
 * A pull request proposes a change and is never answered; what is clearly not ours (scope `no`) is not diagnosed either.
 * Pure; compile once, use for every item.
 */
export function createTriage(playbooks: readonly Playbook[]): (item: Item) => Triage {
  const matcher = createMatcher(playbooks);
  const scopeModel = createScopeModel();
  return ({ title, body, kind, pathsTouchRuntime }) => {
    const set = extractEvidence(title, body);
    const scope = scopeModel.decide({ title, text: set.text, ...(pathsTouchRuntime === undefined ? {} : { pathsTouchRuntime }) });
    const withhold = (why: string): Triage => ({ set, scope, diagnosis: { verdict: 'abstain', why, missing: [], others: [] } });
    if (kind === 'pull_request') return withhold('a pull request proposes a change; playbooks answer reports');
    if (scope.runtime === 'no') return withhold(`not about the runtime: ${scope.reason}`);
    return { set, scope, diagnosis: matcher.diagnose(set) };
  };
}
