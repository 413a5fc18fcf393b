import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from '../cli/program.ts';
import { table } from '../cli/table.ts';
import { type Composed, compose } from '../compose.ts';
import { createGitHubApp } from '../github/app.ts';
import { loadKnowledge } from '../knowledge.ts';
import { openStore } from '../open-store.ts';
import { createLog } from '../operations/log.ts';
import type { BotOptions } from '../options.ts';
import { type EmbeddedGitHub, startEmbeddedGitHub } from '../testing/github/index.ts';
import { play } from './play.ts';
import { loadWeek, type Week } from './seed.ts';
import { WEEK_ENDS } from './week.ts';

/** What `npm start -- --once --json` prints. */
export type WeekReport = {
  /** Deliveries that reached the webhook listener; `accepted + duplicates`. */
  deliveries: number;
  accepted: number;
  /** Deliveries that arrived again and were ignored. */
  duplicates: number;
  labelled: number;
  answered: number;
  abstained: number;
  slaClocks: number;
  breaches: number;
  /** Changes made on GitHub. */
  writes: number;
  /** Refused deliveries, dead letters, failed effects and breaches of GitHub's API description. */
  errors: number;
};

/** The secret of a bot and a GitHub that only know each other; both listen on loopback. */
const newSecret = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex');

const SEED = 7;
/** What goes wrong on the way, as it does in a real week. */
const FAULTS = { seed: SEED, duplicate: 0.06, lose: 0.03, badGatewayAfterCommit: 0.02 };
const STEP_EVERY_MS = 250;

type Start = { options: BotOptions; once: boolean; json: boolean; io: Surroundings; stop: Promise<void> };

/** Replays the week against the embedded GitHub, reports, then serves until asked to stop (or ends, with `once`). Exit code 1 on errors. */
export async function startEmbedded({ options, once, json, io, stop }: Start): Promise<number> {
  const progress = (text: string): void => void io.stderr.write(text);
  const knowledge = loadKnowledge(options.siteUrl);
  const week = loadWeek(knowledge.catalog);
  progress('Starting the embedded GitHub …\n');
  const github = await startEmbeddedGitHub({ seed: week.seed, now: week.steps[0]?.at ?? WEEK_ENDS, faults: FAULTS });
  const directory = mkdtempSync(join(tmpdir(), 'sig-runtime-'));
  const time = simulatedTime(week.steps[0]?.at ?? WEEK_ENDS);
  const secret = newSecret();
  const apiCalls: { listener: (call: { method: string; status: number }) => void } = { listener: () => undefined };
  const store = await openStore({ ...options, dataDir: directory }, time.now);
  try {
    const app = createGitHubApp({
      appId: github.appId,
      privateKey: github.privateKey,
      baseUrl: github.url,
      throttle: false,
      onCall: (call) => apiCalls.listener(call),
    });
    const composed = await compose({
      options: once ? { ...options, port: 0, adminPort: 0 } : options,
      store,
      app,
      knowledge,
      githubUrl: github.url,
      secrets: [secret],
      clock: time.now,
      random: seededRandom(SEED),
      log: createLog(options.logLevel === 'info' ? 'warn' : options.logLevel),
      minSpacingMs: 0,
      onApiCall: (listener) => {
        apiCalls.listener = listener;
      },
    });
    const service = await composed.service();
    github.aim({ url: `${service.publicUrl}${options.webhookPath}`, secret });
    const stopped = await Promise.race([replay(week, github, composed, time, io).then(() => false), stop.then(() => true)]);
    if (stopped) return 130;
    const report = await reportOf(composed, github);
    io.stdout.write(json ? `${JSON.stringify(report)}\n` : `${humanReport(report, week)}\n`);
    if (!once) {
      progress(`\nstatus page   ${service.adminUrl}/\nissue pages   ${github.url}/\nCtrl-C ends.\n`);
      service.start();
      await stop;
    }
    await service.stop();
    return report.errors === 0 ? 0 : 1;
  } finally {
    await store.close();
    await github.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Plays the week step by step; lost deliveries are found by the sweep, promises looked at every morning. */
async function replay(week: Week, github: EmbeddedGitHub, { bot, jobs }: Composed, time: SimulatedTime, io: Surroundings): Promise<void> {
  const settle = async (): Promise<void> => {
    for (;;) {
      await github.settled();
      const done = await bot.drain();
      await github.settled();
      if (done === 0 && (await bot.drain()) === 0) return;
    }
  };
  let day = '';
  let shown = 0;
  await play({
    github,
    repository: week.repository,
    steps: week.steps,
    settle,
    onTime: async (at) => {
      time.set(at);
      if (at.slice(0, 10) === day) return;
      day = at.slice(0, 10);
      for (const job of [jobs.installations, jobs.recovery, jobs['sla-digest']]) await job();
      await settle();
    },
    onStep: (done, of, at) => {
      const now = Date.now();
      if (now - shown < STEP_EVERY_MS && done < of) return;
      shown = now;
      const line = `replaying ${at.slice(0, 16).replace('T', ' ')}  ${String(done).padStart(3)}/${of} steps  ${bot.tally.received} deliveries  ${bot.tally.writes} writes`;
      io.stderr.write(io.stderr.isTTY ? `\r${line}` : `${line}\n`);
    },
  });
  if (io.stderr.isTTY) io.stderr.write('\n');
  await github.setNow(WEEK_ENDS);
  time.set(WEEK_ENDS);
  for (const job of [jobs.recovery, jobs['sla-digest']]) await job();
  await settle();
}

async function reportOf({ bot, sla }: Composed, github: EmbeddedGitHub): Promise<WeekReport> {
  const { tally } = bot;
  const state = await sla.state();
  return {
    deliveries: tally.received,
    accepted: tally.accepted,
    duplicates: tally.duplicates,
    labelled: tally.labelled,
    answered: tally.answered,
    abstained: tally.abstained,
    slaClocks: state.clocks,
    breaches: [...state.breaches.values()].reduce((sum, count) => sum + count, 0),
    writes: tally.writes,
    errors: tally.refused + tally.buried + tally.failedEffects + tally.handlerErrors + github.violations.length,
  };
}

function humanReport(report: WeekReport, week: Week): string {
  const rows: readonly [string, number, string][] = [
    ['items', week.items, 'issues, pull requests and discussions opened in the week'],
    ['deliveries', report.deliveries, `${report.accepted} accepted, ${report.duplicates} duplicates ignored`],
    ['labelled', report.labelled, 'labels set, each with its reason'],
    ['answered', report.answered, 'playbook answers, quoting their evidence'],
    ['abstained', report.abstained, 'decisions to stay silent, each with its reason'],
    ['SLA clocks', report.slaClocks, `${report.breaches} have run out`],
    ['writes', report.writes, 'changes on GitHub'],
    ['errors', report.errors, ''],
  ];
  return table(['', 'count', ''], rows);
}

type SimulatedTime = { now: () => number; set: (at: string) => void };

/** Simulated time goes on with real time between two steps, so that retries come due. */
function simulatedTime(start: string): SimulatedTime {
  let base = Date.parse(start);
  let since = performance.now();
  return {
    now: () => Math.floor(base + (performance.now() - since)),
    set: (at) => {
      base = Math.max(Date.parse(at), Math.floor(base + (performance.now() - since)));
      since = performance.now();
    },
  };
}

/** Mulberry32: the same week every time. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
