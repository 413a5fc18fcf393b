import type { Decision, Memo } from '../../decision.ts';
import type { Effect } from '../../effect.ts';
import type { StoredEffect } from '../../facts.ts';
import type { DecideInput } from '../../handler.ts';
import type { Actor, ItemRef } from '../../item.ts';
import type { LabelGuardOptions } from './options.ts';
import * as say from './render.ts';

type Input = DecideInput<LabelGuardOptions>;
type Change = { label: string; actor: Actor; item: ItemRef };

const MINUTE_MS = 60_000;

/** Looks after labels that others change; what the bot itself does is not looked at. */
export function decide(input: Input): readonly Decision[] {
  const { event, app } = input;
  const [, action] = event.name.split('.');
  if (!event.label || !event.actor) return [];
  if (event.name.startsWith('label.')) return gone(input, event.label);
  if (!event.item || same(event.actor.login, app.login)) return [];
  const change = { label: event.label.name, actor: event.actor, item: event.item };
  const human = event.actor.type === 'User' && !event.actor.login.endsWith('[bot]');
  if (human) return [byHuman(change, action === 'labeled', input)];
  return action === 'unlabeled' ? byBot(change, input) : [];
}

/** What people do to labels is the truth that the bot is measured by; what they take off stays off. */
function byHuman({ label, actor }: Change, present: boolean, { facts }: Input): Decision {
  const memo: Memo = { type: 'human-label', label, present, by: actor.login };
  if (present) return { ...base('human-added', say.humanAdded(label, actor.login)), verdict: 'act', effects: [], memos: [memo] };
  const last = facts.history?.memos
    .filter((known) => (known.type === 'veto' || known.type === 'veto-lifted') && same(known.label, label))
    .at(-1);
  const veto: readonly Memo[] = last?.type === 'veto' ? [] : [{ type: 'veto', label, by: actor.login }];
  return { ...base('veto', say.vetoed(label, actor.login)), verdict: 'act', effects: [], memos: [memo, ...veto] };
}

function byBot({ label, actor, item }: Change, { event, facts, options }: Input): readonly Decision[] {
  const memos = facts.history?.memos ?? [];
  const ours = lastAdd(facts.history?.effects ?? [], label);
  if (!ours) return [];
  const ageMs = Date.parse(event.at) - Date.parse(ours.at);
  const restored = memos.filter((memo) => memo.type === 'label-restored' && same(memo.label, label)).length;
  const vetoed =
    memos.filter((memo) => (memo.type === 'veto' || memo.type === 'veto-lifted') && same(memo.label, label)).at(-1)?.type === 'veto';
  const abstain = (rule: string, because: string): readonly Decision[] => [{ ...base(rule, because), verdict: 'abstain', effects: [] }];
  if (vetoed) return abstain('vetoed', say.staysOff(label, actor.login, 'a person vetoed it'));
  if (facts.item?.labels.some((name) => same(name, label))) return abstain('present', say.present(label));
  if (ageMs > options.windowMinutes * MINUTE_MS) {
    return abstain('late', say.staysOff(label, actor.login, `it was removed more than ${options.windowMinutes} minutes after it was set`));
  }
  if (restored >= options.restores)
    return abstain('bounded', say.staysOff(label, actor.login, `it was put back before (${restored} of ${options.restores})`));
  if (facts.repositoryLabels && !facts.repositoryLabels.some((name) => same(name, label))) {
    return abstain('label-missing', say.staysOff(label, actor.login, 'the repository has no such label any more'));
  }
  const effect: Effect = { type: 'add-label', item, label };
  const memo: Memo = { type: 'label-restored', label };
  return [{ ...base('restore', say.restored(label, actor.login)), verdict: 'act', effects: [effect], memos: [memo] }];
}

/** A label of the catalogue was renamed or deleted in the repository: said on the status page, never created again. */
function gone({ knowledge, event, facts }: Input, label: { name: string; previousName?: string }): readonly Decision[] {
  const lost = event.name === 'label.deleted' ? label.name : label.previousName;
  if (lost === undefined || same(lost, event.name === 'label.deleted' ? '' : label.name)) return [];
  const known = knowledge.catalog.labels.labels.some(({ name }) => same(name, lost)) || lastAdd(facts.history?.effects ?? [], lost);
  if (!known) return [];
  const because = event.name === 'label.deleted' ? say.deleted(lost) : say.renamed(lost, label.name);
  const rule = event.name === 'label.deleted' ? 'deleted' : 'renamed';
  return [{ ...base(rule, because), verdict: 'abstain', effects: [], memos: [{ type: 'label-missing', label: lost }] }];
}

/** The last time we set the label on this item; set by us and not taken off by us since. */
function lastAdd(effects: readonly StoredEffect[], label: string): StoredEffect | undefined {
  const last = effects
    .filter(
      ({ effect, state }) =>
        (effect.type === 'add-label' || effect.type === 'remove-label') && same(effect.label, label) && state === 'done',
    )
    .at(-1);
  return last?.effect.type === 'add-label' ? last : undefined;
}

function base(rule: string, because: string): Pick<Decision, 'handler' | 'rule' | 'because' | 'evidence'> {
  return { handler: 'label-guard', rule: `label-guard/${rule}`, because, evidence: [] };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
