import type { Playbook } from '../schema.ts';
import type { Candidate, Diagnosis, EvidenceSet } from '../types.ts';
import { type CompiledPlaybook, compilePlaybooks } from './compile.ts';
import { createFinderFactory, type Finder } from './finder.ts';
import { createProposals, SURE_DESPITE_WISH } from './proposals.ts';
import { applyRule, type Fired } from './rules.ts';
import { createTextRank, type TextRank } from './text-rank.ts';

/** Below this nothing is answered. */
export const ANSWER_AT = 0.6;
/** Two unrelated playbooks closer than this are a tie. */
const TIE = 0.03;
const MAX_OTHERS = 3;
const MAX_SPANS = 4;
const TEXT_CEILING = 0.4;

export type Matcher = { diagnose: (set: EvidenceSet) => Diagnosis };

/**
 * Compiles the rules of all playbooks once. `diagnose` is pure: scope by kind and reason, then message and log patterns; text search
 * only ranks what is shown beside them. Abstains when nothing is sure enough or two unrelated playbooks tie. Linear in the text.
 * @throws PlaybookError `PATTERN` for a pattern that cannot run in linear time
 */
export function createMatcher(playbooks: readonly Playbook[]): Matcher {
  const { compiled, literals } = compilePlaybooks(playbooks);
  const proposals = createProposals();
  const finderFor = createFinderFactory([...literals, ...proposals.literals]);
  const rank = createTextRank(playbooks);
  const byId = new Map(playbooks.map((playbook) => [playbook.id, playbook]));
  return {
    diagnose: (set) => {
      const finder = finderFor(set.text);
      const proposal = proposals.read(set, finder);
      if (proposal === 'change')
        return {
          verdict: 'abstain',
          why: 'the text proposes or announces a change, and nothing shows a failing object',
          missing: [],
          others: [],
        };
      const candidates = dropCovered(compiled.flatMap((one) => candidateOf(one, set, finder) ?? []).sort(byConfidence), byId);
      const others = (best?: Candidate): Candidate[] => withTextMatches(candidates, best, set, rank);
      const [best, second] = candidates;
      if (!best || best.confidence < ANSWER_AT) {
        const why = best ? `what was found only hints at ${best.playbook}` : 'no rule of any playbook applies';
        return abstain(why, best, others(), set, byId);
      }
      if (proposal === 'wish' && best.confidence < SURE_DESPITE_WISH)
        return abstain(`the text wishes for something, and only prose speaks for ${best.playbook}`, best, others(), set, byId);
      if (second && isTie(best, second) && !related(byId, best, second)) {
        const why = `the evidence fits ${best.playbook} and ${second.playbook} equally well`;
        return abstain(why, best, others(), set, byId);
      }
      return { verdict: 'answer', best, others: others(best) };
    },
  };
}

const byConfidence = (one: Candidate, other: Candidate): number =>
  other.confidence - one.confidence ||
  Number(other.by === 'condition') - Number(one.by === 'condition') ||
  firstStart(one) - firstStart(other);

const firstStart = (candidate: Candidate): number => candidate.spans[0]?.start ?? 0;

const isTie = (best: Candidate, second: Candidate): boolean => second.confidence >= ANSWER_AT && best.confidence - second.confidence < TIE;

function related(byId: ReadonlyMap<string, Playbook>, one: Candidate, other: Candidate): boolean {
  const declares = (from: string, to: string): boolean => byId.get(from)?.related.includes(to) ?? false;
  return declares(one.playbook, other.playbook) || declares(other.playbook, one.playbook);
}

function candidateOf({ playbook, rules }: CompiledPlaybook, set: EvidenceSet, finder: Finder): Candidate | undefined {
  const fired = rules.flatMap((rule) => applyRule(rule, set, finder) ?? []).sort((one, other) => other.confidence - one.confidence);
  const [strongest, ...rest] = fired;
  if (!strongest) return undefined;
  const spans = fired
    .slice(0, MAX_SPANS)
    .map(({ span, rule }) => ({ ...span, text: set.text.slice(span.start, span.end), rule: rule.name }));
  return { playbook: playbook.id, confidence: combine(strongest, rest), by: strongest.by, spans };
}

/** Each further rule takes away a tenth of the remaining doubt; support alone (below the threshold) never adds up to an answer. */
function combine(strongest: Fired, rest: readonly Fired[]): number {
  if (strongest.confidence < ANSWER_AT) return round(Math.min(strongest.confidence, ANSWER_AT - 0.01));
  const doubt = rest.slice(0, 3).reduce((left) => left * 0.9, 1 - strongest.confidence);
  return round(Math.min(0.99, 1 - doubt));
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** A match that lies inside another playbook's longer match at no higher confidence says less: the more specific one stands. */
function dropCovered(candidates: readonly Candidate[], byId: ReadonlyMap<string, Playbook>): Candidate[] {
  return candidates.filter((one) => !candidates.some((other) => other !== one && !related(byId, one, other) && covers(other, one)));
}

function covers(wide: Candidate, narrow: Candidate): boolean {
  const [outer] = wide.spans;
  const [inner] = narrow.spans;
  if (!outer || !inner || wide.by !== narrow.by || wide.confidence < narrow.confidence) return false;
  return outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start;
}

function withTextMatches(found: readonly Candidate[], best: Candidate | undefined, set: EvidenceSet, rank: TextRank): Candidate[] {
  const others = found.filter((candidate) => candidate !== best);
  const known = new Set(found.map(({ playbook }) => playbook));
  const query = `${set.text.slice(0, 1000)} ${set.evidence
    .filter(({ kind }) => kind !== 'image' && kind !== 'version')
    .map(({ text }) => text.slice(0, 300))
    .slice(0, 10)
    .join(' ')}`;
  const similar = rank(query).filter(({ id }) => !known.has(id));
  const top = similar[0]?.score ?? 1;
  for (const { id, score } of similar)
    others.push({ playbook: id, confidence: round((TEXT_CEILING * score) / top), by: 'text', spans: [] });
  return others.slice(0, MAX_OTHERS);
}

function abstain(
  why: string,
  best: Candidate | undefined,
  others: Candidate[],
  set: EvidenceSet,
  byId: ReadonlyMap<string, Playbook>,
): Diagnosis {
  const wanted = best ? (byId.get(best.playbook)?.needs ?? []) : (['conditions', 'controller-logs', 'versions'] as const);
  return { verdict: 'abstain', why, missing: wanted.filter((part) => !set.has[part]), others };
}
