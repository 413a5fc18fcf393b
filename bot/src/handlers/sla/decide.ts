import { parseDuration } from '@sig-runtime/playbooks/catalog';
import type { Decision } from '../../decision.ts';
import type { DecideInput } from '../../handler.ts';
import { fullName, type RepositoryRef } from '../../item.ts';
import type { BusinessCalendar } from '../../sla/calendar.ts';
import { digestOf } from '../../sla/digest.ts';
import { calendarOf, policyOf } from '../../sla/from-catalog.ts';
import type { SlaOptions } from './options.ts';
import { renderDigest } from './render.ts';

type Input = DecideInput<SlaOptions>;

/** One issue that lists what is late; nothing is said on the items themselves. */
export function decideSla(input: Input): readonly Decision[] {
  const { event, facts, options, knowledge } = input;
  const repository = event.repository;
  if (!repository || !facts.openItems) return [];
  const calendar = calendarOf(knowledge.catalog.calendar);
  const policy = policyOf(knowledge.catalog.sla, calendar);
  const digest = digestOf({ items: facts.openItems, policy, calendar, now: input.now, soonMs: workingMs(options.dueWithin, calendar) });
  const because = `overdue: ${digest.breached.length}, due within ${options.dueWithin}: ${digest.dueSoon.length}, open items: ${digest.openItems}`;
  const place = placeOf(repository, input);
  if ('refused' in place) return [decision('abstain', 'sla/agenda', `${because}; ${place.refused}`)];
  const quiet = digest.breached.length === 0 && digest.dueSoon.length === 0;
  if (quiet && !hasPosted(input, place.slot)) return [decision('abstain', 'sla/digest', 'every promise is kept and none is due soon')];
  const body = renderDigest(digest, { of: repository, proposed: knowledge.catalog.sla.status === 'proposed', options });
  return [
    {
      ...decision('act', 'sla/digest', because),
      effects: [
        {
          type: 'put-issue',
          repository: place.repository,
          slot: place.slot,
          title: titleOf(repository, input),
          body,
          labels: options.labels,
        },
      ],
    },
  ];
}

type Place = { repository: RepositoryRef; slot: string } | { refused: string };

/** The repository that gets the issue, and the slot in it: an agenda holds one digest for each repository it collects. */
function placeOf(repository: RepositoryRef, { options, event }: Input): Place {
  const wanted = options.agenda?.toLowerCase();
  if (wanted === undefined || wanted === fullName(repository).toLowerCase()) return { repository, slot: 'sla-digest' };
  const agenda = event.repositories?.find((known) => fullName(known).toLowerCase() === wanted);
  if (!agenda) return { refused: `the App is not installed on the agenda repository ${options.agenda}` };
  if (repository.private && !agenda.private)
    return { refused: `titles of a private repository are not shown in the public ${options.agenda}` };
  return { repository: agenda, slot: `sla-digest-${repository.repositoryId}` };
}

function titleOf(repository: RepositoryRef, { options }: Input): string {
  return options.agenda === undefined ? options.title : `${options.title}: ${fullName(repository)}`;
}

function hasPosted({ facts }: Input, slot: string): boolean {
  return (facts.history?.effects ?? []).some(
    ({ effect, state }) => effect.type === 'put-issue' && effect.slot === slot && state === 'done',
  );
}

function workingMs(text: string, calendar: BusinessCalendar): number {
  const duration = parseDuration(text);
  return duration.kind === 'business' ? duration.days * calendar.businessDayMs : duration.ms;
}

function decision(verdict: Decision['verdict'], rule: string, because: string): Decision {
  return { handler: 'sla', rule, verdict, because, evidence: [], effects: [] };
}
