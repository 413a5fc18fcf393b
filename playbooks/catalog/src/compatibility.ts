import { durationMs } from './duration.ts';
import type { PlaybookId, Product } from './identifiers.ts';
import type { CompatibilityState, Reported, ReportedEntry } from './reported.ts';
import type { Tested, TestedRun } from './tested.ts';
import { inRange, readVersion } from './version-match.ts';
import { lineOf } from './versions.ts';

/** A version as somebody stated it, e.g. in an issue. */
export type VersionFound = { product: Product; version: string };

/** The two sources of findings, never mixed: `reported` by others, `tested` by our stored runs. */
export type Findings = { reported: Reported; tested: Tested };

/** What is known about one product's version, or about two together. */
export type Verdict = {
  /** `unknown`: a version that the question needs was not found, so nothing is claimed. */
  state: CompatibilityState | 'unknown';
  products: readonly { product: Product; version: string | null }[];
  provenance: 'reported' | 'tested' | 'none';
  why: string;
  remedy: string | null;
  sources: readonly string[];
  playbook: PlaybookId | null;
  /** Id of the reported entry or of the run. */
  finding: string | null;
};

type Exact = { product: Product; version: string };

/** How many different versions of one product are looked at; a text that names more is a changelog. */
const MAX_VERSIONS_PER_PRODUCT = 4;

/**
 * Verdicts on the versions of one installation: known defects first, then each pair of `reported.yaml` in its order.
 * A pair of which a version is missing or unreadable gives `unknown` and says which; a pair nobody looked at gives `not-tested`.
 * @param now decides which runs are stale
 */
export function checkVersions(found: readonly VersionFound[], { reported, tested }: Findings, now: Date): readonly Verdict[] {
  const known = exactVersions(found);
  const defects = reported.entries.filter((entry) => entry.kind === 'defect').flatMap((entry) => defectVerdicts(entry, known));
  const pairs = reported.pairs.flatMap(({ products: [left, right], optional }) => {
    const [lefts, rights] = [known.get(left) ?? [], known.get(right) ?? []];
    if (optional && lefts.length === 0) return [];
    if (lefts.length === 0 || rights.length === 0) return [unknownVerdict(found, left, lefts[0], right, rights[0])];
    return lefts.flatMap((a) =>
      rights.flatMap((b) =>
        pairVerdicts(
          [
            { product: left, version: a },
            { product: right, version: b },
          ],
          { reported, tested },
          now,
        ),
      ),
    );
  });
  return [...defects, ...pairs];
}

function exactVersions(found: readonly VersionFound[]): Map<Product, readonly string[]> {
  const known = new Map<Product, string[]>();
  for (const { product, version } of found) {
    const exact = readVersion(product, version);
    const list = known.get(product) ?? [];
    if (exact !== null && !list.includes(exact) && list.length < MAX_VERSIONS_PER_PRODUCT) known.set(product, [...list, exact]);
  }
  return known;
}

function defectVerdicts(entry: ReportedEntry, known: Map<Product, readonly string[]>): Verdict[] {
  const sides = ranges(entry).map(([product, range]) => ({
    product,
    hits: (known.get(product) ?? []).filter((version) => inRange(version, range)),
  }));
  if (sides.some(({ hits }) => hits.length === 0)) return [];
  return [
    reportedVerdict(
      entry,
      sides.map(({ product, hits }) => ({ product, version: hits[0] ?? null })),
    ),
  ];
}

function pairVerdicts(pair: readonly [Exact, Exact], { reported, tested }: Findings, now: Date): Verdict[] {
  const entries = reported.entries.filter(
    (entry) =>
      entry.kind === 'combination' &&
      ranges(entry).every(([product, range]) => {
        const side = pair.find((one) => one.product === product);
        return side !== undefined && inRange(side.version, range);
      }),
  );
  const run = latestRun(tested, pair);
  const verdicts = entries.map((entry) => reportedVerdict(entry, pair));
  if (run !== undefined) verdicts.push(testedVerdict(run, pair, reported, now));
  if (verdicts.length > 0) return verdicts;
  const why = `no report and no run covers ${pair.map(({ product, version }) => `${product} ${version}`).join(' with ')}`;
  return [{ state: 'not-tested', products: pair, provenance: 'none', why, remedy: null, sources: [], playbook: null, finding: null }];
}

function reportedVerdict(entry: ReportedEntry, products: Verdict['products']): Verdict {
  return {
    state: entry.state,
    products,
    provenance: 'reported',
    why: entry.breaks ?? entry.summary,
    remedy: entry.remedy ?? null,
    sources: entry.sources,
    playbook: entry.playbook ?? null,
    finding: entry.id,
  };
}

function testedVerdict(run: TestedRun, pair: readonly [Exact, Exact], reported: Reported, now: Date): Verdict {
  const { state, result } = runState(run, reported, now);
  const against = pair.map(({ product }) => `${product} ${run.versions[product] ?? '?'}`).join(' with ');
  const age = state === 'stale' ? `, which is older than ${reported.staleAfter}` : '';
  const why = `run ${run.id} of ${run.finishedAt.slice(0, 10)} against ${against}: ${result}, ${run.passed} passed, ${run.failed} failed${age}`;
  return {
    state,
    products: pair,
    provenance: 'tested',
    why,
    remedy: null,
    sources: run.url ? [run.url] : [],
    playbook: null,
    finding: run.id,
  };
}

function unknownVerdict(
  found: readonly VersionFound[],
  left: Product,
  a: string | undefined,
  right: Product,
  b: string | undefined,
): Verdict {
  const say = (product: Product) => {
    const unread = found.find((one) => one.product === product);
    return unread === undefined ? `version of ${product} not found` : `"${unread.version.slice(0, 40)}" is no version of ${product}`;
  };
  const missing = [...(a === undefined ? [left] : []), ...(b === undefined ? [right] : [])];
  return {
    state: 'unknown',
    products: [
      { product: left, version: a ?? null },
      { product: right, version: b ?? null },
    ],
    provenance: 'none',
    why: missing.map(say).join(', '),
    remedy: null,
    sources: [],
    playbook: null,
    finding: null,
  };
}

/** What a run showed and what that is worth at `now`: results older than `staleAfter` are `stale`, whatever they were. */
export function runState(run: TestedRun, reported: Reported, now: Date): { state: CompatibilityState; result: CompatibilityState } {
  const result = run.passed === 0 ? (run.failed === 0 ? 'not-tested' : 'fail') : run.failed === 0 ? 'pass' : 'partial';
  const old = now.getTime() - Date.parse(run.finishedAt) > durationMs(reported.staleAfter);
  return { state: old && result !== 'not-tested' ? 'stale' : result, result };
}

/** Newest run of exactly these versions, else of the same minor lines. */
function latestRun(tested: Tested, pair: readonly [Exact, Exact]): TestedRun | undefined {
  const newestFirst = [...tested.runs].sort((a, b) => Date.parse(b.finishedAt) - Date.parse(a.finishedAt));
  const covers = (run: TestedRun, same: (tested: string, asked: string) => boolean) =>
    pair.every(({ product, version }) => {
      const ran = run.versions[product];
      return ran !== undefined && same(ran, version);
    });
  return (
    newestFirst.find((run) => covers(run, (a, b) => a === b)) ?? newestFirst.find((run) => covers(run, (a, b) => lineOf(a) === lineOf(b)))
  );
}

/** Products and ranges of an entry. */
export function ranges(entry: ReportedEntry): readonly (readonly [Product, string])[] {
  return Object.entries(entry.products) as [Product, string][];
}
