import { describe, expect, it } from 'vitest';
import type { Effect } from '../../effect.ts';
import type { Facts, StoredEffect } from '../../facts.ts';
import {
  app,
  botEvent,
  commentBy,
  decideInput,
  history,
  itemRef,
  itemSnapshot,
  NOW,
  reporter,
  stored,
  testKnowledge,
} from '../../testing/handler-world.ts';
import { answer } from './index.ts';
import { AnswerOptions } from './options.ts';

const knowledge = testKnowledge();
const LINE = 'failed to list versions: response status code 401: unauthorized';
const asked = itemSnapshot({
  title: 'Component is not ready',
  body: `apiVersion: delivery.ocm.software/v1alpha1\nkind: Component\n\n${LINE}`,
});
const vague = itemSnapshot({ title: 'Component is not ready', body: 'kind: Component of delivery.ocm.software. Any idea?' });
const colleague = { login: 'colleague', id: 12, type: 'User' as const };
const ours = commentBy({ login: app.login, id: 99, type: 'Bot' }, 'an answer');

type World = {
  name?: string;
  facts?: Facts;
  options?: unknown;
  kind?: 'issue' | 'discussion' | 'pull_request';
  label?: string;
  actor?: typeof reporter;
  now?: string;
};
function decide({ name = 'issues.opened', facts = {}, options = {}, kind = 'issue', label, actor = reporter, now = NOW }: World) {
  const event = botEvent(name, kind, { actor, ...(label === undefined ? {} : { label: { name: label } }) });
  return answer.decide(
    decideInput(AnswerOptions.parse(options), {
      event,
      knowledge,
      now,
      facts: { item: asked, comments: [], history: history(), ...facts },
    }),
  );
}
const effectsOf = (world: World): readonly Effect[] => decide(world).flatMap(({ effects }) => effects);
const seen = (world: World): string[] =>
  effectsOf(world).map((effect) => (effect.type === 'put-comment' ? `put ${/PB-\d+/.exec(effect.body)?.[0]}` : effect.type));
const put = (body: string): Effect => ({ type: 'put-comment', item: itemRef(), slot: 'answer', body });
const past = (...effects: StoredEffect[]) => history({ effects });
const standing = { comments: [ours], history: past(stored(put('an answer'))) };

