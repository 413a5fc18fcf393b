import { extractEvidence } from './evidence/extract.ts';
import { createMatcher, type Matcher } from './match/matcher.ts';
import type { Playbook, Product } from './schema.ts';
import { createScopeModel, type Integration, type ScopeDecision, type ScopeInput, type ScopeModel } from './scope/decide.ts';
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
 * Both decisions about an item from one reading of its text: which playbook answers it, and is it about the runtime (an answer is
 * evidence for that). A pull request proposes a change and is never answered; what belongs to another product called OCM is not either.
 * Pure; compile once, use for every item; `matcher` and `scope` take what is compiled already.
 */
export function createTriage(
  playbooks: readonly Playbook[],
  { matcher = createMatcher(playbooks), scope: scopeModel = createScopeModel() }: { matcher?: Matcher; scope?: ScopeModel } = {},
): (item: Item) => Triage {
  const sides = new Map(playbooks.map((playbook) => [playbook.id, sideOf(playbook)]));
  return ({ title, body, kind, pathsTouchRuntime }) => {
    const set = extractEvidence(title, body);
    const diagnosis =
      kind === 'pull_request' ? withheld('a pull request proposes a change; playbooks answer reports') : matcher.diagnose(set);
    const answered = evidenceOf(diagnosis, sides);
    const scope = scopeModel.decide({
      title,
      text: set.text,
      ...(answered ? { answered } : {}),
      ...(pathsTouchRuntime === undefined ? {} : { pathsTouchRuntime }),
    });
    return { set, scope, diagnosis: scope.vetoed ? withheld(`another product: ${scope.reason}`) : diagnosis };
  };
}

const withheld = (why: string): Diagnosis => ({ verdict: 'abstain', why, missing: [], others: [] });

const SIDES: readonly (readonly [Product, Integration])[] = [
  ['ocm-controller', 'ocm'],
  ['kro', 'kro'],
  ['flux', 'flux'],
];

/** The integration a playbook is about; none for those that are about the command line or Kubernetes alone. */
function sideOf({ products }: Playbook): Integration | undefined {
  return products.flatMap(({ name }) => SIDES.filter(([product]) => product === name).map(([, side]) => side))[0];
}

function evidenceOf(diagnosis: Diagnosis, sides: ReadonlyMap<string, Integration | undefined>): ScopeInput['answered'] {
  if (diagnosis.verdict !== 'answer') return undefined;
  const { playbook, confidence, spans } = diagnosis.best;
  const side = sides.get(playbook);
  const span = spans[0];
  return side && span ? { playbook, side, confidence, span: { start: span.start, end: span.end } } : undefined;
}
