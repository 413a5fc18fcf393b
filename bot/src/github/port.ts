import type { CommentSnapshot, ItemSnapshot, Permission } from '../facts.ts';
import type { ItemKind, ItemRef, RepositoryRef } from '../item.ts';

export type GitHubErrorCode = 'NOT_FOUND' | 'FORBIDDEN' | 'RATE_LIMITED' | 'VALIDATION' | 'UNAUTHORIZED' | 'UNAVAILABLE';

/** Failures of GitHub or of the App's key as a whole: they say nothing about the call, and pass when the outage ends or the key is mended. */
export const PASSING: ReadonlySet<GitHubErrorCode> = new Set(['UNAVAILABLE', 'UNAUTHORIZED']);

/**
 * A call that failed. `UNAVAILABLE` (5xx, network, time-out) may have been carried out all the same: look for its marker before repeating it.
 * `RATE_LIMITED` carries `retryAfterMs`. `FORBIDDEN` names the missing permission where GitHub tells it.
 */
export class GitHubError extends Error {
  readonly code: GitHubErrorCode;
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  constructor(code: GitHubErrorCode, message: string, options: { status: number; retryAfterMs?: number; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'GitHubError';
    this.code = code;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}

export type CreatedComment = { id: number; nodeId: string; url: string };

/** GitHub as one installation sees it. Reads are conditional (ETag) where possible; nothing here retries. */
export interface GitHub {
  getItem(item: ItemRef): Promise<ItemSnapshot>;
  listFiles(item: ItemRef): Promise<{ paths: readonly string[]; complete: boolean }>;
  listComments(item: ItemRef): Promise<readonly CommentSnapshot[]>;
  listLabels(repository: RepositoryRef): Promise<readonly string[]>;
  permissionOf(repository: RepositoryRef, login: string): Promise<Permission>;
  /** Logins of the members of a team, those of child teams included. NOT_FOUND when the App may not see the team. */
  listTeamMembers(organisation: string, team: string): Promise<readonly string[]>;
  /** Undefined when the file does not exist. `ref` absent: the default branch. */
  readFile(repository: RepositoryRef, path: string, ref?: string): Promise<{ text: string; sha: string } | undefined>;
  /** Issues and pull requests changed at or after `since` (RFC 3339), oldest first. */
  listChangedItems(
    repository: RepositoryRef,
    since: string,
  ): Promise<readonly { kind: ItemKind; number: number; nodeId: string; snapshot: ItemSnapshot }[]>;

  addLabel(item: ItemRef, label: string): Promise<void>;
  removeLabel(item: ItemRef, label: string): Promise<void>;
  createLabel(repository: RepositoryRef, label: { name: string; color: string; description: string }): Promise<void>;
  createComment(item: ItemRef, body: string): Promise<CreatedComment>;
  updateComment(item: ItemRef, comment: { id: number; nodeId: string }, body: string): Promise<void>;
  deleteComment(item: ItemRef, comment: { id: number; nodeId: string }): Promise<void>;
  minimizeComment(commentNodeId: string, reason: 'OUTDATED' | 'RESOLVED' | 'OFF_TOPIC'): Promise<void>;
  react(item: ItemRef, commentNodeId: string, content: '+1' | 'confused' | 'eyes'): Promise<void>;
  addAssignees(item: ItemRef, logins: readonly string[]): Promise<void>;
  removeAssignees(item: ItemRef, logins: readonly string[]): Promise<void>;
  /** Open issues of the repository written by this App, newest first: where `put-issue` looks for its marker. */
  listOwnIssues(
    repository: RepositoryRef,
  ): Promise<readonly { number: number; nodeId: string; title: string; body: string; url: string }[]>;
  createIssue(
    repository: RepositoryRef,
    issue: { title: string; body: string; labels: readonly string[] },
  ): Promise<{ number: number; url: string }>;
  updateIssue(repository: RepositoryRef, number: number, issue: { title: string; body: string }): Promise<void>;
  /** Check runs of this App on a commit, by name. */
  findCheck(repository: RepositoryRef, headSha: string, name: string): Promise<{ id: number } | undefined>;
  createCheck(repository: RepositoryRef, check: CheckInput): Promise<{ id: number; url: string }>;
  updateCheck(repository: RepositoryRef, id: number, check: CheckInput): Promise<void>;
}

export type CheckInput = { headSha: string; name: string; conclusion: 'success' | 'failure' | 'neutral'; title: string; summary: string };

/** One delivery as `/app/hook/deliveries` lists it. */
export type DeliverySummary = {
  id: number;
  guid: string;
  deliveredAt: string;
  event: string;
  action: string | null;
  statusCode: number;
  redelivery: boolean;
};

/** GitHub as the App itself (JWT). */
export interface GitHubApp {
  /** Id, slug and the login under which the App's comments appear. */
  identity(): Promise<{ id: number; slug: string; login: string }>;
  installation(installationId: number): Promise<GitHub>;
  listInstallations(): Promise<readonly { id: number; account: string; permissions: Record<string, string> }[]>;
  listRepositories(installationId: number): Promise<readonly RepositoryRef[]>;
  /** Newest first, one page; `cursor` from the previous page. */
  listDeliveries(cursor?: string): Promise<{ deliveries: readonly DeliverySummary[]; next: string | undefined }>;
  getDelivery(id: number): Promise<{ guid: string; event: string; payload: unknown; deliveredAt: string }>;
}
