import { describe, expect, it } from 'vitest';
import { commentOf, graphActorOf, itemOf } from './snapshots.ts';

const app = { id: 7, slug: 'sig-runtime', login: 'sig-runtime[bot]' };
const bot = { login: 'sig-runtime[bot]', id: 99, type: 'Bot' };
const comment = { id: 1, node_id: 'IC_1', body: '<!-- marker -->', created_at: '2026-08-03T09:00:00Z', updated_at: '2026-08-03T09:00:00Z' };

describe('a comment', () => {
  it.each([
    ['our bot account, our App named', bot, { id: 7 }, true],
    ['our bot account, no App named', bot, null, true],
    ['our bot account, another App named', bot, { id: 8 }, false],
    ['a person of the same name', { ...bot, type: 'User' }, { id: 7 }, false],
    ['a person through our App', { login: 'ada', id: 3, type: 'User' }, { id: 7 }, false],
    ['another bot', { login: 'other[bot]', id: 5, type: 'Bot' }, { id: 8 }, false],
    ['nobody any more', null, null, false],
  ])('by %s', (_who, user, performed_via_github_app, ours) => {
    expect(commentOf({ ...comment, user, performed_via_github_app }, app, false).ours).toBe(ours);
  });
});

describe('an account', () => {
  it('that is gone is the ghost', () => {
    expect(graphActorOf(null)).toEqual({ login: 'ghost', id: 10137, type: 'User' });
  });

  it('of a bot has the same login from REST and from GraphQL', () => {
    expect(graphActorOf({ __typename: 'Bot', login: 'sig-runtime', databaseId: 99 })).toEqual(bot);
  });
});

it('an unknown association counts as none, and a missing body as empty', () => {
  const item = { title: 'T', user: null, author_association: 'SOMETHING', state: 'open', locked: false, labels: ['a', { name: 'b' }, {}] };
  expect(itemOf({ ...item, created_at: '', updated_at: '' })).toMatchObject({ association: 'NONE', body: '', labels: ['a', 'b', ''] });
});
