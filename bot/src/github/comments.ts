import type { CommentSnapshot } from '../facts.ts';
import type { ItemRef } from '../item.ts';
import type { Connection } from './connection.ts';
import { documents } from './graphql.ts';
import { pathOf } from './paths.ts';
import type { CreatedComment } from './port.ts';
import { commentOf } from './snapshots.ts';

const pageSize = 100;

/** Comments of an issue or pull request, oldest first, all pages; GraphQL adds which are minimised, because REST does not say. */
export async function listIssueComments(connection: Connection, item: ItemRef): Promise<readonly CommentSnapshot[]> {
  const { octokit, app } = connection;
  const comments = await octokit.paginate(octokit.rest.issues.listComments, {
    ...pathOf(item.repository),
    issue_number: item.number,
    per_page: pageSize,
  });
  const minimized = await minimizedAmong(
    connection,
    comments.map((comment) => comment.node_id),
  );
  return comments.map((comment) => commentOf(comment, app, minimized.has(comment.node_id)));
}

type Nodes = { nodes: readonly ({ id: string; isMinimized?: boolean } | null)[] };

async function minimizedAmong({ octokit }: Connection, nodeIds: readonly string[]): Promise<ReadonlySet<string>> {
  const minimized = new Set<string>();
  for (let start = 0; start < nodeIds.length; start += pageSize) {
    const ids = nodeIds.slice(start, start + pageSize);
    const { nodes } = await octokit.graphql<Nodes>(documents.minimizedComments, { ids }).catch(withoutTheGone);
    for (const node of nodes) if (node?.isMinimized) minimized.add(node.id);
  }
  return minimized;
}

/** A comment deleted since it was listed makes GitHub complain, but it answers for the others. */
function withoutTheGone(cause: unknown): Nodes {
  const { data, errors } = cause as { data?: Partial<Nodes> | null; errors?: readonly { type?: string }[] };
  if (data?.nodes && errors?.every((error) => error.type === 'NOT_FOUND')) return { nodes: data.nodes };
  throw cause;
}

export async function createIssueComment({ octokit }: Connection, item: ItemRef, body: string): Promise<CreatedComment> {
  const { data } = await octokit.rest.issues.createComment({ ...pathOf(item.repository), issue_number: item.number, body });
  return { id: data.id, nodeId: data.node_id, url: data.html_url };
}

export async function updateIssueComment({ octokit }: Connection, item: ItemRef, commentId: number, body: string): Promise<void> {
  await octokit.rest.issues.updateComment({ ...pathOf(item.repository), comment_id: commentId, body });
}

/** A comment that is gone already counts as deleted. */
export async function deleteIssueComment({ octokit }: Connection, item: ItemRef, commentId: number): Promise<void> {
  try {
    await octokit.rest.issues.deleteComment({ ...pathOf(item.repository), comment_id: commentId });
  } catch (cause) {
    if (!(typeof cause === 'object' && cause !== null && 'status' in cause && cause.status === 404)) throw cause;
  }
}

const reactions = { '+1': 'THUMBS_UP', confused: 'CONFUSED', eyes: 'EYES' } as const;

export async function react({ octokit }: Connection, nodeId: string, content: keyof typeof reactions): Promise<void> {
  await octokit.graphql(documents.react, { subject: nodeId, content: reactions[content] });
}

export async function minimizeComment({ octokit }: Connection, nodeId: string, reason: string): Promise<void> {
  await octokit.graphql(documents.minimize, { subject: nodeId, reason });
}
