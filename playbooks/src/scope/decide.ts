import { type CompiledPattern, compileOne } from '../match/compile.ts';
import { createFinderFactory, type Finder } from '../match/finder.ts';
import type { Span } from '../types.ts';
import type { Side, Signal } from './signal.ts';
import { PRIOR, SIGNALS } from './signals.ts';

export type Integration = 'ocm' | 'kro' | 'flux';

/** One signal that was found: what it added to the log-odds, and where. */
export type Contribution = { signal: string; side: Side; weight: number; inTitle: boolean; span: Span; text: string };

export type ScopeDecision = {
  /** `yes`: about OCM, kro or Flux on Kubernetes; `no`: evidence against; `abstain`: nothing says so. Only `yes` labels. */
  runtime: 'yes' | 'no' | 'abstain';
  integration: Integration | null;
  /** Probability (0–1) that the item is about the runtime. */
  confidence: number;
  /** Another product called OCM was recognised: nothing of ours applies. */
  vetoed: boolean;
  /** One sentence naming what decided. */
  reason: string;
  /** Strongest first. */
  contributions: readonly Contribution[];
};

export type ScopeInput = {
  title: string;
  /** `EvidenceSet.text`: title, two line breaks, cleaned body. Never the repository or the address. */
  text: string;
  /** The playbook that answers the text: what it recognises is one more piece of evidence for its product. */
  answered?: { playbook: string; side: Integration; confidence: number; span: Span };
  /** What the changed paths of a pull request say, when they are known: they decide alone. */
  pathsTouchRuntime?: boolean;
};

export type ScopeModel = { decide: (input: ScopeInput) => ScopeDecision };

const TITLE_FACTOR = 1.4;
const MAX_CONTRIBUTIONS = 24;
/** Words never make certain; rounding must not either. */
const MOST_CERTAIN = 0.999;

type CompiledSignal = Signal & { compiled: CompiledPattern; alsoCompiled: CompiledPattern | undefined };

/** A linear model over named signals: the log-odds of the signals found add up. Explainable, pure, linear in the text. */
export function createScopeModel(signals: readonly Signal[] = SIGNALS): ScopeModel {
  const compiled = signals.map((signal): CompiledSignal => {
    const also = signal.also === undefined ? undefined : compileOne(signal.also, signal.name);
    return { ...signal, compiled: compileOne(signal.pattern, signal.name), alsoCompiled: also };
  });
  const finderFor = createFinderFactory(
    compiled.flatMap((signal) => [...signal.compiled.anchors, ...(signal.alsoCompiled?.anchors ?? [])]),
  );
  return {
    decide: ({ title, text, answered, pathsTouchRuntime }) => {
      const finder = finderFor(text);
      const found = compiled.flatMap((signal) => contributionOf(signal, title.length, text, finder) ?? []);
      if (answered) found.push(fromPlaybook(answered, title.length, text));
      return conclude(found, new Set(compiled.flatMap(({ name, own }) => (own ? name : []))), compiled, pathsTouchRuntime);
    },
  };
}

const PLAYBOOK_WEIGHT = 2.2;

function fromPlaybook(
  { playbook, side, confidence, span }: NonNullable<ScopeInput['answered']>,
  titleLength: number,
  text: string,
): Contribution {
  const quoted = text.slice(span.start, Math.min(span.end, span.start + 120));
  return { signal: playbook, side, weight: round(PLAYBOOK_WEIGHT * confidence), inTitle: span.start < titleLength, span, text: quoted };
}

function contributionOf(signal: CompiledSignal, titleLength: number, text: string, finder: Finder): Contribution | undefined {
  const span = finder.inText(signal.compiled);
  if (!span || span === 'spent') return undefined;
  if (signal.alsoCompiled && finder.appears(signal.alsoCompiled) !== true) return undefined;
  const inTitle = span.start < titleLength;
  const weight = inTitle ? (signal.titleWeight ?? signal.weight * TITLE_FACTOR) : signal.weight;
  return {
    signal: signal.name,
    side: signal.side,
    weight: round(weight),
    inTitle,
    span,
    text: text.slice(span.start, Math.min(span.end, span.start + 120)),
  };
}

function conclude(
  found: readonly Contribution[],
  own: ReadonlySet<string>,
  signals: readonly Signal[],
  pathsTouchRuntime: boolean | undefined,
): ScopeDecision {
  const contributions = [...found].sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight)).slice(0, MAX_CONTRIBUTIONS);
  if (pathsTouchRuntime !== undefined) return fromPaths(pathsTouchRuntime, contributions);
  const vetoes = new Set(signals.flatMap(({ name, veto }) => (veto ? name : [])));
  const veto = found.find(({ signal }) => vetoes.has(signal));
  const logOdds = found.reduce((sum, { weight }) => sum + weight, PRIOR);
  const confidence = round(Math.min(MOST_CERTAIN, 1 / (1 + Math.exp(-logOdds))));
  if (veto && !found.some(({ signal }) => own.has(signal))) {
    const reason = `"${veto.text}" belongs to another product (${veto.signal})`;
    return { runtime: 'no', integration: null, confidence: Math.min(confidence, 0.02), vetoed: true, reason, contributions };
  }
  if (logOdds >= 0) {
    const integration = strongestSide(found);
    const speaking = contributions.filter(({ weight }) => weight > 0).slice(0, 3);
    return { runtime: 'yes', integration, confidence, vetoed: false, reason: speaking.map(describe).join(', '), contributions };
  }
  const against = contributions.find(({ weight }) => weight < 0);
  if (against)
    return {
      runtime: 'no',
      integration: null,
      confidence,
      vetoed: false,
      reason: `not enough for the runtime against ${describe(against)}`,
      contributions,
    };
  const reason =
    contributions.length > 0
      ? `too little evidence: only ${describe(contributions[0] as Contribution)}`
      : 'nothing names OCM on Kubernetes, kro or Flux';
  return { runtime: 'abstain', integration: null, confidence, vetoed: false, reason, contributions };
}

function fromPaths(touches: boolean, contributions: readonly Contribution[]): ScopeDecision {
  const reason = touches
    ? 'changed files lie below a path configured for the runtime'
    : 'no changed file lies below a path configured for the runtime';
  return { runtime: touches ? 'yes' : 'no', integration: touches ? 'ocm' : null, confidence: 0.99, vetoed: false, reason, contributions };
}

const describe = ({ signal, text, inTitle }: Contribution): string => `"${text}" ${inTitle ? 'in the title ' : ''}(${signal})`;

/** What speaks for OCM counts more here: an OCM problem names the kro and Flux objects that deploy the component, not the reverse. */
const OCM_FACTOR = 1.5;

function strongestSide(found: readonly Contribution[]): Integration {
  const sum = (side: Integration): number => found.filter((one) => one.side === side).reduce((total, { weight }) => total + weight, 0);
  const sums = (['ocm', 'kro', 'flux'] as const).map((side) => ({ side, total: sum(side) * (side === 'ocm' ? OCM_FACTOR : 1) }));
  return sums.reduce((best, next) => (next.total > best.total ? next : best)).side;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
