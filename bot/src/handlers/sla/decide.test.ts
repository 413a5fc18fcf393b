import { describe, expect, it } from 'vitest';
import type { OpenItem, TimelineEvent } from '../../facts.ts';
import type { ItemKind, RepositoryRef } from '../../item.ts';
import { botEvent, decideInput, history, repository, stored, testKnowledge } from '../../testing/handler-world.ts';
import { sla } from './index.ts';
import { SlaOptions } from './options.ts';

const knowledge = testKnowledge();
/** Wednesday, noon in Berlin. */
const NOW = '2026-03-11T11:00:00Z';

function open(number: number, kind: ItemKind, openedAt: string, title: string, rest: Partial<TimelineEvent>[] = []): OpenItem {
  const actor = { login: 'reporter', id: 11, role: 'author' as const };
  const timeline = [{ type: 'opened' as const, at: openedAt }, ...rest].map((event, seq) => ({
    actor,
    type: 'commented' as const,
    at: openedAt,
    ...event,
    seq,
  }));
  return {
    item: { repository, kind, number, nodeId: `N_${number}` },
    title,
    author: { login: 'reporter', id: 11, type: 'User' },
    draft: false,
    labels: [],
    timeline,
  };
}

const items = [
  open(12, 'issue', '2026-03-02T09:00:00Z', 'Component not ready | @all <b>see</b> #1'),
  open(15, 'pull_request', '2026-03-09T13:00:00Z', 'fix: a `race`'),
  open(20, 'discussion', '2026-03-11T10:00:00Z', 'Fresh question'),
];
type World = {
  options?: unknown;
  openItems?: readonly OpenItem[];
  of?: RepositoryRef;
  repositories?: readonly RepositoryRef[];
  posted?: string;
};
function decide({ options, openItems = items, of = repository, repositories = [], posted }: World = {}) {
  const { item: _, actor: __, ...schedule } = botEvent('schedule.sla-digest');
  const effects =
    posted === undefined ? [] : [stored({ type: 'put-issue', repository: of, slot: posted, title: '', body: '', labels: [] })];
  const event = { ...schedule, repository: of, repositories };
  return sla.decide(
    decideInput(SlaOptions.parse(options ?? {}), { event, knowledge, now: NOW, facts: { openItems, history: history({ effects }) } }),
  );
}
const bodyOf = (world: World): string =>
  decide(world).flatMap(({ effects }) => effects.map((effect) => ('body' in effect ? effect.body : '')))[0] ?? '';

describe('sla', () => {
  it('keeps one issue that lists what is overdue and what is due soon', async () => {
    const [decision] = decide();
    expect(decision).toMatchObject({
      verdict: 'act',
      rule: 'sla/digest',
      because: 'overdue: 2, due within 4h: 1, open items: 3',
    });
    expect(decision?.effects).toEqual([
      expect.objectContaining({ type: 'put-issue', repository, slot: 'sla-digest', title: 'SLA digest', labels: [] }),
    ]);
    await expect(bodyOf({})).toMatchFileSnapshot('golden/digest.md');
  });

  it('names nobody and mentions no item', () => {
    const body = bodyOf({}).replaceAll(/`[^`]*`/g, '');
    expect(body).not.toMatch(/@\w|#\d/);
    expect(body).not.toContain('reporter');
  });

  it('cuts a long list and says how much is left', () => {
    expect(bodyOf({ options: { maxRows: 1 } })).toContain('… and 1 more.');
  });

  it('stays silent while every promise is kept', () => {
    expect(decide({ openItems: items.slice(2) })).toEqual([
      expect.objectContaining({ verdict: 'abstain', effects: [], because: 'every promise is kept and none is due soon' }),
    ]);
  });

  it('clears an issue that it wrote before', async () => {
    await expect(bodyOf({ openItems: items.slice(2), posted: 'sla-digest' })).toMatchFileSnapshot('golden/all-clear.md');
  });

  it('collects digests in an agenda repository, one slot for each repository', () => {
    const agenda = { ...repository, repositoryId: 77, name: 'community' };
    const [decision] = decide({ options: { agenda: 'Acme/Community' }, repositories: [agenda] });
    expect(decision?.effects).toEqual([
      expect.objectContaining({ repository: agenda, slot: 'sla-digest-2', title: 'SLA digest: acme/app' }),
    ]);
  });

  it.each<[string, World, string]>([
    ['does not write to a repository it is not installed on', { options: { agenda: 'acme/elsewhere' } }, 'not installed'],
    [
      'does not show private titles in public',
      {
        options: { agenda: 'acme/community' },
        of: { ...repository, private: true },
        repositories: [{ ...repository, repositoryId: 77, name: 'community' }],
      },
      'private repository',
    ],
  ])('%s', (_, world, because) => {
    expect(decide(world)).toEqual([
      expect.objectContaining({ verdict: 'abstain', effects: [], because: expect.stringContaining(because) }),
    ]);
  });
});
