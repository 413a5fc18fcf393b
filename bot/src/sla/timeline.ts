import type { Decision } from '../decision.ts';
import type { BotEvent } from '../event.ts';
import type { TimelineEvent } from '../facts.ts';
import type { Actor, Association } from '../item.ts';

/** Who counts as a maintainer and who as a bot; logins compare without case. */
export type People = {
  /** Logins from the configuration, teams already resolved to their members. */
  maintainers: readonly string[];
  /** `author_association` values that make a maintainer. */
  associations: readonly Association[];
  /** Bots that GitHub reports as users. */
  bots: readonly string[];
};

export const DEFAULT_ASSOCIATIONS: readonly Association[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

type Entry = Omit<TimelineEvent, 'seq'>;
type Type = TimelineEvent['type'];

const BY_ACTION: Readonly<Record<string, Type>> = {
  opened: 'opened',
  created: 'opened',
  closed: 'closed',
  reopened: 'reopened',
  edited: 'edited',
  labeled: 'labeled',
  unlabeled: 'unlabeled',
  assigned: 'assigned',
  unassigned: 'unassigned',
  ready_for_review: 'ready-for-review',
  converted_to_draft: 'converted-to-draft',
  review_requested: 'review-requested',
  synchronize: 'synchronized',
  transferred: 'transferred',
  deleted: 'closed',
  answered: 'answered',
};

const BY_NAME: Readonly<Record<string, Type>> = {
  'issue_comment.created': 'commented',
  'discussion_comment.created': 'commented',
  'pull_request_review_comment.created': 'commented',
  'pull_request_review.submitted': 'reviewed',
};

/**
 * Timeline entries that one event adds to its item: what GitHub says happened, then what our commands made of it (a hold, an SLA pause,
 * a label set on a maintainer's word, which GitHub reports as set by the bot). Empty for events that no clock listens to.
 */
export function timelineOf(event: BotEvent, people: People, decisions: readonly Decision[] = []): readonly Entry[] {
  if (!event.item || !event.actor) return [];
  const happened = entryOf(event, event.actor, people);
  const commanded = decisions.filter((decision) => decision.handler === 'commands');
  return [...(happened ? [happened] : []), ...commanded.flatMap((decision) => entriesOf(decision, event, people))];
}

function entryOf(event: BotEvent, actor: Actor, people: People): Entry | undefined {
  const [subject = '', action = ''] = event.name.split('.');
  const type = BY_NAME[event.name] ?? (['issues', 'pull_request', 'discussion'].includes(subject) ? BY_ACTION[action] : undefined);
  if (!type) return undefined;
  const review = event.review?.state;
  return {
    at: event.at,
    type,
    actor: { login: actor.login, id: actor.id, role: roleOf(actor, associationOf(event, actor, type), event, people) },
    ...(event.label ? { label: event.label.name } : {}),
    ...(type === 'opened' && event.snapshot ? { draft: event.snapshot.draft } : {}),
    ...(review === 'approved' || review === 'changes_requested' || review === 'commented' ? { review } : {}),
  };
}

function entriesOf(decision: Decision, event: BotEvent, people: People): readonly Entry[] {
  const actor = event.comment?.author ?? event.actor;
  if (!actor) return [];
  const by = { login: actor.login, id: actor.id, role: roleOf(actor, event.comment?.association, event, people) };
  const fromMemos = (decision.memos ?? []).flatMap((memo): Entry[] =>
    memo.type === 'hold' || memo.type === 'hold-released' || memo.type === 'sla-paused' || memo.type === 'sla-resumed'
      ? [{ at: event.at, type: memo.type, actor: by }]
      : [],
  );
  const fromEffects = decision.effects.flatMap((effect): Entry[] => {
    if (effect.type === 'add-label') return [{ at: event.at, type: 'labeled', actor: by, label: effect.label }];
    return effect.type === 'remove-label' ? [{ at: event.at, type: 'unlabeled', actor: by, label: effect.label }] : [];
  });
  return [...fromMemos, ...fromEffects];
}

/** GitHub tells the association of a comment's or review's author only; setting a label or an assignee takes triage rights. */
function associationOf(event: BotEvent, actor: Actor, type: Type): Association | undefined {
  if (event.review) return event.review.association;
  if (event.comment?.author.id === actor.id) return event.comment.association;
  if (event.snapshot?.author.id === actor.id) return event.snapshot.association;
  return ['labeled', 'unlabeled', 'assigned', 'closed', 'reopened', 'review-requested'].includes(type) ? 'COLLABORATOR' : undefined;
}

function roleOf(actor: Actor, association: Association | undefined, event: BotEvent, people: People): Entry['actor']['role'] {
  if (actor.type !== 'User' || actor.login.endsWith('[bot]') || has(people.bots, actor.login)) return 'bot';
  if (event.snapshot?.author.id === actor.id) return 'author';
  if (has(people.maintainers, actor.login)) return 'maintainer';
  return association !== undefined && people.associations.includes(association) ? 'maintainer' : 'contributor';
}

function has(logins: readonly string[], login: string): boolean {
  return logins.some((known) => known.toLowerCase() === login.toLowerCase());
}
