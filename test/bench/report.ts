import type { BodyRun } from './body.ts';
import type { BurstRun } from './burst.ts';
import type { MatcherResult } from './matcher.ts';
import type { Spread } from './statistics.ts';
import type { BotResult } from './suites.ts';
import type { SustainedRun } from './sustained.ts';

type Row = readonly string[];

/** The table for people; the JSON object has more. */
export function renderBot({ burst, sustained, body, noise }: BotResult): string {
  return [
    `burst of ${burst.deliveries} deliveries and ${burst.duplicatesSent} duplicates`,
    table([['', 'bot', 'plain Probot', 'bot ÷ Probot', 'spread of the bot'], ...burstRows(burst, noise.bot)]),
    `${sustained.seconds} s at ${sustained.concurrency} at a time`,
    table([['', 'bot', 'plain Probot', 'bot ÷ Probot'], ...sustainedRows(sustained)]),
    `one body of ${body.sizeMiB} MiB`,
    table([
      ['', 'status', 'server read', 'memory grew'],
      bodyRow('bot, no signature', body.unsigned),
      bodyRow('bot, wrong signature', body.wronglySigned),
      bodyRow('plain Probot, wrong signature', body.baseline),
    ]),
  ].join('\n');
}

export function renderMatcher({ texts }: MatcherResult): string {
  const rows = texts.map(({ name, ms, cpuMs }): Row => [name, `${ms.p50}`, `${ms.p99}`, `${ms.max}`, `${cpuMs}`]);
  return `reading ${texts[0]?.chars ?? 0} characters, ms\n${table([['text', 'p50', 'p99', 'max', 'CPU (mean)'], ...rows])}`;
}

function burstRows(burst: BotResult['burst'], noise: BotResult['noise']['bot']): readonly Row[] {
  const { baseline, ratio } = burst;
  const row = (name: string, read: (run: BurstRun) => number, unit: string, share?: number, of?: Spread): Row => [
    name,
    `${read(burst)}${unit}`,
    `${read(baseline)}${unit}`,
    share === undefined ? '' : `${share}`,
    of ? `${of.min}–${of.max}` : '',
  ];
  return [
    row('acknowledged', (run) => run.deliveriesPerSecond, '/s', ratio.deliveriesPerSecond, noise.deliveriesPerSecond),
    row('decided', (run) => run.decidedPerSecond, '/s', undefined, noise.decidedPerSecond),
    row('acknowledgement p50', (run) => run.ackMs.p50, ' ms', undefined, noise.ackP50),
    row('acknowledgement p99', (run) => run.ackMs.p99, ' ms', ratio.ackP99, noise.ackP99),
    row('resident memory', (run) => run.residentMiB, ' MiB', ratio.resident, noise.residentMiB),
    row('lost', (run) => run.lost, ''),
    row('duplicates ignored', (run) => run.duplicatesIgnored, ''),
  ];
}

function sustainedRows(sustained: BotResult['sustained']): readonly Row[] {
  const { baseline, ratio } = sustained;
  const row = (name: string, read: (run: SustainedRun) => number, unit: string, share?: number): Row => [
    name,
    `${read(sustained)}${unit}`,
    `${read(baseline)}${unit}`,
    share === undefined ? '' : `${share}`,
  ];
  return [
    row('acknowledged', (run) => run.deliveriesPerSecond, '/s', ratio.deliveriesPerSecond),
    row('decided', (run) => run.decidedPerSecond, '/s'),
    row('acknowledgement p50', (run) => run.ackMs.p50, ' ms'),
    row('acknowledgement p99', (run) => run.ackMs.p99, ' ms', ratio.ackP99),
    row('resident memory', (run) => run.residentMiB, ' MiB', ratio.resident),
  ];
}

function bodyRow(name: string, { status, readMiB, growthMiB }: BodyRun): Row {
  return [name, `${status}`, `${readMiB} MiB`, `${growthMiB} MiB`];
}

function table(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: Row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return `${rows.map((row) => `  ${line(row).join('  ').trimEnd()}`).join('\n')}\n`;
}
