import type { Playbook } from '@sig-runtime/playbooks';
import type { Quote } from '../decision.ts';
import { fenced, inlineCode, PLACES } from './quote.ts';

export type AnswerContext = {
  /** Public site without a trailing slash. */
  siteUrl: string;
  /** What the matcher decided on, and how sure it was (0–1). Absent when a person chose the playbook. */
  quotes?: readonly Quote[];
  confidence?: number;
  /** Login of the person who chose it; shown, never mentioned. */
  requestedBy?: string;
  /** Playbooks with similar symptoms, likeliest first. */
  alternatives?: readonly Pick<Playbook, 'id' | 'title'>[];
};

const MAX_QUOTES = 3;

/** The answer comment: what it is, why we think so, how to check that, what to do, and how to take it back. */
export function playbookAnswer(playbook: Playbook, context: AnswerContext): string {
  const { sections, summary } = playbook;
  return [
    `**${context.requestedBy === undefined ? 'This looks like' : 'See'} ${link(playbook, context.siteUrl)}**`,
    summary,
    ...because(context),
    `**Check that it fits**\n\n${sections.Evidence.trim()}`,
    folded('What to do about it', `${sections.Fix.trim()}\n\n**Then**\n\n${sections.Verify.trim()}`),
    ...alternatives(context),
    '<sub>From the playbooks of SIG Runtime, chosen by fixed rules. Wrong? `/sig undo answer` takes it back for good on this ' +
      'item, `/playbook PB-NNN` shows another one, `/sig why` tells the whole reason.</sub>',
  ].join('\n\n');
}

/** Address of a playbook's page. */
export function playbookUrl(id: string, siteUrl: string): string {
  return `${siteUrl}/playbooks/${id.toLowerCase()}/`;
}

function link({ id, title }: Pick<Playbook, 'id' | 'title'>, siteUrl: string): string {
  return `[${id}: ${title}](${playbookUrl(id, siteUrl)})`;
}

function because({ quotes = [], confidence, requestedBy }: AnswerContext): readonly string[] {
  if (requestedBy !== undefined) return [`Put here on request of ${inlineCode(requestedBy)}.`];
  const sure = confidence === undefined ? '' : ` (${Math.round(confidence * 100)} % sure)`;
  const decided = distinct(quotes).slice(0, MAX_QUOTES);
  if (decided.length === 0) return [];
  return [`**What decided**${sure}`, ...decided.map(({ source, text }) => `From ${PLACES[source]}:\n\n${fenced(text)}`)];
}

/** Without quotations that stand inside another one. */
function distinct(quotes: readonly Quote[]): readonly Quote[] {
  return quotes.filter(
    ({ text }, index) => !quotes.some((other, at) => at !== index && other.text.includes(text) && (other.text !== text || at < index)),
  );
}

function alternatives({ alternatives: others = [], siteUrl }: AnswerContext): readonly string[] {
  if (others.length === 0) return [];
  return [folded('Similar symptoms, other causes', others.map((other) => `- ${link(other, siteUrl)}`).join('\n'))];
}

function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
