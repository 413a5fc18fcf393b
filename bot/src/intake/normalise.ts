import type { z } from 'zod';
import { toRfc3339 } from '../clock.ts';
import type { BotEvent, PayloadComment, PayloadItem } from '../event.ts';
import type { ItemKind, RepositoryRef } from '../item.ts';
import type { NewDelivery } from '../store/port.ts';
import * as payload from './payload.ts';

/** A payload without the fields that its event always has. Trying again cannot help. */
export class PayloadError extends Error {
  readonly code = 'MALFORMED_PAYLOAD';
  constructor(message: string) {
    super(message);
    this.name = 'PayloadError';
  }
}

type Details = Partial<BotEvent> & { occurredAt?: string | undefined };
type Read = (body: unknown, common: Common, event: string) => Details;
type Common = { envelope: payload.Envelope; repository: RepositoryRef | undefined; event: string };

/** The events that somebody reads, each with the part of its payload that is special to it. */
const READERS: Readonly<Record<string, Read>> = {
  issues: (body, common) => itemDetails(body, common, 'issue'),
  pull_request: (body, common) => itemDetails(body, common, 'pull_request'),
  discussion: (body, common) => itemDetails(body, common, 'discussion'),
  issue_comment: (body, common) => commentDetails(body, common, 'issue'),
  discussion_comment: (body, common) => commentDetails(body, common, 'discussion'),
  pull_request_review_comment: (body, common) => commentDetails(body, common, 'pull_request'),
  pull_request_review: reviewDetails,
  push: pushDetails,
  label: (_body, { envelope }) => {
    const previousName = envelope.changes?.name?.from;
    return envelope.label ? { label: { name: envelope.label.name, ...(previousName ? { previousName } : {}) } } : {};
  },
  repository: (_body, { repository }) => (repository ? { repositories: [repository] } : {}),
  installation: installationDetails,
  installation_repositories: installationDetails,
};

/** Names of the webhook events (`X-GitHub-Event`) that become a `BotEvent`; deliveries of others are stored and end there. */
export const READ_EVENTS: readonly string[] = Object.keys(READERS);

/**
 * One stored delivery in the bot's own words; undefined when nobody reads its event. An action that is not known yet still becomes an
 * event. Throws `PayloadError` naming event and field when the payload lacks what its event always has.
 */
export function normalise(delivery: Pick<NewDelivery, 'guid' | 'event' | 'source' | 'payload' | 'receivedAtMs'>): BotEvent | undefined {
  if (delivery.source === 'schedule') return parse(payload.ScheduledEvent, delivery.payload, delivery.event) as BotEvent;
  if (!Object.hasOwn(READERS, delivery.event)) return undefined;
  const read = READERS[delivery.event];
  const envelope = parse(payload.Envelope, delivery.payload, delivery.event);
  const repository = envelope.repository ? repositoryRef(envelope.repository, envelope) : undefined;
  const { occurredAt, ...details } = read?.(delivery.payload, { envelope, repository, event: delivery.event }, delivery.event) ?? {};
  return {
    guid: delivery.guid,
    name: envelope.action === undefined ? delivery.event : `${delivery.event}.${envelope.action}`,
    at: instant(occurredAt) ?? toRfc3339(delivery.receivedAtMs),
    actor: envelope.sender,
    ...(envelope.installation ? { installationId: envelope.installation.id } : {}),
    ...(repository ? { repository } : {}),
    ...details,
  };
}

function itemDetails(body: unknown, common: Common, kind: ItemKind): Details {
  const { envelope } = common;
  const read = readItem(body, common, kind);
  const reviewer = envelope.requested_reviewer?.login ?? (envelope.requested_team ? `team/${envelope.requested_team.slug}` : undefined);
  return {
    ...read.details,
    ...(envelope.label ? { label: { name: envelope.label.name } } : {}),
    ...(envelope.assignee ? { assignee: envelope.assignee.login } : {}),
    ...(reviewer === undefined ? {} : { requestedReviewer: reviewer }),
    occurredAt: occurredAt(envelope.action, read.item),
  };
}

function commentDetails(body: unknown, common: Common, kind: ItemKind): Details {
  const { comment } = parse(CommentBody, body, common.event);
  const previousBody = common.envelope.changes?.body?.from;
  const read: PayloadComment = {
    id: comment.id,
    nodeId: comment.node_id,
    body: comment.body,
    author: comment.user,
    association: comment.author_association,
    createdAt: comment.created_at,
    ...(previousBody === undefined ? {} : { previousBody }),
    ...(comment.performed_via_github_app ? { viaAppId: comment.performed_via_github_app.id } : {}),
  };
  const { action } = common.envelope;
  const occurredAt = action === 'created' ? comment.created_at : action === 'edited' ? comment.updated_at : undefined;
  return { ...readItem(body, common, kind, { ignoreChanges: true }).details, comment: read, occurredAt };
}