describe('answer', () => {
  it.each<[string, World, string[]]>([
    ['answers a runtime issue with evidence', {}, ['put PB-001']],
    ['answers a discussion', { kind: 'discussion', name: 'discussion.created' }, ['put PB-001']],
    ['never answers a pull request', { kind: 'pull_request', name: 'pull_request.opened' }, []],
    ['is silent without evidence', { facts: { item: vague } }, []],
    [
      'is silent about another product called OCM',
      { facts: { item: itemSnapshot({ title: 'ManagedCluster: klusterlet fails', body: LINE }) } },
      [],
    ],
    [
      'answers when the label says runtime',
      { facts: { item: itemSnapshot({ title: 'it fails', body: LINE, labels: ['SIG/runtime'] }) } },
      ['put PB-001'],
    ],
    ['answers when a person sets the label', { name: 'issues.labeled', label: 'sig/runtime' }, ['put PB-001']],
    ['does not look at other labels', { name: 'issues.labeled', label: 'kind/bugfix' }, []],
    ['does not answer closed items', { facts: { item: { ...asked, state: 'closed' } } }, []],
    ['does not answer locked items', { facts: { item: { ...asked, locked: true } } }, []],
    ['does not answer bots', { facts: { item: { ...asked, author: { login: 'renovate[bot]', id: 3, type: 'Bot' } } } }, []],
    ['does not answer old items', { now: '2026-04-02T10:00:00Z' }, []],
    ['answers old items when told to', { now: '2026-04-02T10:00:00Z', options: { maxAgeDays: 60 } }, ['put PB-001']],
    ['stays below nothing it is not sure of', { options: { minConfidence: 0.95 } }, []],
    [
      'takes evidence from a comment of the author',
      { name: 'issue_comment.created', facts: { item: vague, comments: [commentBy(reporter, LINE)] } },
      ['put PB-001'],
    ],
    [
      'takes evidence from a comment of somebody else',
      { name: 'issue_comment.created', actor: colleague, facts: { item: vague, comments: [commentBy(colleague, LINE)] } },
      ['put PB-001'],
    ],
    [
      'takes no evidence from bots',
      { name: 'issue_comment.created', facts: { item: vague, comments: [commentBy({ login: 'ci[bot]', id: 4, type: 'Bot' }, LINE)] } },
      [],
    ],
    ['brings a standing answer up to date', { name: 'issues.edited', facts: standing }, ['put PB-001']],
    [
      'folds a standing answer away when the evidence is gone',
      { name: 'issues.edited', facts: { item: vague, ...standing } },
      ['hide-comment'],
    ],
    [
      'folds a standing answer away when a person took the label off',
      { facts: { ...standing, history: { ...standing.history, memos: [{ type: 'veto', label: 'sig/runtime', by: 'm', at: NOW }] } } },
      ['hide-comment'],
    ],
    [
      'writes a new comment after it folded one away',
      {
        name: 'issues.edited',
        facts: {
          comments: [{ ...ours, minimized: true }],
          history: past(stored(put('an answer')), stored({ type: 'hide-comment', item: itemRef(), slot: 'answer', reason: 'OUTDATED' })),
        },
      },
      ['delete-comment', 'put PB-001'],
    ],
    [
      'folds away only once',
      {
        name: 'issues.edited',
        facts: {
          item: vague,
          comments: [{ ...ours, minimized: true }],
          history: past(stored(put('an answer')), stored({ type: 'hide-comment', item: itemRef(), slot: 'answer', reason: 'OUTDATED' })),
        },
      },
      [],
    ],
    ['never answers again once it was undone', { facts: { history: past(stored(put('an answer'), 'undone')) } }, []],
    ['never answers again once a person deleted the answer', { facts: { comments: [], history: past(stored(put('an answer'))) } }, []],
    [
      'never answers again once a person folded the answer away',
      { facts: { comments: [{ ...ours, minimized: true }], history: past(stored(put('an answer'))) } },
      [],
    ],
    [
      'leaves a playbook that a person chose',
      {
        facts: {
          item: vague,
          ...standing,
          history: { ...standing.history, memos: [{ type: 'playbook', id: 'PB-004', by: 'm', at: NOW }] },
        },
      },
      [],
    ],
    [
      'keeps an answer up to date on an item that has grown old',
      { name: 'issues.edited', now: '2026-06-02T10:00:00Z', facts: standing },
      ['put PB-001'],
    ],
  ])('%s', (_, world, want) => {
    expect(seen(world)).toEqual(want);
  });

  it('does not write the same answer twice', () => {
    const [first] = effectsOf({});
    expect(first).toBeDefined();
    const again = { comments: [ours], history: past(stored(first as Effect)) };
    expect(decide({ name: 'issues.edited', facts: again })).toEqual([]);
  });

  it('changes to another playbook in place when the evidence does', () => {
    const item = { ...asked, body: `delivery.ocm.software\nis forbidden: User "system:serviceaccount:ns:name" cannot list` };
    expect(seen({ name: 'issues.edited', facts: { ...standing, item } })).toEqual(['put PB-004']);
  });

  it('keeps on record what decided', () => {
    const [decision] = decide({});
    expect(decision).toMatchObject({ rule: 'answer/PB-001', verdict: 'act', confidence: 0.9 });
    expect(decision?.evidence[0]).toMatchObject({ source: 'body', start: asked.body.indexOf('failed') });
    expect(asked.body).toContain(decision?.evidence[0]?.text);
  });

  it('says why it is silent', () => {
    expect(decide({ facts: { item: vague } })[0]).toMatchObject({ verdict: 'abstain', because: 'no rule of any playbook applies' });
    expect(decide({ facts: { history: past(stored(put('x'), 'undone')) } })[0]?.because).toContain('took the answer back');
  });

  it.each([
    ['answer', asked],
    [
      'answer-to-hostile-text',
      {
        ...asked,
        body: `delivery.ocm.software\n\nfailed to list versions: @everyone <script>\`\`\` #1 <!-- x --> https://evil.example 401`,
      },
    ],
  ])('says it like this: %s', async (file, item) => {
    const [effect] = effectsOf({ facts: { item } });
    await expect(effect?.type === 'put-comment' ? effect.body : '').toMatchFileSnapshot(`golden/${file}.md`);
  });
});
