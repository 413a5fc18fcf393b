import type { Playbook } from '@sig-runtime/playbooks';
import { z } from 'zod';

const Issue = z.strictObject({ title: z.string().min(5), body: z.string() });
const PullRequest = Issue.extend({ files: z.array(z.string().min(1)).min(1), draft: z.boolean().default(false) });

/** Shape of `week.yaml`. */
export const WeekItems = z.strictObject({
  repository: z.strictObject({ owner: z.string(), name: z.string() }),
  maintainers: z.array(z.string()).min(2),
  reporters: z.array(z.string()).min(2),
  /** Automation that puts whole label sets, and so wipes what others added. */
  sizeLabeler: z.string(),
  issues: z.array(Issue).min(1),
  pullRequests: z.array(PullRequest).min(1),
  discussions: z.array(Issue).min(1),
});
export type WeekItems = z.infer<typeof WeekItems>;

/** One thing a person (or another bot) does on GitHub. `item` is the index of the opening step it belongs to. */
export type Act =
  | { type: 'open-issue' | 'open-discussion'; title: string; body: string }
  | { type: 'open-pull-request'; title: string; body: string; files: readonly string[]; draft: boolean }
  | { type: 'comment' | 'edit'; item: number; body: string }
  | { type: 'label' | 'unlabel'; item: number; label: string }
  | { type: 'set-labels'; item: number; labels: readonly string[] }
  | { type: 'review'; item: number; state: 'APPROVE' | 'COMMENT' }
  | { type: 'ready' | 'close'; item: number };
export type Step = { at: string; as: string; act: Act };

type Opening = Extract<Act, { type: `open-${string}` }>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Monday of the replayed week, 08:00 in UTC; items are opened through five days of ten hours. */
const MONDAY_MS = Date.parse('2026-09-07T08:00:00Z');
const OPENING_HOURS = 10;
const DAYS = 5;
/** When the replay ends: the Wednesday after, so that the slower clocks have run out. */
export const WEEK_ENDS = '2026-09-16T12:00:00Z';

const EVIDENCE_HEADING = '#### Logs and conditions';

/** What people fill in when the bug template asks them, with the pasted evidence in the place for logs. */
function report(playbook: Playbook, evidence: string): Opening {
  const body = [
    '#### What happened',
    `Since this morning: ${playbook.title.toLowerCase()}.`,
    '<!-- ocm-controllers, kubernetes resource manifests, kubernetes/kro/flux version -->',
    EVIDENCE_HEADING,
    '```text',
    evidence.trimEnd(),
    '```',
    '#### Environment',
    'OCM controller v0.12.0, Kubernetes v1.35.2, kro 0.9.2, Flux v2.8.1',
  ];
  return { type: 'open-issue', title: playbook.title, body: body.join('\n') };
}

/** Everything that is opened, pull requests and discussions spread between the issues. */
export function openings(items: WeekItems, playbooks: readonly { playbook: Playbook; evidence: string }[]): readonly Opening[] {
  const known = playbooks.map(({ playbook, evidence }) => report(playbook, evidence));
  const issues = items.issues.map((issue): Opening => ({ type: 'open-issue', ...issue }));
  const pullRequests = items.pullRequests.map((pull): Opening => ({ type: 'open-pull-request', ...pull }));
  const discussions = items.discussions.map((discussion): Opening => ({ type: 'open-discussion', ...discussion }));
  const kinds = [known, issues, pullRequests, discussions];
  return kinds
    .flatMap((list) => list.map((opening, index) => ({ opening, place: (index + 0.5) / list.length })))
    .sort((a, b) => a.place - b.place)
    .map(({ opening }) => opening);
}

/**
 * The whole week in order of time: openings, then what follows each of them. Pure; the same input always gives the same week.
 * Some items are answered in time, some late, some never; people use commands, quote them, remove a label, edit and close.
 */
