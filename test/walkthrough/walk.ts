import { readFileSync } from 'node:fs';
import { replay } from '../../bot/src/embedded/replay.ts';
import type { Stage } from '../../bot/src/embedded/stage.ts';
import type { EmbeddedItem } from '../../bot/src/testing/github/index.ts';
import type { Camera } from './camera.ts';

/** Addresses of what the walk showed. */
export type Places = { report: EmbeddedItem; hostile: EmbeddedItem; homonym: EmbeddedItem; digest: string; status: string; list: string };

const REPORTER = 'platform-team-a';
const MAINTAINER = 'maintainer-one';
const text = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const REPLY = '.post:nth-last-child(-n+2)';

/** Plays the week, then one more day on which a report is opened, answered and questioned, with a picture of every step. */
export async function walk(stage: Stage, camera: Camera, say: (line: string) => void): Promise<Places> {
  const { github, settle, time, week, service } = stage;
  const at = async (iso: string): Promise<void> => {
    time.set(iso);
    await github.setNow(iso);
  };
  const take: Camera['take'] = async (file, url, framing) => {
    await camera.take(file, url, framing);
    say(file);
  };
  say('replaying the week');
  await replay(stage, () => undefined);

  await at('2026-09-17T07:05:00Z');
  const report = await github.as(REPORTER).openIssue(week.repository, {
    title: 'Component shop-frontend does not become ready after the move to a private registry',
    body: text('report.md'),
  });
  await take('issue-opened.png', report.url);
  await settle();
  await take('issue-answered.png', report.url, { maxHeight: 1_900 });

  await at('2026-09-17T07:40:00Z');
  await github.as(MAINTAINER).comment(report, '/sig why');
  await settle();
  await take('issue-why.png', report.url, { only: REPLY, maxHeight: 1_500 });

  await at('2026-09-17T08:10:00Z');
  const homonym = await github.as('platform-team-b').openIssue(week.repository, {
    title: 'OCM: managed cluster stays Unknown after the klusterlet upgrade',
    body: text('homonym.md'),
  });
  await settle();
  await take('issue-left-alone.png', homonym.url);

  const digest = await digestUrl(stage);
  await take('sla-digest.png', digest, { maxHeight: 960 });
  await take('issue-list.png', `${github.url}/`, { maxHeight: 900 });
  const status = `${service.adminUrl}/`;
  await take('status-light.png', status, { maxHeight: 1_160 });
  await take('status-dark.png', status, { scheme: 'dark', maxHeight: 1_160 });

  const hostile = await github.as('new-contributor').openIssue(week.repository, {
    title: 'Component <b>not ready</b> since today',
    body: text('hostile-report.md'),
  });
  await settle();

  return { report, hostile, homonym, digest, status, list: `${github.url}/` };
}

async function digestUrl({ store }: Stage): Promise<string> {
  const effects = await store.effects({ limit: 1_000, states: ['done'] });
  const url = effects.find(({ effect, result }) => effect.type === 'put-issue' && result?.url !== undefined)?.result?.url;
  if (url === undefined) throw new Error('the week ended without a digest issue');
  return url;
}
