import type { CommentSnapshot, ItemSnapshot } from '../facts.ts';
import { type Actor, ASSOCIATIONS, type Association } from '../item.ts';
import type { AppIdentity } from './connection.ts';

/** Who GitHub shows in place of a deleted account. */
const ghost: Actor = { login: 'ghost', id: 10137, type: 'User' };

type RestUser = { login: string; id: number; type?: string } | null | undefined;
type RestLabel = string | { name?: string | null };

/** The fields that REST's issue and pull request have in common. */
export type RestItem = {
  title: string;
  body?: string | null;
  user: RestUser;
  author_association?: string;
  state: string;
  draft?: boolean;
  locked: boolean;
  labels: readonly RestLabel[];
  assignees?: readonly RestUser[] | null;
  created_at: string;
  updated_at: string;
  head?: { sha: string };
  base?: { ref: string };
};

export function actorOf(user: RestUser): Actor {
  if (!user) return ghost;
  const type = user.type === 'Bot' || user.type === 'Organization' ? user.type : 'User';
  return { login: user.login, id: user.id, type };
}

export function itemOf(item: RestItem): ItemSnapshot {
  return {
    title: item.title,
    body: item.body ?? '',
    author: actorOf(item.user),
    association: associationOf(item.author_association),
    state: item.state === 'closed' ? 'closed' : 'open',
    draft: item.draft ?? false,
    locked: item.locked,
    labels: item.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    assignees: (item.assignees ?? []).flatMap((user) => (user ? [user.login] : [])),
    createdAt: item.created_at,
    updatedAt: item.updated_at,
    ...(item.head ? { headSha: item.head.sha } : {}),
    ...(item.base ? { baseRef: item.base.ref } : {}),
  };
}

export type RestComment = {
  id: number;
  node_id: string;
  body?: string | null;
  user: RestUser;
  author_association?: string;
  created_at: string;
  updated_at: string;
  performed_via_github_app?: { id: number } | null;
};

/**
 * True for what this App wrote: its bot account is the author (GitHub reserves `[bot]` logins, nobody else can have one) and no other
 * App is named. Text alone proves nothing.
 */
export function isOurs(author: Actor, viaApp: { id: number } | null | undefined, app: AppIdentity): boolean {
  return author.type === 'Bot' && author.login === app.login && (!viaApp || viaApp.id === app.id);
}

export function commentOf(comment: RestComment, app: AppIdentity, minimized: boolean): CommentSnapshot {
  const author = actorOf(comment.user);
  return {
    id: comment.id,
    nodeId: comment.node_id,
    body: comment.body ?? '',
    author,
    association: associationOf(comment.author_association),
    createdAt: comment.created_at,
    updatedAt: comment.updated_at,
    minimized,
    ours: isOurs(author, comment.performed_via_github_app, app),
  };
}

export type GraphAuthor = { __typename: string; login: string; databaseId?: number | null } | null;

/** GraphQL leaves `[bot]` off a bot's login; the snapshot has it, as REST does. */
export function graphActorOf(author: GraphAuthor): Actor {
  if (!author) return ghost;
  const id = author.databaseId ?? 0;
  if (author.__typename === 'Bot')
    return { login: author.login.endsWith('[bot]') ? author.login : `${author.login}[bot]`, id, type: 'Bot' };
  return { login: author.login, id, type: author.__typename === 'Organization' ? 'Organization' : 'User' };
}

export function associationOf(association: string | undefined): Association {
  return associations.has(association ?? '') ? (association as Association) : 'NONE';
}

const associations: ReadonlySet<string> = new Set(ASSOCIATIONS);
