import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operate } from '../../bot/src/cli/client.ts';
import { play } from '../../bot/src/embedded/play.ts';
import { flowingTime } from '../../bot/src/embedded/simulated-time.ts';
import { openStage, type Stage } from '../../bot/src/embedded/stage.ts';
import type { PolicyReplayReport } from '../../bot/src/operations/policy-replay.ts';
import { parseOptions } from '../../bot/src/options.ts';

const inForce = readFileSync(new URL('../../bot/src/embedded/configuration.yml', import.meta.url), 'utf8');
let stage: Stage;

beforeAll(async () => {
  const options = parseOptions({ port: '0', adminPort: '0', logLevel: 'silent' }, {});
  stage = await openStage({ options, clock: flowingTime });
  const { week, github, time, settle } = stage;
  const onTime = async (at: string): Promise<void> => time.set(at);
  await play({ github, repository: week.repository, steps: week.steps.slice(0, 14), settle, onTime, onStep: () => undefined });
}, 120_000);
afterAll(() => stage.close());

const replay = (configuration: string): Promise<PolicyReplayReport> =>
  operate(stage.service.adminUrl, 'policy-replay', { configuration, from: '2026-09-07T00:00:00Z' }) as Promise<PolicyReplayReport>;

it('the policy in force changes nothing, although the bot has acted since', async () => {
  const report = await replay(inForce);
  expect(report.decided).toBeGreaterThan(20);
  expect(report.different).toEqual([]);
});

it('a handler less is seen as its decisions, and as nothing else', async () => {
  const { different } = await replay(inForce.replace('answer: {}\n', ''));
  expect(different.length).toBeGreaterThan(0);
  for (const { before, after } of different) expect(after).toEqual(before.filter((line) => !line.startsWith('answer/')));
});
