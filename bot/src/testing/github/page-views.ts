import { reactionKey } from './complete.ts';
import type { Overlay } from './exchange.ts';
import { allItems } from './issue-routes.ts';
import type { ItemView, Label, Post } from './pages/item-page.ts';
import type { ListedItem } from './pages/list-page.ts';
import { type Discussion, type Json, keyOf, object, text } from './world.ts';

export async function issueView(overlay: Overlay, fullName: string, number: number): Promise<ItemView | undefined> {
  const { world } = overlay;
  const key = keyOf(fullName, number);
  const isPull = world.pulls.has(key);
  const answer = await overlay.operate('GET', `/repos/${fullName}/${isPull ? 'pulls' : 'issues'}/${number}`);
  if (answer.status !== 200 || world.hidden.has(key)) return undefined;
  const json = object(answer.json);
  const comments = await overlay.operateAll(`/repos/${fullName}/issues/${number}/comments`);
  return {
    fullName,
    number,
    kind: isPull ? 'pull request' : 'issue',
    title: text(json.title),
    state: json.state === 'closed' ? 'closed' : json.draft === true ? 'draft' : 'open',
    labels: labelsOf(json),
    assignees: ((json.assignees ?? []) as Json[]).map((user) => text(user.login)),
    opening: postOf(overlay, json),
    comments: comments.map((comment) => postOf(overlay, comment)),
    timeline: world.timeline.get(key) ?? [],
    labelColors: await colorsOf(overlay, fullName),
  };
}

export async function discussionView(overlay: Overlay, discussion: Discussion): Promise<ItemView> {
  const { world } = overlay;
  const colors = await colorsOf(overlay, discussion.fullName);
  return {
    fullName: discussion.fullName,
    number: discussion.number,
    kind: 'discussion',
    title: discussion.title,
    state: discussion.closed ? 'closed' : 'open',
    labels: discussion.labels.map((name) => ({ name, color: colors.get(name) ?? 'ededed' })),
    assignees: [],
    opening: writtenPost(overlay, discussion),
    comments: discussion.comments.map((comment) => writtenPost(overlay, comment)),
    timeline: world.timeline.get(keyOf(discussion.fullName, discussion.number)) ?? [],
    labelColors: colors,
  };
}

export async function itemsOf(overlay: Overlay, fullName: string): Promise<readonly ListedItem[]> {
  const items = await allItems(overlay, fullName);
  const colors = await colorsOf(overlay, fullName);
  const discussions = [...overlay.world.discussions.values()].filter((discussion) => discussion.fullName === fullName);
  const listed = [
    ...items.map((item) => listedIssue(fullName, item)),
    ...discussions.map((discussion) => listedDiscussion(discussion, colors)),
  ];
  return listed.sort((a, b) => b.number - a.number);
}

function listedIssue(fullName: string, item: Json): ListedItem {
  const isPull = 'pull_request' in item;
  return {
    title: text(item.title),
    number: Number(item.number),
    path: `/${fullName}/${isPull ? 'pull' : 'issues'}/${item.number}`,
    kind: isPull ? 'pull request' : 'issue',
    state: text(item.state),
    author: text(object(item.user).login),
    at: text(item.created_at),
    labels: labelsOf(item),
  };
}

function listedDiscussion(discussion: Discussion, colors: ReadonlyMap<string, string>): ListedItem {
  return {
    title: discussion.title,
    number: discussion.number,
    path: `/${discussion.fullName}/discussions/${discussion.number}`,
    kind: 'discussion',
    state: discussion.closed ? 'closed' : 'open',
    author: discussion.author,
    at: discussion.createdAt,
    labels: discussion.labels.map((name) => ({ name, color: colors.get(name) ?? 'ededed' })),
  };
}

function labelsOf(json: Json): readonly Label[] {
  return ((json.labels ?? []) as Json[]).map((label) => ({ name: text(label.name), color: text(label.color) }));
}

async function colorsOf(overlay: Overlay, fullName: string): Promise<ReadonlyMap<string, string>> {
  const labels = await overlay.operateAll(`/repos/${fullName}/labels`);
  return new Map(labels.map((label) => [text(label.name), text(label.color)]));
}

function postOf(overlay: Overlay, json: Json): Post {
  return writtenPost(overlay, {
    id: Number(json.id),
    nodeId: text(json.node_id),
    author: text(object(json.user).login),
    body: text(json.body),
    createdAt: text(json.created_at),
    updatedAt: text(json.updated_at),
  });
}

type Written = { id: number; nodeId: string; author: string; body: string; createdAt: string; updatedAt: string };

function writtenPost({ world }: Overlay, { id, nodeId, author, body, createdAt, updatedAt }: Written): Post {
  const given = world.reactions.get(nodeId) ?? [];
  const contents = [...new Set(given.map(({ content }) => content))];
  const isComment = world.nodes.get(nodeId)?.type.endsWith('Comment') ?? false;
  const minimized = world.minimized.get(nodeId);
  return {
    id,
    author,
    association: world.associationOf(author),
    body,
    at: createdAt,
    edited: isComment && updatedAt !== createdAt,
    ...(minimized ? { minimized } : {}),
    reactions: contents.map((content) => ({
      content: reactionKey(content),
      count: given.filter((reaction) => reaction.content === content).length,
    })),
  };
}
