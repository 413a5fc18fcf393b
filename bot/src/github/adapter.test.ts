import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ItemRef } from '../item.ts';
import { type EmbeddedGitHub, startEmbeddedGitHub } from '../testing/github/index.ts';
import { createGitHubApp } from './app.ts';
import type { ApiCall } from './connection.ts';
import type { GitHub, GitHubApp } from './port.ts';

const calls: ApiCall[] = [];
let github: EmbeddedGitHub;
let app: GitHubApp;
let bot: GitHub;

const repository = () => github.repository('acme/app');
const callsOf = async (run: () => Promise<unknown>) => {
  calls.length = 0;
  await run();
  return calls.map(({ method, path, status }) => `${method} ${path} ${status}`);
};

beforeAll(async () => {
  github = await startEmbeddedGitHub({
    seed: {
      people: [
        { login: 'ada' },
        { login: 'mai', role: 'maintain', teams: ['acme/runtime'] },
        { login: 'tom', role: 'triage', teams: ['acme/runtime'] },
        { login: 'eve', association: 'FIRST_TIME_CONTRIBUTOR' },
      ],
      repositories: [
        {
          owner: 'acme',
          name: 'app',
          labels: [{ name: 'sig/runtime', color: '1d76db' }, { name: 'kind/bug' }],
          files: { '.github/sig-runtime.yml': 'label: {}\n' },
        },
        { owner: 'acme', name: 'secret', private: true },
        { owner: 'beta', name: 'app' },
      ],
    },
  });
  app = createGitHubApp({
    appId: github.appId,
    privateKey: github.privateKey,
    baseUrl: github.url,
    throttle: false,
    onCall: (call) => calls.push(call),
  });
  bot = await app.installation(github.installationId);
});

afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
});

