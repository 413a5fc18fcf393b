import type { Decision } from '../../decision.ts';
import type { ItemSnapshot } from '../../facts.ts';
import type { DecideInput } from '../../handler.ts';
import type { ItemRef } from '../../item.ts';
import { isVetoed, slotState } from '../../item-history.ts';
import { type ItemTriage, triageItem } from '../../item-triage.ts';
import type { CompletenessOptions } from './options.ts';
import { isField, renderRequest } from './render.ts';

type Input = DecideInput<CompletenessOptions>;

const DAY_MS = 86_400_000;

/** Asks once for what a diagnosis needs and the report lacks, and folds the question away when it is answered. */
export function decideCompleteness(input: Input): readonly Decision[] {
  const { event, facts, knowledge } = input;
  const { item } = event;
  if (item?.kind !== 'issue' || !facts.item || facts.item.state === 'closed' || facts.item.locked) return [];
  const asked = facts.history?.memos.findLast((memo) => memo.type === 'asked');
  const read = triageItem(knowledge, item.kind, facts.item, facts.comments);
  if (asked?.type === 'asked') return follow(item, asked.fields, read, input);
  if (event.name.startsWith('issue_comment.') || !isReport(read, facts.item, input)) return [];
  return ask(item, read, input);
}

function ask(item: ItemRef, { diagnosis, scope }: ItemTriage, { facts, now, options }: Input): readonly Decision[] {
  if (diagnosis.verdict === 'answer') return [];
  const fields = diagnosis.missing.filter(isField);
  if (fields.length === 0) return [decision('abstain', `nothing that is missing would decide it: ${diagnosis.why}`)];
  if (slotState('answer', facts.history, facts.comments).posted) return [decision('abstain', 'an answer was given already')];
  if (!isFresh(facts.item, now, options)) return [decision('abstain', `opened more than ${options.maxAgeDays} days ago`)];
  return [
    {
      ...decision('act', `${diagnosis.why}; missing: ${fields.join(', ')}`),
      effects: [{ type: 'put-comment', item, slot: 'completeness', body: renderRequest(fields, scope.integration ?? 'ocm') }],
      memos: [{ type: 'asked', fields }],
    },
  ];
}

/** After the question: silence until it is answered, then the question goes. */
function follow(item: ItemRef, fields: readonly string[], read: ItemTriage, { facts }: Input): readonly Decision[] {
  const slot = slotState('completeness', facts.history, facts.comments);
  if (slot.standing === undefined || slot.refused) return [];
  const open = fields.filter(isField).filter((field) => !read.set.has[field]);
  const answered = read.diagnosis.verdict === 'answer';
  if (open.length > 0 && !answered) return [];
  const because = answered ? 'the report can be diagnosed now' : `everything that was asked for is there: ${fields.join(', ')}`;
  return [{ ...decision('act', because), effects: [{ type: 'hide-comment', item, slot: 'completeness', reason: 'RESOLVED' }] }];
}

/** A person's report of something that does not work, about the runtime. */
function isReport({ scope, set }: ItemTriage, item: ItemSnapshot, { facts, options }: Input): boolean {
  const has = (names: readonly string[]) => item.labels.some((label) => names.some((name) => name.toLowerCase() === label.toLowerCase()));
  if (item.author.type !== 'User' || isVetoed(options.label, facts.history) || has(options.notFor)) return false;
  if (scope.runtime !== 'yes' && !has([options.label])) return false;
  return has(options.bugLabels) || set.evidence.some(({ kind }) => kind === 'error-line' || kind === 'log' || kind === 'event');
}

function isFresh(item: ItemSnapshot | undefined, now: string, { maxAgeDays }: CompletenessOptions): boolean {
  return item !== undefined && Date.parse(now) - Date.parse(item.createdAt) <= maxAgeDays * DAY_MS;
}

function decision(verdict: Decision['verdict'], because: string): Decision {
  return {
    handler: 'completeness',
    rule: verdict === 'act' ? 'completeness/missing' : 'completeness/abstain',
    verdict,
    because,
    evidence: [],
    effects: [],
  };
}
