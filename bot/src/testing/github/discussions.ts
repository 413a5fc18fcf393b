import type { Overlay } from './exchange.ts';
import { installationOf } from './issue-routes.ts';
import { deliver } from './webhooks.ts';
import { type Discussion, type DiscussionComment, type Json, keyOf, object, text } from './world.ts';

/** Opens a discussion. Its number comes from emulate, which holds the place with an issue that nobody sees. */
export async function openDiscussion(
  overlay: Overlay,
  author: string,
  fullName: string,
  content: { title: string; body: string; category?: string },
): Promise<Discussion> {
  const { world, clock } = overlay;
  const place = await world.silently(async () => {
    const answer = await overlay.operate('POST', `/repos/${fullName}/issues`, { title: 'place of a discussion' });
    await overlay.emulator.drain();
    return answer;
  });
  const number = Number(object(place.json).number);
  const id = world.nextId();
  const now = clock.nowText();
  const discussion: Discussion = {
    id,
    nodeId: `D_${id}`,
    fullName,
    number,
    title: content.title,
    body: content.body,
    author,
    category: content.category ?? 'Q&A',
    closed: false,
    locked: false,
    labels: [],
    comments: [],
    createdAt: now,
    updatedAt: now,
  };
  world.hidden.set(keyOf(fullName, number), {});
  world.discussions.set(keyOf(fullName, number), discussion);
  world.nodes.set(discussion.nodeId, { type: 'Discussion', fullName, number });
  await announce(overlay, 'discussion', 'created', discussion, author);
  return discussion;
}

export async function commentOnDiscussion(
  overlay: Overlay,
  author: string,
  discussion: Discussion,
  body: string,
): Promise<DiscussionComment> {
  const id = overlay.world.nextId();
  const now = overlay.clock.nowText();
  const comment = { id, nodeId: `DC_${id}`, body, author, createdAt: now, updatedAt: now };
  discussion.comments.push(comment);
  discussion.updatedAt = now;
  overlay.world.nodes.set(comment.nodeId, { type: 'DiscussionComment', fullName: discussion.fullName, number: discussion.number });
  await announce(overlay, 'discussion_comment', 'created', discussion, author, {
    comment: await commentJson(overlay, discussion, comment),
  });
  return comment;
}

export async function editDiscussionComment(
  overlay: Overlay,
  actor: string,
  discussion: Discussion,
  comment: DiscussionComment,
  body: string,
) {
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = overlay.clock.nowText();
  const extra = { comment: await commentJson(overlay, discussion, comment), changes: { body: { from } } };
  await announce(overlay, 'discussion_comment', 'edited', discussion, actor, extra);
}

export async function deleteDiscussionComment(
  overlay: Overlay,
  actor: string,
  discussion: Discussion,
  comment: DiscussionComment,
): Promise<void> {
  discussion.comments.splice(discussion.comments.indexOf(comment), 1);
  await announce(overlay, 'discussion_comment', 'deleted', discussion, actor, { comment: await commentJson(overlay, discussion, comment) });
}

/** Adds or removes one label; nothing happens, and nothing is delivered, when it is already so. */
export async function labelDiscussion(
  overlay: Overlay,
  actor: string,
  discussion: Discussion,
  label: Json,
  present: boolean,
): Promise<void> {
  const name = text(label.name);
  if (discussion.labels.includes(name) === present) return;
  discussion.labels = present ? [...discussion.labels, name] : discussion.labels.filter((other) => other !== name);
  discussion.updatedAt = overlay.clock.nowText();
  await announce(overlay, 'discussion', present ? 'labeled' : 'unlabeled', discussion, actor, { label });
}

export async function editDiscussion(
  overlay: Overlay,
  actor: string,
  discussion: Discussion,
  content: { title?: string; body?: string },
): Promise<void> {
  const changes = Object.fromEntries(
    (['title', 'body'] as const)
      .filter((field) => content[field] !== undefined && content[field] !== discussion[field])
      .map((field) => [field, { from: discussion[field] }]),
  );
  Object.assign(discussion, content, { updatedAt: overlay.clock.nowText() });
  await announce(overlay, 'discussion', 'edited', discussion, actor, { changes });
}

export async function setDiscussionClosed(overlay: Overlay, actor: string, discussion: Discussion, closed: boolean): Promise<void> {
  discussion.closed = closed;
  discussion.updatedAt = overlay.clock.nowText();
  await announce(overlay, 'discussion', closed ? 'closed' : 'reopened', discussion, actor);
}

async function announce(
  overlay: Overlay,
  event: string,
  action: string,
  discussion: Discussion,
  actor: string,
  extra: Json = {},
): Promise<void> {
  deliver(overlay, event, {
    action,
    discussion: await discussionJson(overlay, discussion),
    ...extra,
    repository: object((await overlay.operate('GET', `/repos/${discussion.fullName}`)).json),
    sender: await overlay.account(actor),
    installation: installationOf(overlay, discussion.fullName),
  });
}

async function discussionJson(overlay: Overlay, discussion: Discussion): Promise<Json> {
  const labels = (await overlay.operateAll(`/repos/${discussion.fullName}/labels`)).filter((label) =>
    discussion.labels.includes(text(label.name)),
  );
  return {
    id: discussion.id,
    node_id: discussion.nodeId,
    number: discussion.number,
    title: discussion.title,
    body: discussion.body,
    user: await overlay.account(discussion.author),
    author_association: overlay.world.associationOf(discussion.author),
    state: discussion.closed ? 'closed' : 'open',
    locked: discussion.locked,
    comments: discussion.comments.length,
    labels,
    category: { id: 1, node_id: 'DIC_1', name: discussion.category, slug: 'q-a', emoji: ':pray:', is_answerable: true },
    html_url: urlOf(overlay, discussion),
    repository_url: `${overlay.url}/repos/${discussion.fullName}`,
    created_at: discussion.createdAt,
    updated_at: discussion.updatedAt,
  };
}

async function commentJson(overlay: Overlay, discussion: Discussion, comment: DiscussionComment): Promise<Json> {
  return {
    id: comment.id,
    node_id: comment.nodeId,
    body: comment.body,
    user: await overlay.account(comment.author),
    author_association: overlay.world.associationOf(comment.author),
    discussion_id: discussion.id,
    parent_id: null,
    child_comment_count: 0,
    html_url: `${urlOf(overlay, discussion)}#discussioncomment-${comment.id}`,
    repository_url: `${overlay.url}/repos/${discussion.fullName}`,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
  };
}

export function urlOf(overlay: Pick<Overlay, 'url'>, discussion: Discussion): string {
  return `${overlay.url}/${discussion.fullName}/discussions/${discussion.number}`;
}
