import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGitHubApp } from '../../github/app.ts';
import type { GitHub, GitHubApp } from '../../github/port.ts';
import { type EmbeddedGitHub, startEmbeddedGitHub } from './index.ts';

const secret = 'a secret of the embedded test, long enough to be one';
type Received = { event: string; guid: string; signature: string; body: string };

const received: Received[] = [];
let receiver: Server;
let github: EmbeddedGitHub;
let app: GitHubApp;
let bot: GitHub;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const header = (name: string) => String(request.headers[name]);
      const body = Buffer.concat(chunks).toString('utf8');
      received.push({ event: header('x-github-event'), guid: header('x-github-delivery'), signature: header('x-hub-signature-256'), body });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address() as { port: number };
  github = await startEmbeddedGitHub({
    seed: {
      people: [{ login: 'ada' }, { login: 'mai', role: 'write' }],
      repositories: [
        { owner: 'acme', name: 'app', labels: [{ name: 'sig/runtime', color: '1d76db' }] },
        { owner: 'acme', name: 'other' },
      ],
    },
    webhook: { url: `http://127.0.0.1:${address.port}/hook`, secret },
    now: '2026-08-03T09:00:00Z',
  });
  app = createGitHubApp({ appId: github.appId, privateKey: github.privateKey, baseUrl: github.url, throttle: false });
  bot = await app.installation(github.installationId);
});

beforeEach(async () => {
  await github.settled();
  received.length = 0;
});

afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
  receiver.close();
});

const payloadOf = (delivery: Received | undefined) => JSON.parse(delivery?.body ?? '{}') as Record<string, Record<string, unknown>>;
const names = () => received.map(({ event, body }) => `${event}.${(JSON.parse(body) as { action: string }).action}`);

