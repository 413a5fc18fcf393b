import type { Candidate, Playbook } from '@sig-runtime/playbooks';
import type { Quote } from '../../decision.ts';
import { playbookAnswer } from '../../rendering/playbook-answer.ts';

export type AnswerView = {
  confidence: number;
  quotes: readonly Quote[];
  others: readonly Candidate[];
  playbooks: readonly Playbook[];
  siteUrl: string;
};

const MAX_ALTERNATIVES = 3;

/** The answer, with the playbooks beside it that matched too or are known to look alike. */
export function renderAnswer(playbook: Playbook, { confidence, quotes, others, playbooks, siteUrl }: AnswerView): string {
  const matched = others.filter(({ by }) => by !== 'text').map((candidate) => candidate.playbook);
  const ids = [...new Set([...matched, ...playbook.related])].filter((id) => id !== playbook.id);
  const alternatives = ids.flatMap((id) => playbooks.find((other) => other.id === id) ?? []).slice(0, MAX_ALTERNATIVES);
  return playbookAnswer(playbook, { siteUrl, confidence, quotes, alternatives });
}
