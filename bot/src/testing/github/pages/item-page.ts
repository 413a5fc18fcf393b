import { type Html, html } from '../../../operations/html.ts';
import type { TimelineEntry } from '../world.ts';
import { renderMarkdown } from './markdown.ts';
import { avatar, labelChip, page, when } from './parts.ts';

export type Label = { name: string; color: string };
export type Post = {
  id: number;
  author: string;
  association: string;
  body: string;
  at: string;
  edited: boolean;
  /** Why it is collapsed, e.g. `OUTDATED`. */
  minimized?: string;
  reactions: readonly { content: string; count: number }[];
};

export type ItemView = {
  fullName: string;
  number: number;
  kind: string;
  title: string;
  state: 'open' | 'closed' | 'draft';
  labels: readonly Label[];
  assignees: readonly string[];
  opening: Post;
  comments: readonly Post[];
  timeline: readonly TimelineEntry[];
  labelColors: ReadonlyMap<string, string>;
};

/** An issue, pull request or discussion with everything that happened to it, in order. */
export function itemPage(view: ItemView): string {
  const bar = html`<a href="/">${view.fullName}</a> <span>${view.kind}</span>`;
  const content = html`<h1>${view.title} <span class="number">#${view.number}</span></h1>
<p class="meta"><span class="state ${view.state}">${view.state === 'open' ? 'Open' : view.state === 'draft' ? 'Draft' : 'Closed'}</span><b>${view.opening.author}</b> opened this ${view.kind} on ${when(view.opening.at)}</p>
<div class="columns"><section class="thread" aria-label="Conversation">${[post(view.opening), ...happenings(view)]}</section><aside aria-label="Labels and assignees">${sidebar(view)}</aside></div>`;
  return page(`${view.title} · ${view.fullName}#${view.number}`, bar, content);
}

function sidebar(view: ItemView): Html {
  const labels = view.labels.length > 0 ? view.labels.map(({ name, color }) => labelChip(name, color)) : 'None yet';
  const assignees = view.assignees.length > 0 ? view.assignees.join(', ') : 'No one';
  return html`<section><h2>Assignees</h2>${assignees}</section><section><h2>Labels</h2>${labels}</section>`;
}

function happenings(view: ItemView): readonly Html[] {
  const posts = new Map(view.comments.map((comment) => [comment.id, comment]));
  return view.timeline.flatMap((entry) => {
    if (entry.event.endsWith('_comment')) {
      const comment = entry.action === 'created' ? posts.get(entry.commentId ?? 0) : undefined;
      return comment ? [post(comment)] : [];
    }
    const line = eventLine(entry, view.labelColors);
    return line ? [html`<p class="event"><b>${entry.actor}</b> ${line} on ${when(entry.at)}</p>${reviewBody(entry)}`] : [];
  });
}

const eventWords: Readonly<Record<string, string>> = {
  closed: 'closed this',
  reopened: 'reopened this',
  edited: 'edited the description',
  assigned: 'changed the assignees',
  unassigned: 'changed the assignees',
  review_requested: 'requested a review',
  ready_for_review: 'marked this as ready for review',
  converted_to_draft: 'marked this as draft',
  synchronize: 'pushed new commits',
  locked: 'locked the conversation',
};

function eventLine(entry: TimelineEntry, colors: ReadonlyMap<string, string>): Html | string | undefined {
  const { action, label } = entry;
  if (label && (action === 'labeled' || action === 'unlabeled')) {
    return html`${action === 'labeled' ? 'added' : 'removed'} the label ${labelChip(label, colors.get(label) ?? 'ededed')}`;
  }
  if (entry.review) return `reviewed: ${entry.review.state.replaceAll('_', ' ')}`;
  return eventWords[action];
}

function reviewBody(entry: TimelineEntry): Html {
  return entry.review?.body
    ? html`<div class="card" style="margin:0 0 18px 54px"><div class="body">${renderMarkdown(entry.review.body)}</div></div>`
    : html``;
}

function post(entry: Post): Html {
  const isBot = entry.author.endsWith('[bot]');
  const tag = isBot ? 'bot' : entry.association === 'NONE' ? '' : entry.association.toLowerCase().replaceAll('_', ' ');
  const body = html`<div class="body">${entry.body.trim() ? renderMarkdown(entry.body) : html`<p><em>No description.</em></p>`}</div>${reactionsOf(entry)}`;
  const content = entry.minimized
    ? html`<details class="minimized"><summary>This comment was marked as ${entry.minimized.toLowerCase().replaceAll('_', ' ')}.</summary>${body}</details>`
    : body;
  return html`<div class="post ${isBot ? 'bot' : ''}" id="comment-${entry.id}">${avatar(entry.author)}<article class="card" aria-label="${entry.author}, ${entry.at}"><header><b>${entry.author}</b> on ${when(entry.at)}${entry.edited ? ' · edited' : ''}${tag ? html`<span class="tag">${tag}</span>` : ''}</header>${content}</article></div>`;
}

function reactionsOf(entry: Post): Html {
  if (entry.reactions.length === 0) return html``;
  return html`<div class="reactions">${entry.reactions.map(({ content, count }) => html`<span>${content} × ${count}</span>`)}</div>`;
}