function reviewDetails(body: unknown, common: Common): Details {
  const { review } = parse(ReviewBody, body, common.event);
  const { action } = common.envelope;
  return {
    ...readItem(body, common, 'pull_request', { ignoreChanges: true }).details,
    review: { id: review.id, state: reviewState(review.state), author: review.user, body: review.body },
    occurredAt: action === 'submitted' ? (review.submitted_at ?? undefined) : undefined,
  };
}

function pushDetails(body: unknown, { envelope, event }: Common): Details {
  const push = parse(payload.Push, body, event);
  const paths = new Set(push.commits.flatMap((commit) => [...commit.added, ...commit.removed, ...commit.modified]));
  const pushedAt = envelope.repository?.pushed_at;
  return {
    push: { ref: push.ref, headSha: push.after, paths: [...paths], defaultBranch: envelope.repository?.default_branch ?? '' },
    occurredAt: typeof pushedAt === 'number' ? toRfc3339(pushedAt * 1000) : (pushedAt ?? undefined),
  };
}

function installationDetails(_body: unknown, { envelope }: Common): Details {
  const listed =
    envelope.action === 'removed' ? envelope.repositories_removed : (envelope.repositories_added ?? envelope.repositories ?? []);
  const installationId = envelope.installation?.id ?? 0;
  const repositories = (listed ?? []).map((listedRepository) => ({
    installationId,
    repositoryId: listedRepository.id,
    owner: listedRepository.full_name.split('/', 1)[0] ?? '',
    name: listedRepository.name,
    private: listedRepository.private,
  }));
  return { repositories };
}

function readItem(
  body: unknown,
  { envelope, repository, event }: Common,
  kind: ItemKind,
  options?: { ignoreChanges: true },
): { item: payload.Item; details: Pick<BotEvent, 'item' | 'snapshot'> } {
  if (!repository) throw new PayloadError(`${event} payload: repository is missing`);
  const raw = field(body, kind);
  const item = parse(SCHEMAS[kind], raw, `${event} ${kind}`);
  const isPullRequest = kind === 'pull_request' || ('pull_request' in item && Boolean(item.pull_request));
  const changes = options ? undefined : envelope.changes;
  const snapshot: PayloadItem = {
    title: item.title,
    body: item.body,
    author: item.user,
    association: item.author_association,
    state: item.state === 'closed' ? 'closed' : 'open',
    draft: item.draft ?? false,
    labels: (item.labels ?? []).map((label) => label.name),
    createdAt: item.created_at,
    updatedAt: item.updated_at,
    ...('head' in item && item.head ? { headSha: item.head.sha } : {}),
    ...(changes?.title ? { previousTitle: changes.title.from } : {}),
    ...(changes?.body ? { previousBody: changes.body.from } : {}),
  };
  const ref = { repository, kind: isPullRequest ? ('pull_request' as const) : kind, number: item.number, nodeId: item.node_id };
  return { item, details: { item: ref, snapshot } };
}

const SCHEMAS = { issue: payload.Issue, pull_request: payload.PullRequest, discussion: payload.Discussion };
const CommentBody = payload.Envelope.pick({ action: true }).extend({ comment: payload.Comment });
const ReviewBody = payload.Envelope.pick({ action: true }).extend({ review: payload.Review });

function occurredAt(action: string | undefined, item: payload.Item): string | undefined {
  if (action === 'opened' || action === 'created') return item.created_at;
  if (action === 'closed') return item.closed_at ?? item.updated_at;
  return item.updated_at;
}

const REVIEW_STATES = ['approved', 'changes_requested', 'commented', 'dismissed', 'pending'] as const;

function reviewState(state: string): (typeof REVIEW_STATES)[number] {
  return REVIEW_STATES.find((known) => known === state) ?? 'commented';
}

function repositoryRef(repository: z.infer<typeof payload.Repository>, envelope: payload.Envelope): RepositoryRef {
  return {
    installationId: envelope.installation?.id ?? 0,
    repositoryId: repository.id,
    owner: repository.owner.login,
    name: repository.name,
    private: repository.private,
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new PayloadError(`${what} payload: ${issue?.path.map(String).join('.') || 'body'}: ${issue?.message ?? 'not as expected'}`);
}

function field(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[key] : undefined;
}

/** A time of GitHub's as RFC 3339 UTC; undefined when it is none. */
function instant(text: string | undefined): string | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : toRfc3339(ms);
}
