import { describe, expect, it } from 'vitest';
import type { Decision } from '../decision.ts';
import type { BotEvent } from '../event.ts';
import type { Actor, Association } from '../item.ts';
import { DEFAULT_ASSOCIATIONS, timelineOf } from './timeline.ts';

const author: Actor = { login: 'reporter', id: 1, type: 'User' };
const colleague: Actor = { login: 'colleague', id: 2, type: 'User' };
const robot: Actor = { login: 'dependabot[bot]', id: 3, type: 'Bot' };
const people = { maintainers: ['Team-Mate'], associations: DEFAULT_ASSOCIATIONS, bots: ['ocmbot'] };
const repository = { installationId: 1, repositoryId: 2, owner: 'acme', name: 'app', private: false };

function event(name: string, actor: Actor, more: Partial<BotEvent> = {}): BotEvent {
  return {
    guid: 'g',
    name,
    at: '2026-03-02T10:00:00Z',
    actor,
    repository,
    item: { repository, kind: 'issue', number: 7, nodeId: 'I_7' },
    snapshot: {
      title: 't',
      body: 'b',
      author,
      association: 'NONE',
      state: 'open',
      draft: false,
      labels: [],
      createdAt: '2026-03-02T10:00:00Z',
      updatedAt: '2026-03-02T10:00:00Z',
    },
    ...more,
  };
}
const comment = (by: Actor, association: Association): Partial<BotEvent> => ({
  comment: { id: 1, nodeId: 'C_1', body: 'hello', author: by, association, createdAt: '2026-03-02T10:00:00Z' },
});

describe('timeline of an event', () => {
  it.each<[string, BotEvent, string | undefined]>([
    ['an issue opened', event('issues.opened', author), 'opened by author'],
    ['a discussion created', event('discussion.created', author), 'opened by author'],
    ['a comment of the author', event('issue_comment.created', author, comment(author, 'NONE')), 'commented by author'],
    ['a comment of a member', event('issue_comment.created', colleague, comment(colleague, 'MEMBER')), 'commented by maintainer'],
    ['a comment of a passer-by', event('issue_comment.created', colleague, comment(colleague, 'CONTRIBUTOR')), 'commented by contributor'],
    [
      'a comment of somebody named in the configuration',
      event('issue_comment.created', { ...colleague, login: 'team-mate' }, comment(colleague, 'NONE')),
      'commented by maintainer',
    ],
    ['a comment of an App', event('issue_comment.created', robot, comment(robot, 'MEMBER')), 'commented by bot'],
    [
      'a comment of a bot that runs as a user',
      event('issue_comment.created', { ...colleague, login: 'ocmbot' }, comment(colleague, 'MEMBER')),
      'commented by bot',
    ],
    [
      'a review by a member',
      event('pull_request_review.submitted', colleague, {
        review: { id: 1, state: 'approved', author: colleague, association: 'MEMBER', body: '' },
      }),
      'reviewed by maintainer',
    ],
    [
      'a review by a passer-by',
      event('pull_request_review.submitted', colleague, {
        review: { id: 1, state: 'commented', author: colleague, association: 'NONE', body: '' },
      }),
      'reviewed by contributor',
    ],
    ['a label set by somebody else', event('issues.labeled', colleague, { label: { name: 'kind/bugfix' } }), 'labeled by maintainer'],
    [
      'a label set by an issue form in the name of the author',
      event('issues.labeled', author, { label: { name: 'kind/bugfix' } }),
      'labeled by author',
    ],
    ['a push to a pull request', event('pull_request.synchronize', author), 'synchronized by author'],
    ['an edited comment', event('issue_comment.edited', author, comment(author, 'NONE')), undefined],
    ['a label of the repository created', event('label.created', colleague), undefined],
  ])('%s', (_, given, want) => {
    const [entry] = timelineOf(given, people);
    expect(entry && `${entry.type} by ${entry.actor.role}`).toBe(want);
  });

  it('records what a command did under the person who gave it', () => {
    const decision: Decision = {
      handler: 'commands',
      rule: 'commands/triage',
      verdict: 'act',
      because: 'asked for',
      evidence: [],
      effects: [{ type: 'add-label', item: { repository, kind: 'issue', number: 7, nodeId: 'I_7' }, label: 'triage/accepted' }],
      memos: [{ type: 'hold', by: 'colleague' }],
    };
    const given = event('issue_comment.created', colleague, comment(colleague, 'MEMBER'));
    const entries = timelineOf(given, people, [decision, { ...decision, handler: 'label' }]);
    expect(entries.map(({ type, label, actor }) => [type, label, actor.role])).toEqual([
      ['commented', undefined, 'maintainer'],
      ['hold', undefined, 'maintainer'],
      ['labeled', 'triage/accepted', 'maintainer'],
    ]);
  });

  it('says nothing about events without an item', () => {
    const { item: _, ...withoutItem } = event('push', colleague);
    expect(timelineOf(withoutItem, people)).toEqual([]);
  });
});
