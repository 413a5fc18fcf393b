import type { Decided, Report } from './evaluate.ts';
import { isLabelled } from './evaluate.ts';
import type { Interval } from './metrics.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const range = ([low, high]: Interval): string => `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`;

/** The report for people. */
export function renderReport(title: string, report: Report): string {
  const { label, playbook, bySlice, msPerRow } = report;
  const slices = Object.entries(bySlice)
    .filter(([, slice]) => slice.rows > 0)
    .map(
      ([name, slice]) =>
        `  ${name.padEnd(6)} ${String(slice.rows).padStart(4)} rows   precision ${percent(slice.precision).padStart(7)}   recall ${percent(slice.recall).padStart(7)}`,
    );
  return [
    `${title}: ${report.rows} rows`,
    `label     precision ${percent(label.precision)} (95 %: ${range(label.precision95)}), recall ${percent(label.recall)} (95 %: ${range(label.recall95)}), F1 ${percent(label.f1)}`,
    `          right ${label.tp} + ${label.tn}, wrongly labelled ${label.fp}, missed ${label.fn}, homonyms labelled ${report.homonymsLabelled}`,
    ...slices,
    `playbook  answered ${playbook.answered}: first answer right ${playbook.top1} of ${playbook.withTruth} (95 %: ${range(playbook.top1Of95)}), within three ${playbook.top3}, wrong ${playbook.wrong}`,
    `          abstained ${playbook.abstained}, rightly ${playbook.abstainedRight}`,
    `time      ${msPerRow.p50.toFixed(2)} ms a row (median), ${msPerRow.p99.toFixed(2)} ms (99th percentile)`,
    '',
  ].join('\n');
}

/** One row's decision and reasons, as `--rows` prints them. */
export function rowReport(decided: Decided): Record<string, unknown> {
  const { row, triage, decidedBy } = decided;
  const { scope, diagnosis } = triage;
  const answer =
    diagnosis.verdict === 'answer'
      ? { playbook: diagnosis.best.playbook, confidence: diagnosis.best.confidence, spans: diagnosis.best.spans }
      : { abstained: diagnosis.why };
  return {
    id: row.id,
    label: {
      labelled: isLabelled(decided),
      truth: row.runtime ?? null,
      decidedBy,
      confidence: scope.confidence,
      integration: scope.integration,
      reason: scope.reason,
    },
    signals: scope.contributions.map(({ signal, weight, inTitle }) => ({ signal, weight, inTitle })),
    playbook: {
      ...answer,
      truth: row.playbook ?? null,
      others: diagnosis.others.map(({ playbook, confidence, by }) => ({ playbook, confidence, by })),
    },
  };
}
