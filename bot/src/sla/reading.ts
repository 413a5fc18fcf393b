import type { TimelineEvent } from '../facts.ts';
import type { PauseReason } from './clock.ts';
import { labelMatches, type SlaPolicy, type SlaTarget } from './policy.ts';
import type { Signal } from './stopwatch.ts';

/** What each event, in order, means for one clock. Remembers which labels are set, so each clock needs a reading of its own. */
export type Reading = (event: TimelineEvent) => readonly Signal[];

const SWITCHES: Partial<Record<TimelineEvent['type'], { do: 'pause' | 'resume'; reason: PauseReason }>> = {
  hold: { do: 'pause', reason: 'hold' },
  'hold-released': { do: 'resume', reason: 'hold' },
  'sla-paused': { do: 'pause', reason: 'sla-paused' },
  'sla-resumed': { do: 'resume', reason: 'sla-paused' },
  'converted-to-draft': { do: 'pause', reason: 'draft' },
  'ready-for-review': { do: 'resume', reason: 'draft' },
};

const AUTHOR_ACTS: readonly TimelineEvent['type'][] = ['commented', 'edited', 'reviewed', 'synchronized'];
const RESPONSES: readonly TimelineEvent['type'][] = ['commented', 'reviewed', 'answered'];

export function createReading(policy: SlaPolicy, target: SlaTarget): Reading {
  const waiting = labelSwitch(policy.waitingLabels);
  const blocked = labelSwitch(policy.blockedLabels);
  return (event) => {
    const asked = askedOf(event, waiting(event));
    return [
      ...(target === 'author-reply' ? authorReply(asked) : promised(target, event, policy, asked)),
      ...pausesOf(event, blocked(event)).filter((signal) => target !== 'author-reply' || signal.reason !== 'draft'),
      ...lifecycle(event),
    ];
  };
}

type Asked = 'asked' | 'answered' | 'withdrawn' | undefined;

/** Whether the event puts the author's turn on, or takes it off. */
function askedOf(event: TimelineEvent, label: 'on' | 'off' | undefined): Asked {
  if (event.actor.role === 'author' && AUTHOR_ACTS.includes(event.type)) return 'answered';
  if (label === 'on') return 'asked';
  if (label === 'off') return 'withdrawn';
  if (event.type !== 'reviewed' || event.actor.role !== 'maintainer') return undefined;
  if (event.review === 'changes_requested') return 'asked';
  return event.review === 'approved' ? 'withdrawn' : undefined;
}

function authorReply(asked: Asked): readonly Signal[] {
  if (asked === 'asked') return [{ do: 'restart', because: 'the author was asked' }];
  if (asked === 'answered') return [{ do: 'meet', because: 'the author answered' }];
  return asked === 'withdrawn' ? [{ do: 'cancel', because: 'nothing is asked of the author any more' }] : [];
}

function promised(target: SlaTarget, event: TimelineEvent, policy: SlaPolicy, asked: Asked): readonly Signal[] {
  const signals: Signal[] = [];
  if (event.type === 'opened' && event.actor.role !== 'bot') signals.push({ do: 'start', because: 'opened' });
  if (event.actor.role === 'maintainer' && keeps(target, event, policy))
    signals.push({ do: 'meet', because: `${event.type} by a maintainer` });
  if (asked === 'asked') signals.push({ do: 'pause', reason: 'waiting-for-author' });
  else if (asked !== undefined) signals.push({ do: 'resume', reason: 'waiting-for-author' });
  return signals;
}

function keeps(target: SlaTarget, event: TimelineEvent, policy: SlaPolicy): boolean {
  if (target === 'first-review') return event.type === 'reviewed';
  if (event.type === 'closed') return true;
  if (target === 'first-response') return RESPONSES.includes(event.type);
  return event.type === 'labeled' && event.label !== undefined && labelMatches(event.label, policy.triageLabels);
}

function pausesOf(event: TimelineEvent, blocked: 'on' | 'off' | undefined): readonly { do: 'pause' | 'resume'; reason: PauseReason }[] {
  const toggled = SWITCHES[event.type];
  if (toggled) return [toggled];
  if (event.type === 'opened' && event.draft) return [{ do: 'pause', reason: 'draft' }];
  if (blocked === undefined) return [];
  return [{ do: blocked === 'on' ? 'pause' : 'resume', reason: 'blocked' }];
}

function lifecycle(event: TimelineEvent): readonly Signal[] {
  if (event.type === 'closed')
    return [{ do: 'close', because: `closed by ${event.actor.role === 'author' ? 'its author' : `a ${event.actor.role}`}` }];
  if (event.type === 'transferred') return [{ do: 'close', because: 'moved to another repository' }];
  return event.type === 'reopened' ? [{ do: 'reopen' }] : [];
}

/** Turns on with the first such label and off with the last: two blocking labels are one pause. */
function labelSwitch(patterns: readonly string[]): (event: TimelineEvent) => 'on' | 'off' | undefined {
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
