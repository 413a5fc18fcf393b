import type { CommentSnapshot, ItemSnapshot } from '../facts.ts';
import type { ItemRef } from '../item.ts';
import type { Connection } from './connection.ts';
import { documents } from './graphql.ts';
import { type CreatedComment, GitHubError } from './port.ts';
import { associationOf, type GraphAuthor, graphActorOf, isOurs } from './snapshots.ts';

type GraphDiscussion = {
  id: string;
  title: string;
  body: string;
  author: GraphAuthor;
  authorAssociation: string;
  closed: boolean;
  locked: boolean;
  createdAt: string;
  updatedAt: string;
  labels: { nodes: readonly { name: string }[] } | null;
};

type GraphComment = {
  id: string;
  databaseId: number | null;
  body: string;
  author: GraphAuthor;
  authorAssociation: string;
  createdAt: string;
  updatedAt: string;
  isMinimized: boolean;
};

type InRepository<T> = { repository: T | null };

export async function getDiscussion(connection: Connection, item: ItemRef): Promise<ItemSnapshot> {
  const answer = await connection.octokit.graphql<InRepository<{ discussion: GraphDiscussion | null }>>(documents.discussion, at(item));
  const discussion = found(answer.repository?.discussion, item);
  return {
    title: discussion.title,
    body: discussion.body,
    author: graphActorOf(discussion.author),
    association: associationOf(discussion.authorAssociation),
    state: discussion.closed ? 'closed' : 'open',
    draft: false,
    locked: discussion.locked,
    labels: discussion.labels?.nodes.map((label) => label.name) ?? [],
    assignees: [],
    createdAt: discussion.createdAt,
    updatedAt: discussion.updatedAt,
  };
}

/** Top-level comments, all pages. The bot never replies in threads, so replies are not read. */
export async function listDiscussionComments(connection: Connection, item: ItemRef): Promise<readonly CommentSnapshot[]> {
  type Page = { nodes: readonly GraphComment[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  const comments: CommentSnapshot[] = [];
  let after: string | null = null;
  do {
    const answer: InRepository<{ discussion: { comments: Page } | null }> = await connection.octokit.graphql(documents.discussionComments, {
      ...at(item),
      after,
    });
    const page: Page = found(answer.repository?.discussion, item).comments;
    comments.push(...page.nodes.map((comment) => commentOf(comment, connection)));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return comments;
}

function commentOf(comment: GraphComment, connection: Connection): CommentSnapshot {
  const author = graphActorOf(comment.author);
  return {
    id: comment.databaseId ?? 0,
    nodeId: comment.id,
    body: comment.body,
    author,
    association: associationOf(comment.authorAssociation),
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    minimized: comment.isMinimized,
    ours: isOurs(author, undefined, connection.app),
  };
}

export async function addDiscussionLabel({ octokit }: Connection, item: ItemRef, label: string): Promise<void> {
  await octokit.graphql(documents.addLabel, { labelable: item.nodeId, label: await labelId({ octokit }, item, label) });
}

export async function removeDiscussionLabel({ octokit }: Connection, item: ItemRef, label: string): Promise<void> {
  await octokit.graphql(documents.removeLabel, { labelable: item.nodeId, label: await labelId({ octokit }, item, label) });
}

async function labelId({ octokit }: Pick<Connection, 'octokit'>, item: ItemRef, label: string): Promise<string> {
  const answer = await octokit.graphql<InRepository<{ label: { id: string } | null }>>(documents.label, {
    owner: item.repository.owner,
    name: item.repository.name,
    label,
  });
  const id = answer.repository?.label?.id;
  if (!id) throw new GitHubError('NOT_FOUND', `label ${JSON.stringify(label)} does not exist; create it first`, { status: 404 });
  return id;
}

export async function createDiscussionComment({ octokit }: Connection, item: ItemRef, body: string): Promise<CreatedComment> {
  const answer = await octokit.graphql<{ addDiscussionComment: { comment: { id: string; databaseId: number | null; url: string } } }>(
    documents.addComment,
    { discussion: item.nodeId, body },
  );
  const { id, databaseId, url } = answer.addDiscussionComment.comment;
  return { id: databaseId ?? 0, nodeId: id, url };
}

export async function updateDiscussionComment({ octokit }: Connection, commentNodeId: string, body: string): Promise<void> {
  await octokit.graphql(documents.updateComment, { comment: commentNodeId, body });
}

export async function deleteDiscussionComment({ octokit }: Connection, commentNodeId: string): Promise<void> {
  await octokit.graphql(documents.deleteComment, { comment: commentNodeId });
}

function at(item: ItemRef): { owner: string; name: string; number: number } {
  return { owner: item.repository.owner, name: item.repository.name, number: item.number };
}

function found<T>(value: T | null | undefined, item: ItemRef): T {
  if (value !== null && value !== undefined) return value;
  throw new GitHubError('NOT_FOUND', `discussion #${item.number}: not found`, { status: 404 });
}
