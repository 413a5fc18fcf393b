import type { ItemSnapshot } from '../facts.ts';
import type { ItemKind, ItemRef, RepositoryRef } from '../item.ts';
import type { Connection } from './connection.ts';
import { nameOf, pathOf } from './paths.ts';
import { GitHubError } from './port.ts';
import { actorOf, isOurs, itemOf, type RestItem } from './snapshots.ts';

const pageSize = 100;

export async function getIssue({ octokit }: Connection, item: ItemRef): Promise<ItemSnapshot> {
  const { data } = await octokit.rest.issues.get({ ...pathOf(item.repository), issue_number: item.number });
  if (data.number !== item.number) throw new GitHubError('NOT_FOUND', `${nameOf(item)}: transferred to ${data.html_url}`, { status: 301 });
  return itemOf(data as RestItem);
}

export async function listChangedItems({ octokit }: Connection, repository: RepositoryRef, since: string) {
  const items = await octokit.paginate(octokit.rest.issues.listForRepo, {
    ...pathOf(repository),
    since,
    state: 'all',
    sort: 'updated',
    direction: 'asc',
    per_page: pageSize,
  });
  return items.map((item) => ({
    kind: (item.pull_request ? 'pull_request' : 'issue') satisfies ItemKind as ItemKind,
    number: item.number,
    nodeId: item.node_id,
    snapshot: itemOf(item as RestItem),
  }));
}

/** Open issues this App wrote; `creator` narrows on GitHub's side. */
export async function listOwnIssues({ octokit, app }: Connection, repository: RepositoryRef) {
  const issues = await octokit.paginate(octokit.rest.issues.listForRepo, {
    ...pathOf(repository),
    creator: app.login,
    state: 'open',
    sort: 'created',
    direction: 'desc',
    per_page: pageSize,
  });
  return issues
    .filter((issue) => !issue.pull_request && isOurs(actorOf(issue.user), issue.performed_via_github_app, app))
    .map((issue) => ({ number: issue.number, nodeId: issue.node_id, title: issue.title, body: issue.body ?? '', url: issue.html_url }));
}

export async function createIssue(
  { octokit }: Connection,
  repository: RepositoryRef,
  issue: { title: string; body: string; labels: readonly string[] },
) {
  const { data } = await octokit.rest.issues.create({
    ...pathOf(repository),
    title: issue.title,
    body: issue.body,
    labels: [...issue.labels],
  });
  return { number: data.number, url: data.html_url };
}

export async function updateIssue(
  { octokit }: Connection,
  repository: RepositoryRef,
  number: number,
  issue: { title: string; body: string },
) {
  await octokit.rest.issues.update({ ...pathOf(repository), issue_number: number, title: issue.title, body: issue.body });
}

export async function addAssignees({ octokit }: Connection, item: ItemRef, logins: readonly string[]): Promise<void> {
  await octokit.rest.issues.addAssignees({ ...pathOf(item.repository), issue_number: item.number, assignees: [...logins] });
}

export async function removeAssignees({ octokit }: Connection, item: ItemRef, logins: readonly string[]): Promise<void> {
  await octokit.rest.issues.removeAssignees({ ...pathOf(item.repository), issue_number: item.number, assignees: [...logins] });
}
