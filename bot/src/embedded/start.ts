import type { Surroundings } from '../cli/program.ts';
import { table } from '../cli/table.ts';
import type { BotOptions } from '../options.ts';
import { type Progress, replay } from './replay.ts';
import type { Week } from './seed.ts';
import { flowingTime } from './simulated-time.ts';
import { openStage, type Stage } from './stage.ts';

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

/** What goes wrong on the way, as it does in a real week. */
const FAULTS = { seed: 7, duplicate: 0.06, lose: 0.03, badGatewayAfterCommit: 0.02 };
/** How often a line of progress is shown: redrawn on a terminal, one below the other elsewhere. */
const SHOW_EVERY_MS = { terminal: 250, log: 5_000 };

type Start = { options: BotOptions; once: boolean; json: boolean; io: Surroundings; stop: Promise<void> };

/** Replays the week against the embedded GitHub, reports, then serves until asked to stop (or ends, with `once`). Exit code 1 on errors. */
export async function startEmbedded({ options, once, json, io, stop }: Start): Promise<number> {
  io.stderr.write('Starting the embedded GitHub …\n');
  const stage = await openStage({ options: once ? { ...options, port: 0, adminPort: 0 } : options, clock: flowingTime, faults: FAULTS });
  try {
    const { service, github, week } = stage;
    const replayed = replay(stage, progressOn(io.stderr, stage)).then(() => {
      if (io.stderr.isTTY) io.stderr.write('\n');
    });
    const stopped = await Promise.race([replayed.then(() => false), stop.then(() => true)]);
    if (stopped) return 130;
    const report = await reportOf(stage);
    io.stdout.write(json ? `${JSON.stringify(report)}\n` : `${humanReport(report, week)}\n`);
    if (!once) {
      io.stderr.write(`\nstatus page   ${service.adminUrl}/\nissue pages   ${github.url}/\nCtrl-C ends.\n`);
      service.start();
      await stop;
    }
    return report.errors === 0 ? 0 : 1;
  } finally {
    await stage.close();
  }
}

function progressOn(stderr: NodeJS.WriteStream, { composed }: Stage): Progress {
  const { tally } = composed.bot;
  const everyMs = stderr.isTTY ? SHOW_EVERY_MS.terminal : SHOW_EVERY_MS.log;
  let shown = 0;
  return (done, of, at) => {
    const now = Date.now();
    if (now - shown < everyMs && done < of) return;
    shown = now;
    const line = `replaying ${at.slice(0, 16).replace('T', ' ')}  ${String(done).padStart(3)}/${of} steps  ${tally.received} deliveries  ${tally.writes} writes`;
    stderr.write(stderr.isTTY ? `\r${line}` : `${line}\n`);
  };
}

async function reportOf({ composed, github }: Stage): Promise<WeekReport> {
  const { tally } = composed.bot;
  const state = await composed.sla.state();
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
