import type { ItemRef } from '../item.ts';
import { createCheck, findCheck, updateCheck } from './checks.ts';
import { createIssueComment, deleteIssueComment, listIssueComments, minimizeComment, react, updateIssueComment } from './comments.ts';
import { attempt, type Connection } from './connection.ts';
import {
  addDiscussionLabel,
  createDiscussionComment,
  deleteDiscussionComment,
  getDiscussion,
  listDiscussionComments,
  removeDiscussionLabel,
  updateDiscussionComment,
} from './discussions.ts';
import { addAssignees, createIssue, getIssue, listChangedItems, listOwnIssues, removeAssignees, updateIssue } from './issues.ts';
import { addIssueLabel, createLabel, listLabels, removeIssueLabel } from './labels.ts';
import { nameOf, pathOf } from './paths.ts';
import { type GitHub, GitHubError } from './port.ts';
import { getPullRequest, listFiles } from './pull-requests.ts';
import { listTeamMembers, permissionOf, readFile } from './repositories.ts';

/** `GitHub` over an authenticated octokit: picks REST or GraphQL by the kind of item and names every failure. */
export function createInstallationGitHub(connection: Connection): GitHub {
  const c = connection;
  return {
    getItem: (item) => attempt(`read ${nameOf(item)}`, () => reader(item)(c, item)),
    listFiles: (item) => attempt(`list files of ${nameOf(item)}`, () => listFiles(c, item)),
    listComments: (item) =>
      attempt(`list comments of ${nameOf(item)}`, () =>
        isDiscussion(item) ? listDiscussionComments(c, item) : listIssueComments(c, item),
      ),
    listLabels: (repository) => attempt(`list labels of ${slash(repository)}`, () => listLabels(c, repository)),
    permissionOf: (repository, login) =>
      attempt(`permission of ${login} in ${slash(repository)}`, () => permissionOf(c, repository, login)),
    listTeamMembers: (organisation, team) =>
      attempt(`list members of team ${organisation}/${team}`, () => listTeamMembers(c, organisation, team)),
    readFile: (repository, path, ref) => attempt(`read ${path} in ${slash(repository)}`, () => readFile(c, repository, path, ref)),
    listChangedItems: (repository, since) => attempt(`list items of ${slash(repository)}`, () => listChangedItems(c, repository, since)),
    addLabel: (item, label) =>
      attempt(`add label ${JSON.stringify(label)} to ${nameOf(item)}`, () =>
        (isDiscussion(item) ? addDiscussionLabel : addIssueLabel)(c, item, label),
      ),
    removeLabel: (item, label) =>
      attempt(`remove label ${JSON.stringify(label)} from ${nameOf(item)}`, () =>
        (isDiscussion(item) ? removeDiscussionLabel : removeIssueLabel)(c, item, label),
      ),
    createLabel: (repository, label) =>
      attempt(`create label ${JSON.stringify(label.name)} in ${slash(repository)}`, () => createLabel(c, repository, label)),
    createComment: (item, body) =>
      attempt(`comment on ${nameOf(item)}`, () => (isDiscussion(item) ? createDiscussionComment : createIssueComment)(c, item, body)),
    updateComment: (item, comment, body) =>
      attempt(`edit comment on ${nameOf(item)}`, () =>
        isDiscussion(item) ? updateDiscussionComment(c, comment.nodeId, body) : updateIssueComment(c, item, comment.id, body),
      ),
    deleteComment: (item, comment) =>
      attempt(`delete comment on ${nameOf(item)}`, () =>
        isDiscussion(item) ? deleteDiscussionComment(c, comment.nodeId) : deleteIssueComment(c, item, comment.id),
      ),
    minimizeComment: (nodeId, reason) => attempt('minimise comment', () => minimizeComment(c, nodeId, reason)),
    react: (item, nodeId, content) => attempt(`react on ${nameOf(item)}`, () => react(c, nodeId, content)),
    addAssignees: (item, logins) => attempt(`assign ${nameOf(item)}`, async () => addAssignees(c, assignable(item), logins)),
    removeAssignees: (item, logins) => attempt(`unassign ${nameOf(item)}`, async () => removeAssignees(c, assignable(item), logins)),
    listOwnIssues: (repository) => attempt(`list own issues of ${slash(repository)}`, () => listOwnIssues(c, repository)),
    createIssue: (repository, issue) => attempt(`open issue in ${slash(repository)}`, () => createIssue(c, repository, issue)),
    updateIssue: (repository, number, issue) =>
      attempt(`edit ${slash(repository)}#${number}`, () => updateIssue(c, repository, number, issue)),
    findCheck: (repository, headSha, name) => attempt(`find check in ${slash(repository)}`, () => findCheck(c, repository, headSha, name)),
    createCheck: (repository, check) => attempt(`create check in ${slash(repository)}`, () => createCheck(c, repository, check)),
    updateCheck: (repository, id, check) => attempt(`update check in ${slash(repository)}`, () => updateCheck(c, repository, id, check)),
  };
}

function reader(item: ItemRef): typeof getIssue {
  if (item.kind === 'discussion') return getDiscussion;
  return item.kind === 'pull_request' ? getPullRequest : getIssue;
}

function isDiscussion(item: ItemRef): boolean {
  return item.kind === 'discussion';
}

function assignable(item: ItemRef): ItemRef {
  if (isDiscussion(item)) throw new GitHubError('VALIDATION', `${nameOf(item)}: discussions have no assignees`, { status: 422 });
  return item;
}

function slash(repository: ItemRef['repository']): string {
  const { owner, repo } = pathOf(repository);
  return `${owner}/${repo}`;
}
