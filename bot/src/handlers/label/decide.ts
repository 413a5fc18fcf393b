import { labelNamed } from '@sig-runtime/playbooks/catalog';
import type { Decision } from '../../decision.ts';
import type { Effect } from '../../effect.ts';
import type { DecideInput } from '../../handler.ts';
import type { ItemRef } from '../../item.ts';
import { vetoBy } from '../../item-history.ts';
import { type Judgement, judge } from './judge.ts';
import type { LabelOptions } from './options.ts';
import { settingsPatch } from './render.ts';

type Input = DecideInput<LabelOptions>;

/** Adds labels, never takes one away: what a person set stays, and what a person took off stays off. */
export function decideLabel(input: Input): readonly Decision[] {
  const { event, facts, options } = input;
  if (!event.item || facts.item?.state === 'closed') return [];
  const judgement = judge(input);
  if (!judgement) return [];
  if (!judgement.runtime) return [decision(judgement, 'abstain', judgement.because)];
  const wanted = [options.label, ...(judgement.controller && options.component !== undefined ? [options.component] : [])];
  return wanted.map((label) => decideOne(label, event.item as ItemRef, judgement, input));
}

function decideOne(label: string, item: ItemRef, judgement: Judgement, input: Input): Decision {
  const { facts, configuration, knowledge } = input;
  const held = refusal(label, input);
  if (held !== undefined) return decision(judgement, 'abstain', `${label}: ${held}`);
  const known = labelNamed(knowledge.catalog.labels, label);
  const declared = facts.repositoryLabels?.find((name) => same(name, label));
  if (declared !== undefined) {
    return { ...decision(judgement, 'act', `${label}: ${judgement.because}`), effects: [{ type: 'add-label', item, label: declared }] };
  }
  const look = { color: known?.color ?? 'ededed', description: known?.description ?? 'Set by the SIG Runtime bot' };
  if (configuration.settings?.labels.create) {
    const effect: Effect = { type: 'add-label', item, label, ...look, createIfMissing: true };
    return { ...decision(judgement, 'act', `${label} (created here): ${judgement.because}`), effects: [effect] };
  }
  const patch = settingsPatch(label, look);
  return {
    ...decision(judgement, 'act', `${label} is not a label of this repository, so nothing is written: ${judgement.because}`),
    evidence: [...judgement.evidence, { text: patch, source: 'configuration', rule: 'label/settings-patch' }],
    memos: [{ type: 'label-missing', label }],
  };
}

/** Why a label is not set although the item seems to deserve it. */
function refusal(label: string, { facts }: Input): string | undefined {
  if (facts.item?.labels.some((name) => same(name, label))) return 'already set';
  if (!facts.history) return undefined;
  const veto = vetoBy(label, facts.history);
  if (veto !== undefined) return `${veto} took it off, which holds for this item`;
  const before = facts.history.effects.some(
    ({ effect, state }) => effect.type === 'add-label' && same(effect.label, label) && (state === 'done' || state === 'undone'),
  );
  return before ? 'was set once before and is gone; it is not set twice' : undefined;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function decision({ rule, confidence, evidence }: Judgement, verdict: Decision['verdict'], because: string): Decision {
  return { handler: 'label', rule, verdict, because, confidence, evidence, effects: [] };
}