describe('webhooks', () => {
  it('a label that the bot adds comes back as a signed delivery', async () => {
    const issue = await github.as('ada').openIssue('acme/app', { title: 'Deployer fails' });
    await bot.addLabel(issue, 'sig/runtime');
    await github.settled();
    expect(names()).toEqual(['issues.opened', 'issues.labeled']);
    const labelled = received[1]!;
    expect(labelled.signature).toBe(`sha256=${createHmac('sha256', secret).update(labelled.body).digest('hex')}`);
    expect(labelled.guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(payloadOf(labelled)).toMatchObject({
      label: { name: 'sig/runtime', color: '1d76db' },
      sender: { login: github.botLogin, type: 'Bot' },
      installation: { id: github.installationId },
    });
  });

  it('labels of a pull request are delivered as pull_request events and its comments say that it is one', async () => {
    const pull = await github.as('ada').openPullRequest('acme/app', { title: 'Fix', paths: ['a.go'] });
    await bot.addLabel(pull, 'sig/runtime');
    await github.as('mai').comment(pull, 'looks right');
    await github.as('mai').review(pull, 'APPROVE');
    await github.as('ada').setDraft(pull, true);
    await github.as('ada').push(pull, ['a.go', 'b.go']);
    await github.settled();
    expect(names()).toEqual([
      'pull_request.opened',
      'pull_request.labeled',
      'issue_comment.created',
      'pull_request_review.submitted',
      'pull_request.converted_to_draft',
      'pull_request.synchronize',
    ]);
    expect(payloadOf(received[2])).toMatchObject({ issue: { number: pull.number, node_id: pull.nodeId, pull_request: {} } });
    expect(payloadOf(received[3])).toMatchObject({ review: { state: 'approved' } });
    expect((await bot.listFiles(pull)).paths).toEqual(['a.go', 'b.go']);
  });

  it('an edit carries what stood there before', async () => {
    const issue = await github.as('ada').openIssue('acme/app', { title: 'Old', body: 'first' });
    const comment = await github.as('ada').comment(issue, 'one');
    await github.as('ada').edit(issue, { title: 'New' });
    await github.as('ada').editComment(issue, comment.id, 'two');
    await github.settled();
    expect(payloadOf(received[2]).changes).toEqual({ title: { from: 'Old' } });
    expect(payloadOf(received[3]).changes).toEqual({ body: { from: 'one' } });
  });

  it('a renamed label says its former name', async () => {
    await github.as('mai').createLabel('acme/other', 'old/name');
    await github.as('mai').renameLabel('acme/other', 'old/name', 'new/name');
    await github.settled();
    expect(payloadOf(received[1])).toMatchObject({ label: { name: 'new/name' }, changes: { name: { from: 'old/name' } } });
  });

  it('a transferred issue is announced and its old number redirects', async () => {
    const issue = await github.as('ada').openIssue('acme/other', { title: 'Wrong place' });
    const moved = await github.as('mai').transfer(issue, 'acme/app');
    await github.settled();
    expect(names()).toEqual(['issues.opened', 'issues.transferred', 'issues.opened']);
    expect(payloadOf(received[1])).toMatchObject({ changes: { new_issue: { number: moved.number } } });
    await expect(bot.getItem(issue)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await bot.getItem(moved)).toMatchObject({ title: 'Wrong place' });
  });

  it('a change of a file on the default branch is a push', async () => {
    await github.as('mai').writeFile('acme/other', '.github/sig-runtime.yml', 'label: {}\n');
    await github.settled();
    expect(received.map(({ event }) => event)).toEqual(['push']);
    expect(received[0]!.body).toContain('.github/sig-runtime.yml');
    expect(await bot.readFile(github.repository('acme/other'), '.github/sig-runtime.yml')).toMatchObject({ text: 'label: {}\n' });
  });
});

describe('faults', () => {
  it('a delivery that is lost is listed as failed and can be read and sent again', async () => {
    github.faults.nextDelivery('lose');
    const issue = await github.as('ada').openIssue('acme/app', { title: 'Nobody hears this' });
    await github.settled();
    expect(received).toEqual([]);
    const { deliveries } = await app.listDeliveries();
    const lost = deliveries[0]!;
    expect(lost).toMatchObject({ event: 'issues', action: 'opened', statusCode: 502, redelivery: false });
    expect(await app.getDelivery(lost.id)).toMatchObject({
      guid: lost.guid,
      event: 'issues',
      payload: { issue: { number: issue.number } },
    });
  });

  it('a duplicate arrives twice under one guid', async () => {
    github.faults.nextDelivery('duplicate');
    await github.as('ada').openIssue('acme/app', { title: 'Twice' });
    await github.settled();
    expect(names()).toEqual(['issues.opened', 'issues.opened']);
    expect(received[0]!.guid).toBe(received[1]!.guid);
  });

  it('a reordered delivery arrives after the next one', async () => {
    github.faults.nextDelivery('reorder');
    const issue = await github.as('ada').openIssue('acme/app', { title: 'First' });
    await github.as('ada').comment(issue, 'second');
    await github.settled();
    expect(names()).toEqual(['issue_comment.created', 'issues.opened']);
  });

  it('the same plan chooses the same victims', async () => {
    const runs = [];
    for (let run = 0; run < 2; run += 1) {
      github.faults.plan({ seed: 7, lose: 0.3, duplicate: 0.3 });
      const first = github.deliveries.length;
      received.length = 0;
      for (let index = 0; index < 8; index += 1) await github.as('ada').openIssue('acme/app', { title: `Case ${index}` });
      await github.settled();
      runs.push({ statuses: github.deliveries.slice(first).map((delivery) => delivery.statusCode), arrived: received.length });
    }
    github.faults.plan({});
    expect(runs[1]).toEqual(runs[0]);
    expect(new Set(runs[0]!.statuses)).toEqual(new Set([202, 502]));
  });

  it('an answer lost after the change was made leaves one comment', async () => {
    const issue = await github.as('ada').openIssue('acme/app', { title: 'Flaky' });
    github.faults.next({ type: 'bad-gateway-after-commit' }, 'POST', '/comments');
    await expect(bot.createComment(issue, 'once')).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 502 });
    expect((await bot.listComments(issue)).map(({ body, ours }) => ({ body, ours }))).toEqual([{ body: 'once', ours: true }]);
  });

  it('a secondary rate limit changes nothing and says how long to wait', async () => {
    const issue = await github.as('ada').openIssue('acme/app', { title: 'Busy' });
    github.faults.next({ type: 'secondary-limit', retryAfterSeconds: 7 }, 'POST', '/comments');
    await expect(bot.createComment(issue, 'too fast')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 7000 });
    expect(await bot.listComments(issue)).toEqual([]);
  });
});

describe('simulated time', () => {
  it('shows in what was made since, and only there', async () => {
    const early = await github.as('ada').openIssue('acme/app', { title: 'Monday' });
    await github.setNow('2026-08-04T10:30:00Z');
    const late = await github.as('ada').openIssue('acme/app', { title: 'Tuesday' });
    await github.as('mai').comment(early, 'seen');
    await github.settled();
    expect(await bot.getItem(late)).toMatchObject({ createdAt: '2026-08-04T10:30:00Z' });
    expect((await bot.getItem(early)).createdAt).toBe('2026-08-03T09:00:00Z');
    expect((await bot.listComments(early))[0]).toMatchObject({ createdAt: '2026-08-04T10:30:00Z' });
    expect(payloadOf(received.at(-1)).comment).toMatchObject({ created_at: '2026-08-04T10:30:00Z' });
    const changed = await bot.listChangedItems(github.repository('acme/app'), '2026-08-04T00:00:00Z');
    expect(changed.map(({ number }) => number)).toContain(late.number);
    expect(changed.map(({ number }) => number)).not.toContain(1);
    await expect(github.setNow('2026-08-04T09:00:00Z')).rejects.toThrow(RangeError);
  });
});
