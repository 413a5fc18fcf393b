import type { StoredDecision } from '../decision.ts';
import type { History } from '../facts.ts';

/** One item on which the bot decided about a label and a person later set or removed that label. */
export type Compared = { subject: string; bot: boolean; human: boolean; rule: string; because: string };

export type ShadowReport = {
  label: string;
  /** Items with a decision of the bot; only `compared` of them carry a human's word. */
  decided: number;
  compared: number;
  tp: number;
  fp: number;
  fn: number;
  tn: number;
  /** Undefined when there is nothing to divide by. */
  precision: number | undefined;
  recall: number | undefined;
  disagreements: readonly Compared[];
};

/**
 * How the bot's label decisions compare with what people said afterwards. The last decision and the last human word on an item count;
 * an item nobody touched says nothing, neither for nor against.
 */
export function shadowReport(label: string, decisions: readonly StoredDecision[], histories: ReadonlyMap<string, History>): ShadowReport {
  const last = new Map<string, StoredDecision>();
  for (const decision of [...decisions].sort((a, b) => a.id - b.id)) if (decision.handler === 'label') last.set(decision.subject, decision);
  const compared = [...last.values()].flatMap((decision) => {
    const human = humanWord(label, histories.get(decision.subject));
    if (human === undefined) return [];
    const bot = decision.effects.some((effect) => effect.type === 'add-label' && effect.label === label);
    return [{ subject: decision.subject, bot, human, rule: decision.rule, because: decision.because }];
  });
  const count = (bot: boolean, human: boolean): number => compared.filter((item) => item.bot === bot && item.human === human).length;
  const [tp, fp, fn, tn] = [count(true, true), count(true, false), count(false, true), count(false, false)];
  return {
    label,
    decided: last.size,
    compared: compared.length,
    tp,
    fp,
    fn,
    tn,
    precision: tp + fp === 0 ? undefined : tp / (tp + fp),
    recall: tp + fn === 0 ? undefined : tp / (tp + fn),
    disagreements: compared.filter((item) => item.bot !== item.human),
  };
}

function humanWord(label: string, history: History | undefined): boolean | undefined {
  const words = (history?.memos ?? []).flatMap((memo) => {
    if (memo.type === 'human-label' && memo.label === label) return [{ at: memo.at, present: memo.present }];
    if (memo.type === 'veto' && memo.label === label) return [{ at: memo.at, present: false }];
    return memo.type === 'veto-lifted' && memo.label === label ? [{ at: memo.at, present: true }] : [];
  });
  return words.sort((a, b) => a.at.localeCompare(b.at)).at(-1)?.present;
}
