import { readFileSync } from 'node:fs';
import { buildSchema, GraphQLError, type GraphQLSchema, graphql } from 'graphql';
import { commentOnDiscussion, deleteDiscussionComment, editDiscussionComment, labelDiscussion, urlOf } from './discussions.ts';
import { type Answer, type Exchange, loginOf, type Overlay, tokenOf } from './exchange.ts';
import { react } from './reaction-routes.ts';
import type { Route } from './routes.ts';
import { type Discussion, type DiscussionComment, keyOf, object, text } from './world.ts';

const schema: GraphQLSchema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));

export const graphqlRoutes: readonly Route[] = [{ method: 'POST', path: '/graphql', answer: execute }];

async function execute(overlay: Overlay, exchange: Exchange): Promise<Answer> {
  if (!tokenOf(exchange)) return { status: 401, json: { message: 'This endpoint requires you to be authenticated.' } };
  const { query, variables } = object(exchange.body);
  const result = await graphql({
    schema,
    source: text(query),
    variableValues: object(variables),
    rootValue: rootOf(overlay, loginOf(overlay, exchange)),
  });
  const errors = result.errors?.map((error) => ({ type: error.extensions.type ?? 'VALIDATION', path: error.path, message: error.message }));
  return { status: 200, json: { data: result.data ?? null, ...(errors ? { errors } : {}) } };
}

type Input<T> = { input: T };

/** Query and Mutation: graphql-js calls these with the arguments of the field. */
function rootOf(overlay: Overlay, viewer: string) {
  return {
    repository: (args: { owner: string; name: string }) => repositoryOf(overlay, viewer, `${args.owner}/${args.name}`),
    node: (args: { id: string }) => nodeOf(overlay, viewer, args.id),
    nodes: (args: { ids: readonly string[] }) => args.ids.map(async (id) => nodeOf(overlay, viewer, id)),
    ...labelMutations(overlay, viewer),
    ...commentMutations(overlay, viewer),
    ...contentMutations(overlay, viewer),
  };
}

function labelMutations(overlay: Overlay, viewer: string) {
  const change = (present: boolean) => async (args: Input<{ labelableId: string; labelIds: readonly string[] }>) => {
    const discussion = discussionOf(overlay, args.input.labelableId);
    const labels = await overlay.operateAll(`/repos/${discussion.fullName}/labels`);
    for (const id of args.input.labelIds) {
      const label = labels.find((candidate) => candidate.node_id === id);
      if (!label) throw unknownNode(id);
      await labelDiscussion(overlay, viewer, discussion, label, present);
    }
    return {};
  };
  return { addLabelsToLabelable: change(true), removeLabelsFromLabelable: change(false) };
}

function commentMutations(overlay: Overlay, viewer: string) {
  return {
    addDiscussionComment: async ({ input }: Input<{ discussionId: string; body: string }>) => {
      const discussion = discussionOf(overlay, input.discussionId);
      return { comment: commentNode(overlay, viewer, discussion, await commentOnDiscussion(overlay, viewer, discussion, input.body)) };
    },
    updateDiscussionComment: async ({ input }: Input<{ commentId: string; body: string }>) => {
      const { discussion, comment } = ownComment(overlay, viewer, input.commentId);
      await editDiscussionComment(overlay, viewer, discussion, comment, input.body);
      return { comment: commentNode(overlay, viewer, discussion, comment) };
    },
    deleteDiscussionComment: async ({ input }: Input<{ id: string }>) => {
      const { discussion, comment } = ownComment(overlay, viewer, input.id);
      await deleteDiscussionComment(overlay, viewer, discussion, comment);
      return { comment: commentNode(overlay, viewer, discussion, comment) };
    },
  };
}

function contentMutations(overlay: Overlay, viewer: string) {
  return {
    minimizeComment: ({ input }: Input<{ subjectId: string; classifier: string }>) => {
      if (!overlay.world.nodes.get(input.subjectId)?.type.endsWith('Comment')) throw unknownNode(input.subjectId);
      overlay.world.minimized.set(input.subjectId, input.classifier);
      return { minimizedComment: nodeOf(overlay, viewer, input.subjectId) };
    },
    addReaction: ({ input }: Input<{ subjectId: string; content: string }>) => {
      if (!overlay.world.nodes.has(input.subjectId)) throw unknownNode(input.subjectId);
      const { reaction } = react(overlay, input.subjectId, viewer, input.content);
      return { reaction: { id: `REA_${reaction.id}`, content: reaction.content } };
    },
  };
}

