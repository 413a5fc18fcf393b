import type { Diagnosis } from '@sig-runtime/playbooks';
import type { Decision } from '../../decision.ts';
import type { ItemSnapshot } from '../../facts.ts';
import type { DecideInput } from '../../handler.ts';
import { isVetoed, type SlotState, slotState } from '../../item-history.ts';
import { type ItemTriage, triageItem } from '../../item-triage.ts';
import { type Findings, findingsOn, type Said } from './findings.ts';
import type { CompatibilityOptions } from './options.ts';
import { renderFindings } from './render.ts';

type Input = DecideInput<CompatibilityOptions>;

const DAY_MS = 86_400_000;
const MAX_EVIDENCE = 8;

/** Says what is known about the versions in the text when that is bad news; silence otherwise. */
export function decideCompatibility(input: Input): readonly Decision[] {
  const { event, facts, options, knowledge, now } = input;
  const { item } = event;
  if (!item || item.kind === 'pull_request' || !facts.item || facts.item.state === 'closed' || facts.item.locked) return [];
  const slot = slotState('compatibility', facts.history, facts.comments);
  const read = triageItem(knowledge, item.kind, facts.item, facts.comments);
  if (slot.refused || !isRuntime(read, facts.item, input)) return [];
  const all = findingsOn(read.set.versions, knowledge.catalog, new Date(now));
  const { news, beside } = weigh(all.said, read.diagnosis, options);
  const findings = { ...all, said: [...news, ...beside] };
  const evidence = read.set.versions.slice(0, MAX_EVIDENCE).map(({ span, product }) => read.quote(span, `version/${product}`));
  if (news.length === 0) return nothingToSay(input, slot, evidence, findings);
  if (!slot.posted && Date.parse(now) - Date.parse(facts.item.createdAt) > options.maxAgeDays * DAY_MS) return [];
  const body = renderFindings(findings, knowledge);
  if (body === slot.standing) return [];
  const because = news.map(
    ({ finding, products }) => `${products.map(({ product, version }) => `${product} ${version}`).join(' with ')}: ${finding}`,
  );
  return [
    {
      ...decision('act', because.join('; '), evidence),
      effects: [
        ...(slot.hidden ? [{ type: 'delete-comment', item, slot: 'compatibility' } as const] : []),
        { type: 'put-comment', item, slot: 'compatibility', body },
      ],
    },
  ];
}

/** Worth a comment of their own, and worth showing beside those. A known fault of a version counts when the item shows its symptoms. */
function weigh(
  said: readonly Said[],
  diagnosis: Diagnosis,
  options: CompatibilityOptions,
): { news: readonly Said[]; beside: readonly Said[] } {
  const candidates = diagnosis.verdict === 'answer' ? [diagnosis.best, ...diagnosis.others] : diagnosis.others;
  const fitting = candidates.filter(({ by }) => by !== 'text').map(({ playbook }) => playbook);
  const isNews = ({ finding, playbook, products }: Said) => {
    if (finding === 'fault' && playbook !== null && fitting.includes(playbook)) return true;
    if (finding === 'ended' && !products.some(({ product }) => options.endedFor.includes(product))) return false;
    return options.speakOn.includes(finding);
  };
  const news = said.filter(isNews);
  return { news, beside: said.filter((one) => one.finding !== 'fault' && !news.includes(one)) };
}

function nothingToSay(
  { event }: Input,
  slot: SlotState,
  evidence: Decision['evidence'],
  { found, notFound }: Findings,
): readonly Decision[] {
  if (slot.standing !== undefined && event.item) {
    const effects: Decision['effects'] = [{ type: 'hide-comment', item: event.item, slot: 'compatibility', reason: 'OUTDATED' }];
    return [{ ...decision('act', 'the versions in the text have changed and nothing speaks against them', evidence), effects }];
  }
  if (found.length === 0) return [];
  const missing = notFound.length === 0 ? '' : `; not found in the text: ${notFound.join(', ')}`;
  return [
    decision(
      'abstain',
      `nothing speaks against ${found.map(({ product, version }) => `${product} ${version}`).join(', ')}${missing}`,
      evidence,
    ),
  ];
}

function isRuntime({ scope }: ItemTriage, item: ItemSnapshot, { facts, options }: Input): boolean {
  if (item.author.type !== 'User' || isVetoed(options.label, facts.history)) return false;
  return scope.runtime === 'yes' || item.labels.some((label) => label.toLowerCase() === options.label.toLowerCase());
}

function decision(verdict: Decision['verdict'], because: string, evidence: Decision['evidence']): Decision {
  return { handler: 'compatibility', rule: 'compatibility/matrix', verdict, because, evidence, effects: [] };
}
