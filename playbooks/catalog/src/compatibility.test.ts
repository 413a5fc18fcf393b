import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkVersions, type VersionFound } from './compatibility.ts';
import { Product } from './identifiers.ts';
import { loadCatalog } from './load.ts';
import { matrix } from './matrix.ts';
import type { Tested, TestedRun } from './tested.ts';
import { upgradeSteps } from './upgrade.ts';
import { readVersion } from './version-match.ts';

const { reported, tested, versions } = loadCatalog();
const NOW = new Date('2026-11-01T12:00:00Z');

const run = (over: Partial<TestedRun> = {}): TestedRun => ({
  id: 'nightly-1',
  suite: 'conformance',
  finishedAt: '2026-10-31T03:00:00Z',
  commit: 'abcdef0',
  versions: { 'ocm-controller': '0.13.0', kubernetes: '1.36.3', flux: '2.9.4', kro: '0.9.3' },
  passed: 10,
  failed: 0,
  skipped: 1,
  ...over,
});
const runs = (...list: TestedRun[]): Tested => ({ schemaVersion: 1, runs: list });

function verdict(found: VersionFound[], left: Product, right: Product, ran: Tested = tested) {
  return checkVersions(found, { reported, tested: ran }, NOW).filter(
    ({ products }) => products[0]?.product === left && products[1]?.product === right,
  );
}

describe('checking the versions of an installation', () => {
  it('says which version was not found instead of guessing', () => {
    const [answer, ...more] = verdict([{ product: 'flux', version: '2.8.1' }], 'flux', 'kubernetes');
    expect(more).toEqual([]);
    expect(answer).toMatchObject({ state: 'unknown', provenance: 'none', playbook: null, why: 'version of kubernetes not found' });
    expect(checkVersions([], { reported, tested }, NOW).every(({ state }) => state === 'unknown')).toBe(true);
  });

  it('does not take a tag such as latest for a version', () => {
    const [answer] = verdict(
      [
        { product: 'flux', version: 'latest' },
        { product: 'kubernetes', version: '1.35' },
      ],
      'flux',
      'kubernetes',
    );
    expect(answer).toMatchObject({ state: 'unknown', why: '"latest" is no version of flux' });
  });

  it.each([
    ['v2.8.1', 'v1.35.2', 'pass'],
    ['2.8.1', '1.36.0', 'not-tested'],
    ['2.8', '1.33', 'pass'],
    ['2.8.1', 'v1.33.5-gke.1200', 'pass'],
    ['2.8.1', 'v1.32.9+k3s1', 'not-tested'],
    ['2.9.0', '1.36.3', 'pass'],
  ])('judges Flux %s on Kubernetes %s as %s', (flux, kubernetes, state) => {
    const answers = verdict(
      [
        { product: 'flux', version: flux },
        { product: 'kubernetes', version: kubernetes },
      ],
      'flux',
      'kubernetes',
    );
    expect(answers).toMatchObject([{ state, provenance: 'reported', sources: [expect.stringMatching(/^https:/)] }]);
  });

  it('names the known defects of a version with their playbooks', () => {
    const answers = checkVersions([{ product: 'ocm-controller', version: 'v0.11.0' }], { reported, tested }, NOW);
    expect(answers[0]).toMatchObject({
      finding: 'controller-subpath-credentials',
      playbook: 'PB-002',
      state: 'partial',
      remedy: expect.stringContaining('0.12.0'),
    });
    const fixed = checkVersions([{ product: 'ocm-controller', version: 'v0.12.0' }], { reported, tested }, NOW);
    expect(fixed.filter(({ provenance }) => provenance === 'reported')).toEqual([]);
  });

  it('looks at the legacy pairs only where the legacy controller is in use', () => {
    const flux: VersionFound = { product: 'flux', version: '2.8.0' };
    expect(verdict([flux], 'legacy-ocm-controller', 'flux')).toEqual([]);
    expect(verdict([flux, { product: 'legacy-ocm-controller', version: '0.28.0' }], 'legacy-ocm-controller', 'flux')).toMatchObject([
      { state: 'fail', playbook: 'PB-008' },
    ]);
    expect(verdict([flux, { product: 'legacy-ocm-controller', version: '0.29.0' }], 'legacy-ocm-controller', 'flux')).toMatchObject([
      { state: 'not-tested' },
    ]);
  });

  it('keeps reports and own runs apart', () => {
    const found: VersionFound[] = [
      { product: 'flux', version: '2.9.4' },
      { product: 'kubernetes', version: '1.36.3' },
    ];
    const answers = verdict(found, 'flux', 'kubernetes', runs(run({ failed: 2 })));
    expect(answers.map(({ provenance, state }) => [provenance, state])).toEqual([
      ['reported', 'pass'],
      ['tested', 'partial'],
    ]);
  });

  it('prefers the run of the exact versions to a newer one of the same minors', () => {
    const found: VersionFound[] = [
      { product: 'kro', version: '0.9.3' },
      { product: 'kubernetes', version: '1.36.3' },
    ];
    const newer = run({
      id: 'other-patch',
      finishedAt: '2026-11-01T00:00:00Z',
      versions: { kro: '0.9.4', kubernetes: '1.36.3' },
      passed: 0,
      failed: 3,
    });
    expect(verdict(found, 'kro', 'kubernetes', runs(newer, run()))).toMatchObject([{ state: 'pass', finding: 'nightly-1' }]);
    expect(verdict(found, 'kro', 'kubernetes', runs(newer))).toMatchObject([{ state: 'fail', why: expect.stringContaining('kro 0.9.4') }]);
  });

  it.each([
    ['a run of thirty days ago', '2026-10-02T12:00:00Z', 'pass'],
    ['an older run', '2026-10-02T11:59:59Z', 'stale'],
  ])('judges %s', (_, finishedAt, state) => {
    const found: VersionFound[] = [
      { product: 'kro', version: '0.9.3' },
      { product: 'kubernetes', version: '1.36.3' },
    ];
    expect(verdict(found, 'kro', 'kubernetes', runs(run({ finishedAt })))).toMatchObject([
      { state, why: expect.stringContaining('10 passed') },
    ]);
  });

  it('does not depend on the order of what was found, and survives any text', () => {
    const one = fc.record({
      product: fc.constantFrom(...Product.options),
      version: fc.oneof(fc.string(), fc.constantFrom('0.12.0', 'v2.8.0', '1.35', '0.9.3')),
    });
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: ({ product }) => product }), (found) => {
        const forward = checkVersions(found, { reported, tested }, NOW);
        expect(checkVersions(found.toReversed(), { reported, tested }, NOW)).toEqual(forward);
      }),
    );
  });
});