async function repositoryOf(overlay: Overlay, viewer: string, fullName: string) {
  const repository = await overlay.operate('GET', `/repos/${fullName}`);
  if (repository.status !== 200) throw notFoundError(`Could not resolve to a Repository with the name '${fullName}'.`);
  return {
    id: text(object(repository.json).node_id),
    discussion: ({ number }: { number: number }) => {
      const discussion = overlay.world.discussions.get(keyOf(fullName, number));
      if (!discussion) throw notFoundError(`Could not resolve to a Discussion with the number of ${number}.`);
      return discussionNode(overlay, viewer, discussion);
    },
    label: async ({ name }: { name: string }) => {
      const label = (await overlay.operateAll(`/repos/${fullName}/labels`)).find((candidate) => candidate.name === name);
      return label ? { id: label.node_id, name } : null;
    },
  };
}

function discussionNode(overlay: Overlay, viewer: string, discussion: Discussion) {
  return {
    __typename: 'Discussion',
    id: discussion.nodeId,
    number: discussion.number,
    title: discussion.title,
    body: discussion.body,
    author: () => actorNode(overlay, discussion.author),
    authorAssociation: overlay.world.associationOf(discussion.author),
    closed: discussion.closed,
    locked: discussion.locked,
    createdAt: discussion.createdAt,
    updatedAt: discussion.updatedAt,
    url: urlOf(overlay, discussion),
    labels: { nodes: discussion.labels.map((name) => ({ id: name, name })), totalCount: discussion.labels.length },
    comments: ({ first = 30, after }: { first?: number; after?: string | null }) => {
      const start = after ? Number(after) : 0;
      const page = discussion.comments.slice(start, start + first);
      const end = start + page.length;
      return {
        nodes: page.map((comment) => commentNode(overlay, viewer, discussion, comment)),
        pageInfo: { hasNextPage: end < discussion.comments.length, endCursor: page.length > 0 ? String(end) : null },
        totalCount: discussion.comments.length,
      };
    },
  };
}

function commentNode(overlay: Overlay, viewer: string, discussion: Discussion, comment: DiscussionComment) {
  return {
    __typename: 'DiscussionComment',
    id: comment.nodeId,
    databaseId: comment.id,
    body: comment.body,
    author: () => actorNode(overlay, comment.author),
    authorAssociation: overlay.world.associationOf(comment.author),
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    isMinimized: overlay.world.minimized.has(comment.nodeId),
    minimizedReason: overlay.world.minimized.get(comment.nodeId) ?? null,
    viewerDidAuthor: comment.author === viewer,
    url: `${urlOf(overlay, discussion)}#discussioncomment-${comment.id}`,
  };
}

/** GraphQL shows a bot without `[bot]`. */
async function actorNode(overlay: Overlay, login: string) {
  const account = await overlay.account(login);
  const isBot = login.endsWith('[bot]');
  return {
    __typename: isBot ? 'Bot' : 'User',
    id: account.node_id,
    login: isBot ? login.slice(0, -'[bot]'.length) : login,
    databaseId: account.id,
  };
}

function nodeOf(overlay: Overlay, viewer: string, id: string) {
  const known = overlay.world.nodes.get(id);
  if (!known) throw unknownNode(id);
  const discussion = overlay.world.discussions.get(keyOf(known.fullName, known.number));
  if (known.type === 'Discussion' && discussion) return discussionNode(overlay, viewer, discussion);
  if (known.type === 'DiscussionComment' && discussion) {
    const comment = discussion.comments.find((candidate) => candidate.nodeId === id);
    if (!comment) throw unknownNode(id);
    return commentNode(overlay, viewer, discussion, comment);
  }
  const minimized = overlay.world.minimized.get(id);
  return { __typename: known.type, id, number: known.number, isMinimized: minimized !== undefined, minimizedReason: minimized ?? null };
}

function discussionOf(overlay: Overlay, id: string): Discussion {
  const known = overlay.world.nodes.get(id);
  const discussion = known && overlay.world.discussions.get(keyOf(known.fullName, known.number));
  if (!discussion || discussion.nodeId !== id) throw unknownNode(id);
  return discussion;
}

function ownComment(overlay: Overlay, viewer: string, id: string): { discussion: Discussion; comment: DiscussionComment } {
  const known = overlay.world.nodes.get(id);
  const discussion = known && overlay.world.discussions.get(keyOf(known.fullName, known.number));
  const comment = discussion?.comments.find((candidate) => candidate.nodeId === id);
  if (!discussion || !comment) throw unknownNode(id);
  if (comment.author !== viewer) throw new GraphQLError('You may not change this comment.', { extensions: { type: 'FORBIDDEN' } });
  return { discussion, comment };
}

function unknownNode(id: string): GraphQLError {
  return notFoundError(`Could not resolve to a node with the global id of '${id}'.`);
}

function notFoundError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } });
}
