import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitHubApp } from '../../github/app.ts';
import type { GitHub } from '../../github/port.ts';
import { type EmbeddedGitHub, startEmbeddedGitHub } from './index.ts';

let github: EmbeddedGitHub;
let bot: GitHub;

const get = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, text: await response.text(), policy: response.headers.get('content-security-policy') };
};

beforeAll(async () => {
  const labels = [{ name: 'sig/runtime', color: '1d76db' }];
  github = await startEmbeddedGitHub({
    seed: { people: [{ login: 'ada' }, { login: 'mai', role: 'write' }], repositories: [{ owner: 'acme', name: 'app', labels }] },
    now: '2026-08-03T09:00:00Z',
  });
  const app = createGitHubApp({ appId: github.appId, privateKey: github.privateKey, baseUrl: github.url, throttle: false });
  bot = await app.installation(github.installationId);
});

afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.stop();
});

describe('the page of an item', () => {
  it('tells what happened in order: text, label, answer without its marker', async () => {
    const issue = await github.as('ada').openIssue('acme/app', { title: 'Deployer <fails>', body: 'It **fails**.' });
    await bot.addLabel(issue, 'sig/runtime');
    await bot.createComment(issue, '<!-- sig-runtime: answer -->\n\nSee *PB-001*.');
    await github.as('mai').close(issue);
    const { text, policy } = await get(issue.url);
    const places = ['Deployer &lt;fails&gt;', '<strong>fails</strong>', 'added the label', '<em>PB-001</em>', 'closed this'].map((part) =>
      text.indexOf(part),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).not.toContain('sig-runtime: answer');
    expect(text).toContain('3 Aug 2026, 09:00 UTC');
    expect(policy).toContain("default-src 'none'");
  });

  it('folds a minimised comment and counts reactions', async () => {
    const issue = await github.as('ada').openIssue('acme/app', { title: 'Old answer' });
    const comment = await bot.createComment(issue, 'outdated words');
    await bot.minimizeComment(comment.nodeId, 'OUTDATED');
    await github.as('ada').react(issue, comment.nodeId, 'THUMBS_DOWN');
    const { text } = await get(issue.url);
    expect(text).toMatch(/<details class="minimized"><summary>This comment was marked as outdated\.<\/summary>.*outdated words.*-1 × 1/s);
  });

  it('exists for pull requests and discussions too, and all are listed', async () => {
    const pull = await github.as('ada').openPullRequest('acme/app', { title: 'A pull request', draft: true });
    const discussion = await github.as('ada').openDiscussion('acme/app', { title: 'A discussion', labels: ['sig/runtime'] });
    expect((await get(pull.url)).text).toContain('Draft');
    expect((await get(discussion.url)).text).toContain('added the label');
    const { text } = await get(github.url);
    for (const { url } of [pull, discussion]) expect(text).toContain(`href="${new URL(url).pathname}"`);
    expect(text).not.toContain('place of a discussion');
  });

  it('is not found where there is nothing', async () => {
    expect((await get(`${github.url}/acme/app/issues/999`)).status).toBe(404);
  });
});
