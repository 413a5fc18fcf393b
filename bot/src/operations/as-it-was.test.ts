import { expect, it } from 'vitest';
import type { BotEvent } from '../event.ts';
import type { History } from '../facts.ts';
import type { ItemRef } from '../item.ts';
import { MemoryGitHub } from '../testing/memory-github.ts';
import { githubAt, historyBefore } from './as-it-was.ts';

const at = (minute: number): string => `2026-09-07T08:0${minute}:00.000Z`;
const repository = { installationId: 5, repositoryId: 50, owner: 'acme', name: 'app', private: false };
const item: ItemRef = { repository, kind: 'issue', number: 1, nodeId: 'I_1' };
const decision = (id: number, guid: string, minute: number) => ({
  id,
  guid,
  at: at(minute),
  subject: 'repository/50/item/1',
  handler: 'label',
  rule: 'label/text',
  verdict: 'act' as const,
  because: 'it says so',
  evidence: [],
  effects: [],
  configSha: 'c',
});
const effect = (id: number, guid: string, commentId: number) => ({
  id,
  decisionId: id,
  guid,
  at: at(id),
  effect: { type: 'put-comment' as const, item, slot: 'answer' as const, body: 'x' },
  state: 'done' as const,
  result: { changed: true, commentId },
});
const history: History = {
  decisions: [decision(1, 'first', 1), decision(2, 'second', 2), decision(3, 'third', 3)],
  effects: [effect(1, 'first', 100), effect(2, 'second', 200)],
  memos: [
    { type: 'label-missing', label: 'a', at: at(1) },
    { type: 'label-missing', label: 'b', at: at(2) },
  ],
  timeline: [],
};

it('an event sees what was decided before it, without what it led to itself', () => {
  const before = historyBefore(history, (guid) => guid === 'first', at(2));
  expect(before.decisions.map(({ guid }) => guid)).toEqual(['first']);
  expect(before.effects.map(({ guid }) => guid)).toEqual(['first']);
  expect(before.memos.map((memo) => ('label' in memo ? memo.label : ''))).toEqual(['a']);
});

it('the first event sees nothing', () => {
  expect(historyBefore(history, () => false, at(1))).toEqual({ decisions: [], effects: [], memos: [], timeline: [] });
});

it('the item is as in the payload, and comments that came later are not there yet', async () => {
  const github = new MemoryGitHub();
  github.addRepository(repository);
  github.addItem(item, { title: 'edited since', labels: ['sig/runtime'] });
  const comment = (id: number, minute: number, ours: boolean) => ({
    id,
    nodeId: `C_${id}`,
    body: 'x',
    author: { login: 'ada', id: 1, type: 'User' as const },
    association: 'NONE' as const,
    createdAt: at(minute),
    updatedAt: at(minute),
    minimized: false,
    ours,
    repositoryId: repository.repositoryId,
    number: item.number,
  });
  github.listComments = async () => [comment(1, 1, false), comment(2, 3, false), comment(100, 3, true), comment(200, 3, true)];
  const now = await github.getItem(item);
  const { title: _title, labels: _labels, ...rest } = now;
  const event: BotEvent = { guid: 'second', name: 'issues.edited', at: at(2), item, snapshot: { ...rest, title: 'as it was', labels: [] } };
  const then = githubAt(github, async () => historyBefore(history, (guid) => guid === 'first', at(2)), event);
  expect(await then.getItem(item)).toMatchObject({ title: 'as it was', labels: [] });
  expect((await then.listComments(item)).map(({ id }) => id)).toEqual([1, 100]);
});
