import type { TimelineEvent } from '../facts.ts';
import type { ItemKind } from '../item.ts';
import { labelMatches, type PolicyPause, type PolicyTarget, type SlaPolicy } from './policy.ts';
import type { Signal } from './stopwatch.ts';

/** What each event, in order, means for one clock. Remembers which labels are set, so each clock needs a reading of its own. */
export type Reading = (event: TimelineEvent) => readonly Signal[];

type Type = TimelineEvent['type'];
type Turn = 'on' | 'off' | undefined;

/** Reason shown when a review, rather than a label, asks the author. */
const ASKED = 'waiting-for-author';
const AUTHOR_ACTS: readonly Type[] = ['commented', 'edited', 'reviewed', 'synchronized'];
const RESPONSES: readonly Type[] = ['commented', 'reviewed', 'answered'];
const SWITCHES: Record<'draft' | 'hold' | 'sla-paused', { on: Type; off: Type }> = {
  draft: { on: 'converted-to-draft', off: 'ready-for-review' },
  hold: { on: 'hold', off: 'hold-released' },
  'sla-paused': { on: 'sla-paused', off: 'sla-resumed' },
};

export function createReading(policy: SlaPolicy, target: PolicyTarget, kind: ItemKind): Reading {
  const pauses = policy.pauses.filter((pause) => pause.kinds.includes(kind));
  const asks = pauses.filter((pause) => typeof pause.signal === 'object' && sparesReply(pause, policy));
  const asked = labelSwitch(asks.flatMap((pause) => (typeof pause.signal === 'object' ? [pause.signal.label] : [])));
  const standing = pauses.filter((pause) => !asks.includes(pause) && !pause.except.includes(target.id)).map(createPause);
  return (event) => {
    const turn = turnOf(event, asked(event));
    return [
      ...(target.starts === 'author-asked' ? authorReply(turn) : promised(target, event, turn)),
      ...standing.flatMap((pause) => pause(event)),
      ...lifecycle(event),
    ];
  };
}

function sparesReply(pause: PolicyPause, policy: SlaPolicy): boolean {
  return policy.targets.some((target) => target.starts === 'author-asked' && pause.except.includes(target.id));
}

type AuthorTurn = 'asked' | 'answered' | 'withdrawn' | undefined;

/** Whether the event puts it on the author to act, or takes that off. */
function turnOf(event: TimelineEvent, label: Turn): AuthorTurn {
  if (event.actor.role === 'author' && AUTHOR_ACTS.includes(event.type)) return 'answered';
  if (label !== undefined) return label === 'on' ? 'asked' : 'withdrawn';
  if (event.type !== 'reviewed' || event.actor.role !== 'maintainer') return undefined;
  if (event.review === 'changes_requested') return 'asked';
  return event.review === 'approved' ? 'withdrawn' : undefined;
}

function authorReply(turn: AuthorTurn): readonly Signal[] {
  if (turn === 'asked') return [{ do: 'restart', because: 'the author was asked' }];
  if (turn === 'answered') return [{ do: 'meet', because: 'the author answered' }];
  return turn === 'withdrawn' ? [{ do: 'cancel', because: 'nothing is asked of the author any more' }] : [];
}

function promised(target: PolicyTarget, event: TimelineEvent, turn: AuthorTurn): readonly Signal[] {
  const signals: Signal[] = [];
  if (starts(target, event)) signals.push({ do: 'start', because: event.type === 'opened' ? 'opened' : 'ready for review' });
  if (keeps(target, event)) signals.push({ do: 'meet', because: `${event.type} by a maintainer` });
  if (turn === 'asked') signals.push({ do: 'pause', reason: ASKED });
  else if (turn !== undefined) signals.push({ do: 'resume', reason: ASKED });
  return signals;
}

function starts(target: PolicyTarget, event: TimelineEvent): boolean {
  if (event.actor.role === 'bot') return false; // nobody waits for an answer
  if (event.type === 'opened') return target.starts === 'opened' || !event.draft;
  return target.starts === 'ready-for-review' && event.type === 'ready-for-review';
}

function keeps(target: PolicyTarget, event: TimelineEvent): boolean {
  if (event.actor.role !== 'maintainer') return false;
  if (target.stops === 'review') return event.type === 'reviewed';
  if (event.type === 'closed') return true;
  if (target.stops === 'comment') return RESPONSES.includes(event.type);
  return event.type === 'labeled' && event.label !== undefined && labelMatches(event.label, target.stopLabels);
}

function createPause(pause: PolicyPause): Reading {
  const turn = typeof pause.signal === 'object' ? labelSwitch([pause.signal.label]) : eventSwitch(pause.signal);
  return (event) => {
    const turned = turn(event);
    return turned === undefined ? [] : [{ do: turned === 'on' ? 'pause' : 'resume', reason: pause.id }];
  };
}

function eventSwitch(signal: keyof typeof SWITCHES): (event: TimelineEvent) => Turn {
  const { on, off } = SWITCHES[signal];
  return (event) => {
    if (event.type === on || (signal === 'draft' && event.type === 'opened' && event.draft)) return 'on';
    return event.type === off ? 'off' : undefined;
  };
}

/** Turns on with the first such label and off with the last: two labels of one kind are one pause. */
function labelSwitch(patterns: readonly string[]): (event: TimelineEvent) => Turn {
  const set = new Set<string>();
  return (event) => {
    const label = event.label?.toLowerCase();
    if (label === undefined || !labelMatches(label, patterns)) return undefined;
    if (event.type === 'labeled') {
      set.add(label);
      return 'on';
    }
    if (event.type !== 'unlabeled') return undefined;
    return set.delete(label) && set.size === 0 ? 'off' : undefined;
  };
}

function lifecycle(event: TimelineEvent): readonly Signal[] {
  if (event.type === 'closed')
    return [{ do: 'close', because: `closed by ${event.actor.role === 'author' ? 'its author' : `a ${event.actor.role}`}` }];
  if (event.type === 'transferred') return [{ do: 'close', because: 'moved to another repository' }];
  return event.type === 'reopened' ? [{ do: 'reopen' }] : [];
}
