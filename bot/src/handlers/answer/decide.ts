import type { Candidate, Diagnosis, Playbook } from '@sig-runtime/playbooks';
import type { Decision } from '../../decision.ts';
import type { ItemSnapshot } from '../../facts.ts';
import type { DecideInput } from '../../handler.ts';
import type { ItemRef } from '../../item.ts';
import { isVetoed, type SlotState, slotState } from '../../item-history.ts';
import { type ItemTriage, triageItem } from '../../item-triage.ts';
import type { AnswerOptions } from './options.ts';
import { renderAnswer } from './render.ts';

type Input = DecideInput<AnswerOptions>;

const DAY_MS = 86_400_000;

/** The playbook that the evidence asks for, in one comment; silence when the evidence is not there. */
export function decideAnswer(input: Input): readonly Decision[] {
  const { event, facts, options, knowledge } = input;
  const { item } = event;
  if (!item || item.kind === 'pull_request' || !facts.item || !concerns(input, facts.item)) return [];
  const slot = slotState('answer', facts.history, facts.comments);
  const read = triageItem(knowledge, item.kind, facts.item, facts.comments);
  const runtime = isRuntime(read, facts.item, input);
  const held = refusal(input, facts.item, slot);
  if (held !== undefined) return runtime ? [abstain(held)] : [];
  if (!runtime) return slot.standing === undefined ? [] : [outdated(item, 'the item is not about the runtime')];
  const diagnosis = read.scope.runtime === 'no' ? knowledge.matcher.diagnose(read.set) : read.diagnosis;
  return conclude(diagnosis, { item, read, slot, knowledge, options });
}

type Scene = Pick<Input, 'knowledge' | 'options'> & { item: ItemRef; read: ItemTriage; slot: SlotState };

function conclude(diagnosis: Diagnosis, scene: Scene): readonly Decision[] {
  const { options, slot, item } = scene;
  if (diagnosis.verdict === 'abstain') return slot.standing === undefined ? [abstain(diagnosis.why)] : [outdated(item, diagnosis.why)];
  const { best } = diagnosis;
  if (best.confidence < options.minConfidence) {
    const why = `${best.playbook} fits with ${best.confidence}, below ${options.minConfidence}`;
    return slot.standing === undefined ? [abstain(why)] : [outdated(item, why)];
  }
  const playbook = scene.knowledge.playbooks.find(({ id }) => id === best.playbook);
  return playbook ? answer(playbook, best, diagnosis.others, scene) : [];
}

function answer(
  playbook: Playbook,
  best: Candidate,
  others: readonly Candidate[],
  { item, read, slot, knowledge }: Scene,
): readonly Decision[] {
  const evidence = best.spans.map((span) => read.quote(span, span.rule));
  const body = renderAnswer(playbook, {
    confidence: best.confidence,
    quotes: evidence,
    others,
    playbooks: knowledge.playbooks,
    siteUrl: knowledge.siteUrl,
  });
  if (body === slot.standing) return [];
  return [
    {
      handler: 'answer',
      rule: `answer/${playbook.id}`,
      verdict: 'act',
      because: `${playbook.id} fits the evidence (${best.by})${slot.standing === undefined ? '' : '; the answer is brought up to date'}`,
      confidence: best.confidence,
      evidence,
      effects: [
        ...(slot.hidden ? [{ type: 'delete-comment', item, slot: 'answer' } as const] : []),
        { type: 'put-comment', item, slot: 'answer', body },
      ],
    },
  ];
}

/** A wrong answer is worse than none: what no longer fits is folded away. */
function outdated(item: ItemRef, why: string): Decision {
  const because = `the evidence for the answer is gone: ${why}`;
  const effects: Decision['effects'] = [{ type: 'hide-comment', item, slot: 'answer', reason: 'OUTDATED' }];
  return { handler: 'answer', rule: 'answer/outdated', verdict: 'act', because, evidence: [], effects };
}

/** Events that can bring evidence: what people write, and the label that makes an item ours. */
function concerns({ event, options }: Input, item: ItemSnapshot): boolean {
  if (item.state === 'closed' || item.locked || isBot(item.author)) return false;
  if (event.name.endsWith('.labeled')) return same(event.label?.name ?? '', options.label);
  return event.actor === undefined || !isBot(event.actor);
}

function isRuntime({ scope }: ItemTriage, item: ItemSnapshot, { facts, options }: Input): boolean {
  if (isVetoed(options.label, facts.history)) return false;
  return scope.runtime === 'yes' || item.labels.some((label) => same(label, options.label));
}

function refusal({ facts, options, now }: Input, item: ItemSnapshot, slot: SlotState): string | undefined {
  if (slot.refused) return 'a person took the answer back; it does not come again';
  if (facts.history?.memos.some(({ type }) => type === 'playbook')) return 'a person chose the playbook';
  const ageDays = (Date.parse(now) - Date.parse(item.createdAt)) / DAY_MS;
  if (!slot.posted && ageDays > options.maxAgeDays) return `opened ${Math.floor(ageDays)} days ago; old items are not answered afterwards`;
  return undefined;
}

function abstain(because: string): Decision {
  return { handler: 'answer', rule: 'answer/abstain', verdict: 'abstain', because, evidence: [], effects: [] };
}

function isBot({ type, login }: { type: string; login: string }): boolean {
  return type !== 'User' || login.endsWith('[bot]');
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
