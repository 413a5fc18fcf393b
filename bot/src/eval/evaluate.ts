import type { createTriage } from '@sig-runtime/playbooks';
import { type Triage, touchesRuntime } from '@sig-runtime/playbooks';
import { f1, type Interval, percentile, ratio, wilson95 } from './metrics.ts';
import type { Row } from './rows.ts';

export type Slice = 'ocm' | 'kro' | 'flux' | 'other';
type Counts = { tp: number; fp: number; fn: number; tn: number };
type Scores = { precision: number; recall: number };
type LabelReport = Scores & { f1: number } & Counts & { precision95: Interval; recall95: Interval };

/** Counts are counts of rows; only precision, recall and f1 are ratios, with 95 % Wilson intervals beside them. */
export type Report = {
  rows: number;
  label: LabelReport;
  playbook: {
    answered: number;
    top1: number;
    top3: number;
    wrong: number;
    abstained: number;
    abstainedRight: number;
    withTruth: number;
    top1Of95: Interval;
  };
  homonymsLabelled: number;
  bySlice: Record<Slice, Scores & Counts & { rows: number }>;
  msPerRow: { p50: number; p99: number };
};

/** What was decided about one row. */
export type Decided = { row: Row; triage: Triage; decidedBy: 'text' | 'paths'; ms: number };

type Options = { textOnly: boolean; nowMs: () => number };

/** Decides every row from title, body, kind and (unless `textOnly`) changed areas; never from the repository or the address. */
export function decideRows(rows: readonly Row[], triage: ReturnType<typeof createTriage>, { textOnly, nowMs }: Options): Decided[] {
  return rows.map((row) => {
    const { title, body, kind, areas } = row;
    const byPaths = areas !== undefined && areas.length > 0 && !textOnly;
    const start = nowMs();
    const result = triage({ title, body, kind, ...(byPaths ? { pathsTouchRuntime: touchesRuntime(areas) } : {}) });
    return { row, triage: result, decidedBy: byPaths ? 'paths' : 'text', ms: nowMs() - start };
  });
}

export const isLabelled = ({ triage }: Decided): boolean => triage.scope.runtime === 'yes';

/** Repository owner → slice; only for reporting. */
export function sliceOf(repo: string): Slice {
  const owner = repo.split('/')[0] ?? '';
  if (owner === 'open-component-model') return 'ocm';
  if (owner === 'kubernetes-sigs' || owner === 'kro-run') return repo.endsWith('/kro') ? 'kro' : 'other';
  return owner === 'fluxcd' ? 'flux' : 'other';
}

/** Measures decisions against the rows' truth. Rows without `runtime` are outside `label`, rows without playbook truth outside `playbook`. */
export function report(decided: readonly Decided[]): Report {
  const slices = { ocm: count(decided, 'ocm'), kro: count(decided, 'kro'), flux: count(decided, 'flux'), other: count(decided, 'other') };
  const counts = countAll(decided);
  const scores = scoresOf(counts);
  return {
    rows: decided.length,
    label: {
      ...scores,
      f1: f1(scores.precision, scores.recall),
      ...counts,
      precision95: wilson95(counts.tp, counts.tp + counts.fp),
      recall95: wilson95(counts.tp, counts.tp + counts.fn),
    },
    playbook: playbookReport(decided),
    homonymsLabelled: decided.filter((one) => one.row.homonym === true && one.row.runtime !== true && isLabelled(one)).length,
    bySlice: slices,
    msPerRow: {
      p50: percentile(
        decided.map(({ ms }) => ms),
        0.5,
      ),
      p99: percentile(
        decided.map(({ ms }) => ms),
        0.99,
      ),
    },
  };
}

const scoresOf = ({ tp, fp, fn }: Counts): Scores => ({ precision: ratio(tp, tp + fp), recall: ratio(tp, tp + fn) });

function count(decided: readonly Decided[], slice: Slice): Report['bySlice'][Slice] {
  const own = decided.filter(({ row }) => sliceOf(row.repo) === slice);
  const counts = countAll(own);
  return { rows: own.length, ...scoresOf(counts), ...counts };
}

function countAll(decided: readonly Decided[]): Counts {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const one of decided) {
    const { runtime } = one.row;
    if (runtime === undefined) continue;
    counts[isLabelled(one) ? (runtime ? 'tp' : 'fp') : runtime ? 'fn' : 'tn'] += 1;
  }
  return counts;
}

function playbookReport(decided: readonly Decided[]): Report['playbook'] {
  const totals = { answered: 0, top1: 0, top3: 0, wrong: 0, abstained: 0, abstainedRight: 0, withTruth: 0 };
  for (const { row, triage } of decided) {
    const hasTruth = (row.playbook !== undefined && row.playbook !== null) || row.abstain !== undefined;
    if (!hasTruth) continue;
    const right = row.playbook ?? [];
    if (right.length > 0) totals.withTruth += 1;
    const { diagnosis } = triage;
    if (diagnosis.verdict === 'abstain') {
      totals.abstained += 1;
      if (row.abstain === true) totals.abstainedRight += 1;
      continue;
    }
    totals.answered += 1;
    const ranked = [diagnosis.best, ...diagnosis.others].slice(0, 3).map(({ playbook }) => playbook);
    if (right.includes(diagnosis.best.playbook)) totals.top1 += 1;
    else totals.wrong += 1;
    if (ranked.some((id) => right.includes(id))) totals.top3 += 1;
  }
  return { ...totals, top1Of95: wilson95(totals.top1, totals.withTruth) };
}
