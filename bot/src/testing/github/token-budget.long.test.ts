import { expect, it } from 'vitest';
import { createGitHubApp } from '../../github/app.ts';
import { startEmbeddedGitHub } from './index.ts';

it('an installation token outlives the calls that emulate allows it', async () => {
  const github = await startEmbeddedGitHub({ seed: { people: [{ login: 'ada' }], repositories: [{ owner: 'acme', name: 'app' }] } });
  let last = { status: 0, remaining: Number.POSITIVE_INFINITY };
  const app = createGitHubApp({
    appId: github.appId,
    privateKey: github.privateKey,
    baseUrl: github.url,
    throttle: false,
    onCall: ({ status, remaining = last.remaining }) => {
      last = { status, remaining };
    },
  });
  const bot = await app.installation(github.installationId);
  const repository = github.repository('acme/app');
  let renewals = 0;
  for (let call = 0; call < 5100; call += 50) {
    const before = last.remaining;
    await Promise.all(Array.from({ length: 50 }, () => bot.listLabels(repository)));
    if (last.remaining > before) renewals += 1;
    expect([200, 304]).toContain(last.status);
  }
  expect(renewals).toBe(1);
  await github.stop();
});
