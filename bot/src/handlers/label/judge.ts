import type { Quote } from '../../decision.ts';
import type { DecideInput } from '../../handler.ts';
import type { ItemKind } from '../../item.ts';
import { triageItem } from '../../item-triage.ts';
import type { LabelOptions } from './options.ts';
import { pathMatcher } from './paths.ts';

/** What an item is about, and by which rule that was found. */
export type Judgement = {
  rule: 'label/paths' | 'label/text';
  runtime: boolean;
  /** About the OCM controller itself rather than kro or Flux. */
  controller: boolean;
  because: string;
  confidence: number;
  evidence: readonly Quote[];
};

const MAX_EVIDENCE = 5;

/** Changed paths decide a pull request alone; its words only count when GitHub does not tell the paths. */
export function judge(input: DecideInput<LabelOptions>): Judgement | undefined {
  const { event, facts } = input;
  if (event.item?.kind === 'pull_request' && facts.files) return byPaths(facts.files, input.options);
  const item = facts.item ?? event.snapshot;
  return item && event.item && byText(event.item.kind, item, input);
}

function byPaths({ paths, complete }: { paths: readonly string[]; complete: boolean }, options: LabelOptions): Judgement {
  const matches = pathMatcher(options.paths);
  const found = paths.filter(matches);
  const list = complete ? `${paths.length}` : `the first ${paths.length}`;
  return {
    rule: 'label/paths',
    runtime: found.length > 0,
    controller: found.length > 0,
    because:
      found.length > 0
        ? `${found.length} of ${list} changed paths match the configured patterns`
        : `none of ${list} changed paths matches the configured patterns`,
    confidence: complete || found.length > 0 ? 0.99 : 0.8,
    evidence: found.slice(0, MAX_EVIDENCE).map((path) => ({ text: path.slice(0, 300), source: 'path', rule: 'label/paths' })),
  };
}

function byText(kind: ItemKind, item: { title: string; body: string }, { knowledge, options }: DecideInput<LabelOptions>): Judgement {
  const { scope: decision, quote } = triageItem(knowledge, kind, item);
  const runtime = decision.runtime === 'yes' && decision.confidence >= options.threshold;
  const speaking = decision.contributions.filter(({ weight }) => (decision.runtime === 'yes' ? weight > 0 : weight < 0));
  return {
    rule: 'label/text',
    runtime,
    controller: runtime && decision.integration === 'ocm',
    because:
      decision.runtime === 'yes' && !runtime
        ? `confidence ${decision.confidence} is below the threshold ${options.threshold}: ${decision.reason}`
        : decision.reason,
    confidence: decision.confidence,
    evidence: speaking.slice(0, MAX_EVIDENCE).map(({ span, signal }) => quote(span, `scope/${signal}`)),
  };
}
