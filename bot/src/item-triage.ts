import { originalOffset, type Span, type Triage } from '@sig-runtime/playbooks';
import type { Quote } from './decision.ts';
import type { CommentSnapshot } from './facts.ts';
import type { Knowledge } from './handler.ts';
import type { ItemKind } from './item.ts';

/** What an item is about and which playbook answers it, with the way back from a span to where it stood. */
export type ItemTriage = Triage & { quote(span: Span, rule: string): Quote };

/** At most so many comments are read; the newest say what holds now. */
const MAX_COMMENTS = 30;
/** A quotation in a decision or comment never grows longer. */
const MAX_QUOTE = 600;

/**
 * Reads title, body and what people added in comments. Bots are not evidence, nor are lines that only quote somebody else (an answer of
 * ours quoted back would confirm itself).
 */
export function triageItem(
  { triage }: Pick<Knowledge, 'triage'>,
  kind: ItemKind,
  item: { title: string; body: string },
  comments: readonly CommentSnapshot[] = [],
): ItemTriage {
  const said = comments
    .filter(isEvidence)
    .slice(-MAX_COMMENTS)
    .map(({ body }) => withoutQuotations(body));
  const read = triage({ title: item.title, body: [item.body, ...said].join('\n\n'), kind });
  const bodyStart = item.title.length + 2;
  const bodyEnd = bodyStart + item.body.length;
  return {
    ...read,
    quote({ start, end }, rule) {
      const from = originalOffset(read.set, start);
      const text = read.set.text.slice(start, Math.min(end, start + MAX_QUOTE)).trim();
      if (from < bodyStart) return { text, source: 'title', start: from, end: from + (end - start), rule };
      if (from >= bodyEnd) return { text, source: 'comment', rule };
      return { text, source: 'body', start: from - bodyStart, end: from - bodyStart + (end - start), rule };
    },
  };
}

function isEvidence({ author, ours, minimized }: CommentSnapshot): boolean {
  return !ours && !minimized && author.type === 'User' && !author.login.endsWith('[bot]');
}

function withoutQuotations(body: string): string {
  return body
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('>'))
    .join('\n');
}
