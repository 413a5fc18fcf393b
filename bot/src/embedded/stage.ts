import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Composed, compose } from '../compose.ts';
import { createGitHubApp } from '../github/app.ts';
import { loadKnowledge } from '../knowledge.ts';
import { openStore } from '../open-store.ts';
import { createLog } from '../operations/log.ts';
import type { BotOptions } from '../options.ts';
import type { Service } from '../service.ts';
import type { Store } from '../store/port.ts';
import { type EmbeddedGitHub, type FaultPlan, startEmbeddedGitHub } from '../testing/github/index.ts';
import { loadWeek, type Week } from './seed.ts';
import { type SimulatedTime, seededRandom } from './simulated-time.ts';
import { WEEK_ENDS } from './week.ts';

/** A bot and a GitHub that only know each other, both on loopback, before the first step of the week. */
export type Stage = {
  week: Week;
  github: EmbeddedGitHub;
  store: Store;
  composed: Composed;
  service: Service;
  time: SimulatedTime;
  /** Lets the bot finish everything that is due now. */
  settle(): Promise<void>;
  /** Closes the ports, then the store, then GitHub; what was stored is deleted. */
  close(): Promise<void>;
};

export type StagePlan = {
  options: BotOptions;
  /** Makes the clock, given the time of the first step. */
  clock: (start: string) => SimulatedTime;
  faults?: FaultPlan;
};

const SEED = 7;
const newSecret = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex');

/** Nothing is decided or performed until `settle` is called or `service.start` runs the bot. */
export async function openStage({ options, clock, faults }: StagePlan): Promise<Stage> {
  const knowledge = loadKnowledge(options.siteUrl);
  const week = loadWeek(knowledge.catalog);
  const start = week.steps[0]?.at ?? WEEK_ENDS;
  const time = clock(start);
  const github = await startEmbeddedGitHub({ seed: week.seed, now: start, ...(faults ? { faults } : {}) });
  const directory = mkdtempSync(join(tmpdir(), 'sig-runtime-'));
  const store = await openStore({ ...options, dataDir: directory }, time.now);
  const strike = async (): Promise<void> => {
    await store.close();
    await github.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const secret = newSecret();
    const composed = await composeFor({ options, store, github, knowledge, time, secret });
    const service = await composed.service();
    github.aim({ url: `${service.publicUrl}${options.webhookPath}`, secret });
    const settle = () => settleAll(github, composed);
    const close = async () => {
      await service.stop();
      await strike();
    };
    return { week, github, store, composed, service, time, settle, close };
  } catch (error) {
    await strike();
    throw error;
  }
}

type Parts = {
  options: BotOptions;
  store: Store;
  github: EmbeddedGitHub;
  knowledge: ReturnType<typeof loadKnowledge>;
  time: SimulatedTime;
  secret: string;
};

function composeFor({ options, store, github, knowledge, time, secret }: Parts): Promise<Composed> {
  const calls: { listener: (call: { method: string; status: number }) => void } = { listener: () => undefined };
  const app = createGitHubApp({
    appId: github.appId,
    privateKey: github.privateKey,
    baseUrl: github.url,
    throttle: false,
    onCall: (call) => calls.listener(call),
  });
  return compose({
    options,
    store,
    app,
    knowledge,
    githubUrl: github.url,
    secrets: [secret],
    clock: time.now,
    random: seededRandom(SEED),
    log: createLog(options.logLevel === 'info' ? 'error' : options.logLevel),
    minSpacingMs: 0,
    onApiCall: (listener) => {
      calls.listener = listener;
    },
  });
}

async function settleAll(github: EmbeddedGitHub, { bot }: Composed): Promise<void> {
  for (;;) {
    await github.settled();
    const done = await bot.drain();
    await github.settled();
    if (done === 0 && (await bot.drain()) === 0) return;
  }
}
