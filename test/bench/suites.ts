import { type BodyRun, largeBody } from './body.ts';
import { type BurstRun, burst } from './burst.ts';
import { warmUp } from './child.ts';
import { sampleTexts, signedBodies } from './deliveries.ts';
import { median, round, type Spread, spread } from './statistics.ts';
import { type SustainedRun, sustained } from './sustained.ts';

export type BotOptions = { runs: number; deliveries: number; seconds: number; onProgress: (line: string) => void };

type Ratio = { deliveriesPerSecond: number; ackP99: number; resident: number };
export type BotResult = {
  burst: BurstRun & { baseline: BurstRun; ratio: Ratio };
  sustained: SustainedRun & { baseline: SustainedRun; ratio: Ratio };
  body: { sizeMiB: number; unsigned: BodyRun; wronglySigned: BodyRun; baseline: BodyRun };
  /** Spread over the runs of the burst; what lies inside it says nothing. */
  noise: Record<'bot' | 'baseline', Record<'deliveriesPerSecond' | 'decidedPerSecond' | 'ackP50' | 'ackP99' | 'residentMiB', Spread>>;
};

const MIB = 1024 * 1024;
const BODY_MIB = 200;
const ITEMS = 1_000;
const BURST_CONCURRENCY = 64;
const SUSTAINED_CONCURRENCY = 16;

/** The bot and the baseline in turn, so that whatever else the machine does meets both. Numbers of the burst are medians over the runs. */
export async function benchBot({ runs, deliveries, seconds, onProgress }: BotOptions): Promise<BotResult> {
  const bodies = signedBodies({ count: deliveries, items: ITEMS, textOf: sampleTexts() });
  const options = { bodies, deliveries, items: ITEMS, concurrency: BURST_CONCURRENCY };
  const bot: BurstRun[] = [];
  const baseline: BurstRun[] = [];
  for (const program of ['bot', 'probot'] as const) await warmUp(program);
  for (let run = 1; run <= runs; run++) {
    bot.push(await burst('bot', options));
    baseline.push(await burst('probot', options));
    onProgress(`burst ${run}/${runs}: ${burstLine(bot.at(-1))}; Probot: ${burstLine(baseline.at(-1))}`);
  }
  const steady = { bodies, items: ITEMS, concurrency: SUSTAINED_CONCURRENCY, seconds };
  onProgress(`sustained: ${seconds} s each, then until everything is decided`);
  const sustainedRun = { bot: await sustained('bot', steady), baseline: await sustained('probot', steady) };
  onProgress(`body: ${BODY_MIB} MiB to the bot twice, to Probot once`);
  const sizeBytes = BODY_MIB * MIB;
  const body = {
    sizeMiB: BODY_MIB,
    unsigned: await largeBody('bot', { sizeBytes, signature: 'none' }),
    wronglySigned: await largeBody('bot', { sizeBytes, signature: 'wrong' }),
    baseline: await largeBody('probot', { sizeBytes, signature: 'wrong' }),
  };
  const [one, other] = [medianRun(bot), medianRun(baseline)];
  return {
    burst: { ...one, baseline: other, ratio: ratioOf(one, other) },
    sustained: { ...sustainedRun.bot, baseline: sustainedRun.baseline, ratio: ratioOf(sustainedRun.bot, sustainedRun.baseline) },
    body,
    noise: { bot: noiseOf(bot), baseline: noiseOf(baseline) },
  };
}

function burstLine(run: BurstRun | undefined): string {
  return run ? `${run.deliveriesPerSecond}/s, p99 ${run.ackMs.p99} ms, ${run.residentMiB} MiB, lost ${run.lost}` : '';
}

/** Medians of what is timed; the worst of what is counted. */
function medianRun(runs: readonly BurstRun[]): BurstRun {
  const middle = (read: (run: BurstRun) => number) => median(runs.map(read));
  const [first] = runs;
  if (!first) throw new Error('a benchmark needs at least one run');
  return {
    ...first,
    refused: Math.max(...runs.map(({ refused }) => refused)),
    lost: Math.max(...runs.map(({ lost }) => lost)),
    duplicatesIgnored: Math.min(...runs.map(({ duplicatesIgnored }) => duplicatesIgnored)),
    handlerErrors: Math.max(...runs.map(({ handlerErrors }) => handlerErrors)),
    ackMs: { p50: middle(({ ackMs }) => ackMs.p50), p99: middle(({ ackMs }) => ackMs.p99), max: middle(({ ackMs }) => ackMs.max) },
    deliveriesPerSecond: middle((run) => run.deliveriesPerSecond),
    decidedPerSecond: middle((run) => run.decidedPerSecond),
    residentMiB: middle((run) => run.residentMiB),
  };
}

/** Bot ÷ baseline. */
function ratioOf(bot: BurstRun | SustainedRun, baseline: BurstRun | SustainedRun): Ratio {
  return {
    deliveriesPerSecond: round(bot.deliveriesPerSecond / baseline.deliveriesPerSecond),
    ackP99: round(bot.ackMs.p99 / baseline.ackMs.p99),
    resident: round(bot.residentMiB / baseline.residentMiB),
  };
}

function noiseOf(runs: readonly BurstRun[]): BotResult['noise']['bot'] {
  return {
    deliveriesPerSecond: spread(runs.map((run) => run.deliveriesPerSecond)),
    decidedPerSecond: spread(runs.map((run) => run.decidedPerSecond)),
    ackP50: spread(runs.map(({ ackMs }) => ackMs.p50)),
    ackP99: spread(runs.map(({ ackMs }) => ackMs.p99)),
    residentMiB: spread(runs.map((run) => run.residentMiB)),
  };
}
