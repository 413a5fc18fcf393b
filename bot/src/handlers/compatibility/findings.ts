import {
  type Catalog,
  checkVersions,
  inRange,
  type Product,
  type ReportedEntry,
  readVersion,
  releasesOf,
  supportOf,
  type Verdict,
  type VersionFound,
} from '@sig-runtime/playbooks/catalog';
import type { Finding } from './options.ts';

/** One thing to say about the versions of an item. */
export type Said = {
  finding: Finding;
  products: readonly { product: Product; version: string }[];
  what: string;
  remedy: string | null;
  playbook: string | null;
  /** Id of the entry or run in the catalogue. */
  source: string | null;
};

export type Findings = {
  /** Worst first. */
  said: readonly Said[];
  /** Versions read from the text, exact. */
  found: readonly { product: Product; version: string }[];
  /** Products that the matrix pairs with a found one, whose version the text does not give. */
  notFound: readonly Product[];
};

const WORST_FIRST: readonly Finding[] = ['fail', 'partial', 'fault', 'ended', 'outside'];

/** What the catalogue knows about these versions, and about nothing else: a version that is not there is not guessed. */
export function findingsOn(versions: readonly VersionFound[], catalog: Catalog, now: Date): Findings {
  const verdicts = checkVersions(versions, { reported: catalog.reported, tested: catalog.tested }, now);
  const found = exactVersions(versions);
  const said = [...verdicts.flatMap((verdict) => saidOf(verdict, catalog)), ...endedAmong(found, catalog)];
  return {
    said: said.sort((a, b) => WORST_FIRST.indexOf(a.finding) - WORST_FIRST.indexOf(b.finding)),
    found,
    notFound: missingFrom(verdicts),
  };
}

function exactVersions(versions: readonly VersionFound[]): Findings['found'] {
  const exact = versions.flatMap(({ product, version }) => {
    const read = readVersion(product, version);
    return read === null ? [] : [{ product, version: read }];
  });
  return exact.filter(
    ({ product, version }, index) => exact.findIndex((one) => one.product === product && one.version === version) === index,
  );
}

function saidOf(verdict: Verdict, catalog: Catalog): readonly Said[] {
  const products = known(verdict);
  if (verdict.state === 'fail' || verdict.state === 'partial') {
    const isFault = catalog.reported.entries.some(({ id, kind }) => id === verdict.finding && kind === 'defect');
    const finding = isFault ? 'fault' : verdict.state;
    return [{ finding, products, what: verdict.why, remedy: verdict.remedy, playbook: verdict.playbook, source: verdict.finding }];
  }
  const tried =
    verdict.state === 'not-tested' && verdict.provenance === 'none' ? triedInstead(products, catalog.reported.entries) : undefined;
  if (!tried) return [];
  return [{ finding: 'outside', products, what: tried.summary, remedy: null, playbook: null, source: tried.id }];
}

/** A combination that is known to work, with the same version of one of the two and another of the other. */
function triedInstead(pair: Said['products'], entries: readonly ReportedEntry[]): ReportedEntry | undefined {
  return entries.find(
    (entry) =>
      entry.kind === 'combination' &&
      entry.state === 'pass' &&
      pair.every(({ product }) => entry.products[product] !== undefined) &&
      pair.some(({ product, version }) => inRange(version, entry.products[product] ?? '')),
  );
}

/** Products of which every version in the text is out of support; an upgrade from an old version to a new one is not reported. */
function endedAmong(found: Findings['found'], catalog: Catalog): readonly Said[] {
  const ended = (product: Product, version: string) => supportOf(catalog.support, catalog.versions, product, version) === 'ended';
  return [...Map.groupBy(found, ({ product }) => product)].flatMap(([product, products]): Said[] => {
    if (!products.every(({ version }) => ended(product, version))) return [];
    const newest = releasesOf(catalog.versions, product).find(({ version }) => !version.includes('-'))?.version;
    const rule = catalog.support.windows.find((window) => window.product === product)?.rule ?? '';
    const remedy = newest === undefined ? null : `Upgrade; the newest release known here is ${newest}.`;
    return [{ finding: 'ended', products, what: rule, remedy, playbook: null, source: null }];
  });
}

function missingFrom(verdicts: readonly Verdict[]): readonly Product[] {
  const unknown = verdicts.filter((verdict) => verdict.state === 'unknown' && known(verdict).length > 0);
  return [...new Set(unknown.flatMap(({ products }) => products.filter(({ version }) => version === null).map(({ product }) => product)))];
}

function known({ products }: Verdict): Said['products'] {
  return products.flatMap(({ product, version }) => (version === null ? [] : [{ product, version }]));
}
