import { createTriage } from '@sig-runtime/playbooks';
import { loadPlaybooks } from '@sig-runtime/playbooks/load';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRows, type Report, report, sliceOf } from './evaluate.ts';
import { renderReport, rowReport } from './render.ts';
import { Row } from './rows.ts';

const triage = createTriage(loadPlaybooks());
const row = (fields: Record<string, unknown>): Row => Row.parse(fields);
const evaluate = (rows: Row[], textOnly = false): Report => report(decideRows(rows, triage, { textOnly, nowMs: () => 0 }));

const ours = row({
  id: 'ours',
  repo: 'open-component-model/open-component-model',
  title: 'Deployer fails',
  body: 'apiVersion: delivery.ocm.software/v1alpha1\nkind: Deployer\nstatus:\n  conditions:\n  - type: Ready\n    status: "False"\n    reason: ApplyFailed\n    message: resource belongs to a different ApplySet\n',
  runtime: true,
  playbook: ['PB-022'],
  abstain: false,
});
const homonym = row({
  id: 'homonym',
  repo: 'stolostron/x',
  title: 'ocm-controller fails',
  body: 'ManagedCluster, klusterlet',
  runtime: false,
  homonym: true,
  playbook: [],
  abstain: true,
});
const missed = row({
  id: 'missed',
  repo: 'kubernetes-sigs/kro',
  title: 'Quick start',
  body: '',
  runtime: true,
  playbook: ['PB-006'],
  abstain: false,
});
const silent = row({ id: 'silent', repo: 'fluxcd/flux2', title: 'flux bootstrap fails', body: '' });

describe('the report', () => {
  it('counts labels, answers and slices', () => {
    const result = evaluate([ours, homonym, missed, silent]);
    expect(result.rows).toBe(4);
    expect(result.label).toMatchObject({ tp: 1, fp: 0, fn: 1, tn: 1, precision: 1, recall: 0.5 });
    expect(result.playbook).toMatchObject({ answered: 1, top1: 1, top3: 1, wrong: 0, abstained: 2, abstainedRight: 1, withTruth: 2 });
    expect(result.homonymsLabelled).toBe(0);
    expect(result.bySlice.ocm).toMatchObject({ precision: 1, recall: 1, rows: 1 });
    expect(result.bySlice.kro).toMatchObject({ recall: 0 });
  });

  it('counts an answer as wrong when none applies', () => {
    expect(evaluate([row({ ...ours, id: 'x', playbook: [], abstain: true })]).playbook).toMatchObject({ answered: 1, wrong: 1, top1: 0 });
  });

  it('accepts rows without truth and counts them nowhere but in rows', () => {
    const result = evaluate([silent]);
    expect(result).toMatchObject({ rows: 1, label: { tp: 0, fp: 0, fn: 0, tn: 0 }, playbook: { answered: 0, abstained: 0, withTruth: 0 } });
  });

  it('decides pull requests from changed areas, and from the text alone when asked', () => {
    const pull = row({ id: 'pr', kind: 'pull_request', title: 'chore: bump', areas: ['docs', 'kubernetes/controller'], runtime: true });
    expect(evaluate([pull]).label.tp).toBe(1);
    expect(evaluate([pull], true).label.fn).toBe(1);
  });

  it('never answers a pull request', () => {
    expect(evaluate([row({ ...ours, kind: 'pull_request' })]).playbook).toMatchObject({ answered: 0, abstained: 1 });
  });

  it('does not look at the repository or the id', () => {
    const anywhere = fc.record({
      repo: fc.constantFrom('fluxcd/flux2', 'kubernetes-sigs/kro', 'open-component-model/ocm', 'x/y', ''),
      id: fc.string({ minLength: 1 }),
    });
    fc.assert(
      fc.property(anywhere, fc.constantFrom(ours, homonym, missed, silent), (where, base) => {
        const decide = (one: Row): unknown => rowReport(decideRows([one], triage, { textOnly: false, nowMs: () => 0 })[0]!);
        const expected = decide(base) as { id: string };
        expect({ ...(decide({ ...base, ...where }) as object), id: expected.id }).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('is shown with its intervals', () => {
    expect(renderReport('half a', evaluate([ours, homonym]))).toMatch(/half a: 2 rows\nlabel {5}precision 100\.0 % \(95 %: /);
  });
});

describe('slices', () => {
  it.each([
    ['open-component-model/ocm', 'ocm'],
    ['kubernetes-sigs/kro', 'kro'],
    ['kubernetes-sigs/kueue', 'other'],
    ['fluxcd/flux2', 'flux'],
    ['', 'other'],
  ])('%s → %s', (repo, slice) => {
    expect(sliceOf(repo)).toBe(slice);
  });
});
