import { ranges, runState } from './compatibility.ts';
import type { Product } from './identifiers.ts';
import type { CompatibilityState, Reported, ReportedEntry } from './reported.ts';
import type { Tested, TestedRun } from './tested.ts';
import { inRange } from './version-match.ts';
import { lineOf, linesOf, releasesOf, type Versions } from './versions.ts';

/** What others say of a cell: the worst state of its entries, and their ids. */
export type ReportedCell = { state: CompatibilityState; entries: readonly string[] };

/** What our runs say of a cell: the newest run, its result, and `state`, which is that result or `stale`. */
export type TestedCell = { state: CompatibilityState; result: CompatibilityState; run: string | null; finishedAt: string | null };

/** Two minor lines; the two provenances stand side by side and are never merged. */
export type Cell = { row: string; column: string; reported: ReportedCell; tested: TestedCell };

/** Table of one pair: `rows` are minor lines of the first product, `columns` of the second, newest first. */
export type PairMatrix = { pair: readonly [Product, Product]; rows: readonly string[]; columns: readonly string[]; cells: readonly Cell[] };

const WORST_FIRST: readonly CompatibilityState[] = ['fail', 'partial', 'stale', 'pass', 'not-tested'];

/**
 * One table per pair of `reported.yaml`, over the minor lines that `versions.yaml` knows. A reported entry counts for a cell when it
 * covers a known release of both lines; a run counts when it used versions of both lines.
 * @param now decides which runs are stale
 */
export function matrix(reported: Reported, tested: Tested, versions: Versions, now: Date): readonly PairMatrix[] {
  const covered = reported.entries.filter((entry) => entry.kind === 'combination').map((entry) => coverage(entry, versions));
  return reported.pairs.map(({ products: pair }) => {
    const rows = linesOf(versions, pair[0]);
    const columns = linesOf(versions, pair[1]);
    const cells = rows.flatMap((row) =>
      columns.map((column) => {
        const lines: Lines = new Map([
          [pair[0], row],
          [pair[1], column],
        ]);
        return { row, column, reported: reportedCell(covered, lines), tested: testedCell(reported, tested, lines, now) };
      }),
    );
    return { pair, rows, columns, cells };
  });
}

/** Minor line of each product of a pair. */
type Lines = ReadonlyMap<Product, string>;

/** An entry with the minor lines, by product, of which it covers a release. */
type Coverage = { entry: ReportedEntry; lines: ReadonlyMap<Product, ReadonlySet<string>> };

function coverage(entry: ReportedEntry, versions: Versions): Coverage {
  const lines = ranges(entry).map(([product, range]) => {
    const hits = releasesOf(versions, product).filter(({ version }) => inRange(version, range));
    return [product, new Set(hits.map(({ version }) => lineOf(version)))] as const;
  });
  return { entry, lines: new Map(lines) };
}

function reportedCell(covered: readonly Coverage[], lines: Lines): ReportedCell {
  const entries = covered
    .filter((one) => [...lines].every(([product, line]) => one.lines.get(product)?.has(line)))
    .map(({ entry }) => entry);
  const state = WORST_FIRST.find((worst) => entries.some((entry) => entry.state === worst)) ?? 'not-tested';
  return { state, entries: entries.map((entry) => entry.id) };
}

function testedCell(reported: Reported, tested: Tested, lines: Lines, now: Date): TestedCell {
  const covers = (run: TestedRun) => [...lines].every(([product, line]) => lineOf(run.versions[product] ?? '') === line);
  const [newest] = tested.runs.filter(covers).sort((a, b) => Date.parse(b.finishedAt) - Date.parse(a.finishedAt));
  if (newest === undefined) return { state: 'not-tested', result: 'not-tested', run: null, finishedAt: null };
  return { ...runState(newest, reported, now), run: newest.id, finishedAt: newest.finishedAt };
}
