import { describe, expect, it } from 'vitest';
import type { Memo } from '../../decision.ts';
import type { Actor } from '../../item.ts';
import { botEvent, decideInput, history, itemRef, itemSnapshot, stored, testKnowledge } from '../../testing/handler-world.ts';
import { labelGuard } from './index.ts';
import { LabelGuardOptions } from './options.ts';

const knowledge = testKnowledge();
const human: Actor = { login: 'keeper', id: 21, type: 'User' };
const bot: Actor = { login: 'github-actions[bot]', id: 41, type: 'Bot' };
const ourselves: Actor = { login: 'sig-runtime[bot]', id: 99, type: 'Bot' };
const added = stored({ type: 'add-label', item: itemRef(), label: 'sig/runtime' }, 'done', { at: '2026-03-02T09:58:00Z' });

type World = {
  by?: Actor;
  name?: string;
  label?: { name: string; previousName?: string };
  memos?: Memo[];
  effects?: (typeof added)[];
  labels?: string[];
  repositoryLabels?: string[];
  at?: string;
};
function decide({
  by = bot,
  name = 'issues.unlabeled',
  label = { name: 'sig/runtime' },
  memos = [],
  effects = [added],
  ...world
}: World = {}) {
  const at = world.at ?? '2026-03-02T10:00:00Z';
  const { item, ...event } = botEvent(name, 'issue', { actor: by, label, at });
  return labelGuard.decide(
    decideInput(LabelGuardOptions.parse({}), {
      event: name.startsWith('label.') ? event : { ...event, ...(item ? { item } : {}) },
      knowledge,
      facts: {
        item: itemSnapshot({ labels: world.labels ?? [] }),
        repositoryLabels: world.repositoryLabels ?? ['sig/runtime'],
        history: history({ effects, memos: memos.map((memo) => ({ ...memo, at })) }),
      },
    }),
  );
}

describe('a label that a bot wipes', () => {
  it('is put back once, and that is remembered', () => {
    expect(decide()).toMatchObject([
      {
        rule: 'label-guard/restore',
        effects: [{ type: 'add-label', item: itemRef(), label: 'sig/runtime' }],
        memos: [{ type: 'label-restored', label: 'sig/runtime' }],
      },
    ]);
  });

  it.each<[string, World, string]>([
    ['a second time', { memos: [{ type: 'label-restored', label: 'SIG/Runtime' }] }, 'bounded'],
    ['long after it was set', { at: '2026-03-02T10:09:00Z' }, 'late'],
    ['against the veto of a person', { memos: [{ type: 'veto', label: 'sig/runtime', by: 'keeper' }] }, 'vetoed'],
    ['when it is there again', { labels: ['sig/runtime'] }, 'present'],
    ['when the repository has lost it', { repositoryLabels: [] }, 'label-missing'],
  ])('is not put back %s', (_, world, rule) => {
    expect(decide(world)).toMatchObject([{ rule: `label-guard/${rule}`, verdict: 'abstain', effects: [] }]);
  });

  it('is none of our business when we did not set it, or took it off ourselves', () => {
    expect(decide({ effects: [] })).toEqual([]);
    expect(decide({ label: { name: 'size/xs' } })).toEqual([]);
    expect(decide({ by: ourselves })).toEqual([]);
    const removed = stored({ type: 'remove-label', item: itemRef(), label: 'sig/runtime' }, 'done', { id: 2 });
    expect(decide({ effects: [added, removed] })).toEqual([]);
  });

  it('withheld labels are not ours to put back', () => {
    expect(decide({ effects: [{ ...added, state: 'withheld' }] })).toEqual([]);
  });
});

describe('what people do to labels', () => {
  it('a removal is a veto on the item and a truth to be measured by', () => {
    expect(decide({ by: human })).toMatchObject([
      {
        rule: 'label-guard/veto',
        effects: [],
        memos: [
          { type: 'human-label', label: 'sig/runtime', present: false, by: 'keeper' },
          { type: 'veto', label: 'sig/runtime', by: 'keeper' },
        ],
      },
    ]);
  });

  it('a second removal adds no second veto, one after a lifted veto does', () => {
    const veto: Memo = { type: 'veto', label: 'sig/runtime', by: 'keeper' };
    expect(decide({ by: human, memos: [veto] })[0]?.memos).toHaveLength(1);
    expect(decide({ by: human, memos: [veto, { type: 'veto-lifted', label: 'sig/runtime', by: 'keeper' }] })[0]?.memos).toHaveLength(2);
  });

  it('an addition is only recorded', () => {
    expect(decide({ by: human, name: 'pull_request.labeled' })).toMatchObject([
      { effects: [], memos: [{ type: 'human-label', present: true }] },
    ]);
  });

  it('additions by bots are not', () => {
    expect(decide({ name: 'issues.labeled' })).toEqual([]);
  });
});

describe('a label that is renamed or deleted in the repository', () => {
  it.each<[string, World, string, string]>([
    ['deleted', { name: 'label.deleted' }, 'deleted', 'does not create it'],
    ['renamed', { name: 'label.edited', label: { name: 'sig/rt', previousName: 'sig/runtime' } }, 'renamed', 'renamed to sig/rt'],
  ])('%s: it is said, remembered and never created again', (_, world, rule, because) => {
    expect(decide({ by: human, ...world })).toMatchObject([
      {
        rule: `label-guard/${rule}`,
        verdict: 'abstain',
        because: expect.stringContaining(because),
        effects: [],
        memos: [{ type: 'label-missing', label: 'sig/runtime' }],
      },
    ]);
  });

  it('labels that mean nothing to us and edits of colour or case are passed over', () => {
    expect(decide({ name: 'label.deleted', label: { name: 'wontfix' }, effects: [] })).toEqual([]);
    expect(decide({ name: 'label.edited', label: { name: 'sig/runtime' } })).toEqual([]);
    expect(decide({ name: 'label.edited', label: { name: 'SIG/runtime', previousName: 'sig/runtime' } })).toEqual([]);
  });

  it('the record of a life of one label reads well', async () => {
    const story = [
      decide({ by: human, name: 'issues.labeled' }),
      decide(),
      decide({ at: '2026-03-02T10:09:00Z' }),
      decide({ memos: [{ type: 'label-restored', label: 'sig/runtime' }] }),
      decide({ by: human }),
      decide({ name: 'label.deleted' }),
      decide({ name: 'label.edited', label: { name: 'sig/rt', previousName: 'sig/runtime' } }),
    ].flat();
    await expect(story.map(({ rule, because }) => `- \`${rule}\`: ${because}\n`).join('')).toMatchFileSnapshot('golden/record.md');
  });
});