export function week(items: WeekItems, opened: readonly Opening[]): readonly Step[] {
  const gapMs = (OPENING_HOURS * DAYS * HOUR_MS) / opened.length;
  const at = (index: number): number => {
    const elapsed = index * gapMs;
    const day = Math.floor(elapsed / (OPENING_HOURS * HOUR_MS));
    return MONDAY_MS + day * DAY_MS + (elapsed % (OPENING_HOURS * HOUR_MS));
  };
  const steps = opened.flatMap((opening, item) => {
    const author = pick(items.reporters, item);
    const start = at(item);
    const first: Step = { at: iso(start), as: author, act: opening };
    return [first, ...followUps(opening, item, author, items).map(({ afterMs, ...step }) => ({ at: iso(start + afterMs), ...step }))];
  });
  return steps.sort((a, b) => a.at.localeCompare(b.at)).filter((step) => step.at < WEEK_ENDS);
}

type FollowUp = { afterMs: number; as: string; act: Act };

function followUps(opening: Opening, item: number, author: string, items: WeekItems): readonly FollowUp[] {
  const maintainer = pick(items.maintainers, item);
  const comment = (afterMs: number, as: string, body: string): FollowUp => ({ afterMs, as, act: { type: 'comment', item, body } });
  if (opening.type === 'open-pull-request') {
    const sized: FollowUp = { afterMs: 20_000, as: items.sizeLabeler, act: { type: 'set-labels', item, labels: ['size/s'] } };
    const ready: FollowUp[] = opening.draft ? [{ afterMs: 5 * HOUR_MS, as: author, act: { type: 'ready', item } }] : [];
    const review: FollowUp[] =
      item % 3 === 0 ? [] : [{ afterMs: 20 * HOUR_MS, as: maintainer, act: { type: 'review', item, state: 'APPROVE' } }];
    return [sized, ...ready, ...review];
  }
  if (opening.type === 'open-discussion')
    return [comment(6 * HOUR_MS, maintainer, 'Thank you for asking. A manifest is enough; neither is needed for that.')];
  return ISSUE_STORIES[item % ISSUE_STORIES.length]?.({ item, author, maintainer, opening, comment }) ?? [];
}

type Story = (cast: {
  item: number;
  author: string;
  maintainer: string;
  opening: Opening;
  comment: (afterMs: number, as: string, body: string) => FollowUp;
}) => readonly FollowUp[];

const ISSUE_STORIES: readonly Story[] = [
  ({ maintainer, comment }) => [comment(3 * HOUR_MS, maintainer, 'I can reproduce this.\n\n/triage accepted\n/priority high')],
  () => [],
  ({ item, author, maintainer, comment }) => [
    comment(2 * HOUR_MS, maintainer, 'Which version of the controller is it?\n\n/triage needs-info'),
    comment(26 * HOUR_MS, author, 'It is v0.12.0 on every cluster.'),
    { afterMs: 50 * HOUR_MS, as: maintainer, act: { type: 'close', item } },
  ],
  ({ author, maintainer, comment }) => [
    comment(4 * HOUR_MS, author, '> /triage accepted\n\nCould somebody do that, please?'),
    comment(30 * HOUR_MS, maintainer, '/sig why'),
  ],
  ({ item, author, opening }) => [
    { afterMs: HOUR_MS, as: author, act: { type: 'edit', item, body: `${opening.body}\n\nStill the same after a restart.` } },
  ],
  ({ item, maintainer, comment }) => [
    comment(5 * HOUR_MS, maintainer, 'Looking into it.\n\n/assign'),
    { afterMs: 70 * HOUR_MS, as: maintainer, act: { type: 'close', item } },
  ],
  // A maintainer takes the label off what the evidence made ours; an edit does not bring it back.
  ({ item, author, maintainer, opening }) =>
    opening.body.includes(EVIDENCE_HEADING)
      ? [
          { afterMs: 6 * HOUR_MS, as: maintainer, act: { type: 'unlabel', item, label: 'sig/runtime' } },
          { afterMs: 8 * HOUR_MS, as: author, act: { type: 'edit', item, body: `${opening.body}\n\nIt happens on one cluster only.` } },
        ]
      : [],
];

const pick = <T>(list: readonly [T, ...T[]] | readonly T[], index: number): T => {
  const value = list[index % list.length];
  if (value === undefined) throw new RangeError('the list is empty');
  return value;
};

const iso = (ms: number): string => `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