describe('the App', () => {
  it('knows who it is and where it is installed', async () => {
    expect(await app.identity()).toEqual({ id: github.appId, slug: 'sig-runtime', login: 'sig-runtime[bot]' });
    const installations = await app.listInstallations();
    expect(installations.map(({ account }) => account)).toEqual(['acme', 'beta']);
    expect(installations[0]?.permissions).toMatchObject({ issues: 'write', contents: 'read' });
    expect(await app.listRepositories(github.installationId)).toEqual(github.repositories.filter(({ owner }) => owner === 'acme'));
  });

  it('pages through deliveries, newest first', async () => {
    for (let index = 0; index < 105; index += 1) github.emit('repository', { action: 'edited', repository: { full_name: 'acme/app' } });
    await github.settled();
    const first = await app.listDeliveries();
    const second = await app.listDeliveries(first.next);
    const ids = [...first.deliveries, ...second.deliveries].map(({ id }) => id);
    expect(first.deliveries).toHaveLength(100);
    expect(second.next).toBeUndefined();
    expect(ids).toEqual(github.deliveries.map(({ id }) => id).toReversed());
  });

  it('refuses wrong credentials with a code', async () => {
    const stranger = createGitHubApp({ appId: 1, privateKey: github.privateKey, baseUrl: github.url, throttle: false });
    await expect(stranger.identity()).rejects.toMatchObject({ name: 'GitHubError', code: 'UNAUTHORIZED' });
  });

  it('reports a GitHub that does not answer as unavailable', async () => {
    const nowhere = createGitHubApp({ appId: 1, privateKey: github.privateKey, baseUrl: 'http://127.0.0.1:1', throttle: false });
    await expect(nowhere.identity()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe.each(['issue', 'pull_request', 'discussion'] as const)('a %s', (kind) => {
  let item: ItemRef;
  beforeAll(async () => {
    const ada = github.as('ada');
    const content = { title: `About ${kind}`, body: 'Body' };
    if (kind === 'issue') item = await ada.openIssue('acme/app', content);
    else if (kind === 'pull_request') item = await ada.openPullRequest('acme/app', content);
    else item = await ada.openDiscussion('acme/app', content);
  });

  it('is read with its author and state', async () => {
    expect(await bot.getItem(item)).toMatchObject({
      title: `About ${kind}`,
      body: 'Body',
      author: { login: 'ada', type: 'User' },
      association: 'NONE',
      state: 'open',
      draft: false,
      locked: false,
      labels: [],
    });
  });

  it('gets one label and loses it, and both can be repeated', async () => {
    await github.as('mai').label(item, 'kind/bug');
    await bot.addLabel(item, 'sig/runtime');
    await bot.addLabel(item, 'sig/runtime');
    expect((await bot.getItem(item)).labels).toEqual(['kind/bug', 'sig/runtime']);
    await bot.removeLabel(item, 'sig/runtime');
    await bot.removeLabel(item, 'sig/runtime');
    expect((await bot.getItem(item)).labels).toEqual(['kind/bug']);
  });

  it('is not labelled with a label that the repository lacks, and the label is not created', async () => {
    await expect(bot.addLabel(item, 'sig/none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await bot.listLabels(repository())).toEqual(['kind/bug', 'sig/runtime']);
  });

  it('carries a comment that can be edited, minimised, reacted to and deleted', async () => {
    const comment = await bot.createComment(item, 'first');
    await bot.updateComment(item, comment, 'second');
    await bot.minimizeComment(comment.nodeId, 'OUTDATED');
    await bot.react(item, comment.nodeId, 'eyes');
    expect(comment.url).toContain(`/acme/app/`);
    expect(await bot.listComments(item)).toMatchObject([
      {
        id: comment.id,
        nodeId: comment.nodeId,
        body: 'second',
        minimized: true,
        ours: true,
        author: { login: 'sig-runtime[bot]', type: 'Bot' },
      },
    ]);
    await bot.deleteComment(item, comment);
    expect(await bot.listComments(item)).toEqual([]);
  });

  it('tells our marker from the same text by anybody else', async () => {
    const marker = '<!-- sig-runtime: answer -->';
    await bot.createComment(item, marker);
    await github.as('eve').comment(item, marker);
    expect((await bot.listComments(item)).map(({ author, ours }) => [author.login, ours])).toEqual([
      ['sig-runtime[bot]', true],
      ['eve', false],
    ]);
  });

  it('lists all of more than a hundred comments', async () => {
    const before = (await bot.listComments(item)).length;
    for (let index = 0; index < 101; index += 1) await github.as('ada').comment(item, `comment ${index}`);
    expect(await bot.listComments(item)).toHaveLength(before + 101);
  });
});

describe('reads', () => {
  it('a second read of the same thing is answered with 304 and the same content', async () => {
    const issue = await github.as('ada').openIssue('acme/app', { title: 'Read twice' });
    const first = await bot.getItem(issue);
    const path = `/repos/acme/app/issues/${issue.number}`;
    expect(await callsOf(async () => expect(await bot.getItem(issue)).toEqual(first))).toEqual([`GET ${path} 304`]);
    await github.as('ada').edit(issue, { title: 'Changed' });
    expect(await callsOf(async () => expect((await bot.getItem(issue)).title).toBe('Changed'))).toEqual([`GET ${path} 200`]);
  });

  it('reports every call with the budget that is left', async () => {
    await callsOf(() => bot.listLabels(repository()));
    expect(calls[0]).toMatchObject({ method: 'GET', path: '/repos/acme/app/labels', limit: 5000 });
    expect(calls[0]?.remaining).toBeLessThan(5000);
  });

  it('files of a pull request are complete below the limit and say so when they are not', async () => {
    const paths = (count: number) => Array.from({ length: count }, (_, index) => `kubernetes/file-${index}.go`);
    const small = await github.as('ada').openPullRequest('acme/app', { title: 'Small', paths: paths(250) });
    expect(await bot.listFiles(small)).toEqual({ paths: paths(250), complete: true });
    const huge = await github.as('ada').openPullRequest('acme/app', { title: 'Huge', paths: paths(3100) });
    const listed = await bot.listFiles(huge);
    expect(listed.complete).toBe(false);
    expect(listed.paths).toHaveLength(3000);
  });

  it('lists the members of a team, and says which team it cannot see', async () => {
    expect(await bot.listTeamMembers('acme', 'runtime')).toEqual(['mai', 'tom']);
    await expect(bot.listTeamMembers('acme', 'nobody')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('acme/nobody'),
    });
  });

  it('roles are named as GitHub names them', async () => {
    const roles = await Promise.all(['mai', 'tom', 'ada', 'nobody'].map((login) => bot.permissionOf(repository(), login)));
    expect(roles).toEqual(['maintain', 'triage', 'read', 'none']);
  });

  it('a file is read at a branch, and its absence is not an error', async () => {
    const files = { '.github/sig-runtime.yml': 'label: {changed: true}\n' };
    const pull = await github.as('ada').openPullRequest('acme/app', { title: 'Configure', files });
    const { headSha } = await bot.getItem(pull);
    expect(await bot.readFile(repository(), '.github/sig-runtime.yml')).toMatchObject({ text: 'label: {}\n' });
    expect(await bot.readFile(repository(), '.github/sig-runtime.yml', headSha)).toMatchObject({ text: 'label: {changed: true}\n' });
    expect(await bot.readFile(repository(), '.github/none.yml')).toBeUndefined();
  });

  it('changed items are issues and pull requests, oldest change first', async () => {
    const beta = github.repository('beta/app');
    const here = await app.installation(beta.installationId);
    const issue = await github.as('ada').openIssue('beta/app', { title: 'One' });
    const pull = await github.as('ada').openPullRequest('beta/app', { title: 'Two', draft: true });
    await github.as('ada').openDiscussion('beta/app', { title: 'Three' });
    await github.as('ada').close(issue);
    const items = await here.listChangedItems(beta, '2020-01-01T00:00:00Z');
    expect(
      items.map(({ kind, number, nodeId, snapshot }) => ({ kind, number, nodeId, state: snapshot.state, draft: snapshot.draft })),
    ).toEqual([
      { kind: 'issue', number: issue.number, nodeId: issue.nodeId, state: 'closed', draft: false },
      { kind: 'pull_request', number: pull.number, nodeId: pull.nodeId, state: 'open', draft: true },
    ]);
  });

  it('an installation cannot write in a repository of another account', async () => {
    const foreign = await github.as('ada').openIssue('beta/app', { title: 'Theirs' });
    await expect(bot.createComment(foreign, 'hello')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('issues=write') as string,
    });
  });
});

describe('writes', () => {
  it('creating a label twice is one label', async () => {
    const label = { name: 'area/oci', color: 'c5def5', description: 'registries' };
    const secret = github.repository('acme/secret');
    await bot.createLabel(secret, label);
    await bot.createLabel(secret, label);
    expect(await bot.listLabels(secret)).toEqual(['area/oci']);
  });

  it('assigns people to issues and pull requests, and refuses discussions', async () => {
    const issue = await github.as('ada').openIssue('acme/app', { title: 'Assign' });
    const pull = await github.as('ada').openPullRequest('acme/app', { title: 'Assign' });
    for (const item of [issue, pull]) {
      await bot.addAssignees(item, ['mai', 'tom']);
      await bot.removeAssignees(item, ['tom']);
      expect((await bot.getItem(item)).assignees).toEqual(['mai']);
    }
    const discussion = await github.as('ada').openDiscussion('acme/app', { title: 'Assign' });
    await expect(bot.addAssignees(discussion, ['mai'])).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('finds and edits the issues it opened, and no others', async () => {
    await github.as('mai').openIssue('acme/secret', { title: 'SLA digest' });
    const secret = github.repository('acme/secret');
    const made = await bot.createIssue(secret, { title: 'SLA digest', body: 'week 31', labels: ['area/oci'] });
    await bot.updateIssue(secret, made.number, { title: 'SLA digest', body: 'week 32' });
    expect(await bot.listOwnIssues(secret)).toMatchObject([{ number: made.number, title: 'SLA digest', body: 'week 32', url: made.url }]);
  });

  it('puts one check on a commit and updates it', async () => {
    const pull = await github.as('ada').openPullRequest('acme/app', { title: 'Check me' });
    const { headSha = '' } = await bot.getItem(pull);
    const check = { headSha, name: 'sig-runtime configuration', conclusion: 'failure' as const, title: 'Refused', summary: 'unknown key' };
    expect(await bot.findCheck(repository(), headSha, check.name)).toBeUndefined();
    const { id } = await bot.createCheck(repository(), check);
    await bot.updateCheck(repository(), id, { ...check, conclusion: 'success', title: 'Accepted' });
    expect(await bot.findCheck(repository(), headSha, check.name)).toEqual({ id });
  });

  it('with throttling on, a refused call is still made only once', async () => {
    const throttled = createGitHubApp({
      appId: github.appId,
      privateKey: github.privateKey,
      baseUrl: github.url,
      throttle: true,
      onCall: (call) => calls.push(call),
    });
    const patient = await throttled.installation(github.installationId);
    const issue = await github.as('ada').openIssue('acme/app', { title: 'Once' });
    github.faults.next({ type: 'secondary-limit', retryAfterSeconds: 0 }, 'POST', '/comments');
    const made = await callsOf(async () => {
      await expect(patient.createComment(issue, 'x')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    });
    expect(made.filter((call) => call.includes('/comments'))).toEqual([`POST /repos/acme/app/issues/${issue.number}/comments 403`]);
  });
});