describe('reading versions', () => {
  it.each([
    ['ocm-controller', 'kubernetes/controller/v0.12.0', '0.12.0'],
    ['ocm-controller', '0.14.0-rc.2', '0.14.0-rc.2'],
    ['kubernetes', 'v1.34.1-eks-abc123', '1.34.1'],
    ['kubernetes', 'v1.36.0-rc.1', '1.36.0-rc.1'],
    ['kro', '0.9', '0.9.0'],
    ['kro', 'main', null],
    ['kro', '0', null],
    ['kro', `0.9.${'1'.repeat(100)}`, null],
  ] as const)('%s %s is %s', (product, text, exact) => expect(readVersion(product, text)).toBe(exact));
});

describe('the matrix', () => {
  const cell = (ran: Tested, left: Product, right: Product, row: string, column: string) =>
    matrix(reported, ran, versions, NOW)
      .find(({ pair }) => pair[0] === left && pair[1] === right)
      ?.cells.find((one) => one.row === row && one.column === column);

  it('has one cell for each pair of minor lines, newest first by number', () => {
    const table = matrix(reported, tested, versions, NOW).find(({ pair }) => pair[0] === 'ocm-controller' && pair[1] === 'kro');
    expect(table?.rows.slice(0, 6)).toEqual(['0.14', '0.13', '0.12', '0.11', '0.10', '0.9']);
    expect(table?.cells).toHaveLength(table!.rows.length * table!.columns.length);
  });

  it('shows both provenances side by side', () => {
    expect(cell(runs(run({ failed: 1 })), 'flux', 'kubernetes', '2.9', '1.36')).toMatchObject({
      reported: { state: 'pass', entries: ['flux-2.9-kubernetes'] },
      tested: { state: 'partial', run: 'nightly-1' },
    });
    expect(cell(tested, 'flux', 'kubernetes', '2.7', '1.36')).toMatchObject({
      reported: { state: 'not-tested', entries: ['flux-2.7-kubernetes-outside'] },
      tested: { state: 'not-tested', run: null },
    });
  });

  it('counts a report that covers one release of the line', () => {
    expect(cell(tested, 'ocm-controller', 'kro', '0.2', '0.8')?.reported).toEqual({ state: 'pass', entries: ['controller-0.2-kro-0.8.1'] });
    expect(cell(tested, 'ocm-controller', 'kro', '0.13', '0.8')?.reported).toEqual({ state: 'not-tested', entries: [] });
  });

  it('remembers the result behind a stale cell', () => {
    expect(cell(runs(run({ finishedAt: '2026-01-01T00:00:00Z' })), 'flux', 'kubernetes', '2.9', '1.36')?.tested).toMatchObject({
      state: 'stale',
      result: 'pass',
    });
  });
});

describe('the way of an upgrade', () => {
  it('lists what comes after the first version up to the last, oldest first', () => {
    const ids = upgradeSteps(reported, 'kro', '0.8.5', '0.9.1').map(({ id }) => id);
    expect(ids.at(-1)).toBe('kro-0.9.1-metric-names');
    expect(ids).toContain('kro-0.9-new-crd');
    expect(ids).not.toContain('kro-0.8-schema-guard');
  });

  it('is empty for a step back, for no step and for unknown versions', () => {
    expect(upgradeSteps(reported, 'flux', '2.9.0', '2.7.0')).toEqual([]);
    expect(upgradeSteps(reported, 'flux', '2.9.0', '2.9.0')).toEqual([]);
    expect(upgradeSteps(reported, 'flux', 'old', 'new')).toEqual([]);
  });
});
