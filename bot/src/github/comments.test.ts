import { expect, it } from 'vitest';
import type { ItemRef } from '../item.ts';
import { listIssueComments } from './comments.ts';
import type { Connection } from './connection.ts';

const repository = { installationId: 1, repositoryId: 2, owner: 'acme', name: 'app', private: false };
const item: ItemRef = { repository, kind: 'issue', number: 3, nodeId: 'I_3' };
const times = { created_at: '2026-08-03T09:00:00Z', updated_at: '2026-08-03T09:00:00Z' };
const listed = [1, 2].map((id) => ({
  id,
  node_id: `IC_${id}`,
  body: `comment ${id}`,
  user: { login: 'ada', id: 5, type: 'User' },
  ...times,
}));

const connectionWhere = (graphql: () => Promise<unknown>): Connection =>
  ({
    app: { id: 7, slug: 'bot', login: 'bot[bot]' },
    octokit: { paginate: async () => listed, graphql, rest: { issues: {} } },
  }) as unknown as Connection;

it('a comment deleted while the list is read does not hide the others', async () => {
  const data = { nodes: [null, { id: 'IC_2', isMinimized: true }] };
  const partly = Object.assign(new Error('one is gone'), { data, errors: [{ type: 'NOT_FOUND' }] });
  const comments = await listIssueComments(
    connectionWhere(() => Promise.reject(partly)),
    item,
  );
  expect(comments.map(({ id, minimized }) => [id, minimized])).toEqual([
    [1, false],
    [2, true],
  ]);
});

it('any other complaint is passed on', async () => {
  const refused = Object.assign(new Error('no'), { data: { nodes: [] }, errors: [{ type: 'FORBIDDEN' }] });
  await expect(
    listIssueComments(
      connectionWhere(() => Promise.reject(refused)),
      item,
    ),
  ).rejects.toBe(refused);
});
