import { describe, expect, it } from 'vitest';
import { extractEvidence } from '../evidence/extract.ts';
import { loadPlaybooks } from '../load.ts';
import { createMatcher } from './matcher.ts';

const matcher = createMatcher(loadPlaybooks());
const answer = (title: string, body: string): string => {
  const diagnosis = matcher.diagnose(extractEvidence(title, body));
  return diagnosis.verdict === 'answer' ? diagnosis.best.playbook : 'none';
};

const EXHAUSTED = 'flux shows the HelmRelease as "upgrade retries exhausted" after the third attempt.';
const LOCKED = 'The HelmRelease says: another operation (install/upgrade/rollback) is in progress.';
const CONDITION = [
  'apiVersion: helm.toolkit.fluxcd.io/v2',
  'kind: HelmRelease',
  'status:',
  '  conditions:',
  '  - type: Stalled',
  '    status: "True"',
  '    reason: RetriesExceeded',
  '    message: Failed to upgrade after 3 attempt(s)',
].join('\n');

describe('a text that proposes or announces a change', () => {
  it.each([
    ['a conventional commit', 'feat(helm): count attempts', EXHAUSTED],
    ['a commit type in capitals', 'Docs: say what retries do', EXHAUSTED],
    ['a bracketed request', '[Feature Request] Retry for ever', EXHAUSTED],
    ['a bracketed proposal', '[RFC-0042] Remediation', EXHAUSTED],
    ['an imperative', 'Support a reset of the failure counter', EXHAUSTED],
    ['a request to document', 'Document what to do when a release is locked', LOCKED],
    ['release notes', 'v3.1.0', `Fixed: ${LOCKED}`],
    ['a release announcement', 'Release 3.1.0', `Fixed: ${EXHAUSTED}`],
    ['a filled-in request form', 'Helm actions', `### Describe the solution you'd like\n\nA button. Today ${EXHAUSTED}`],
    [
      'a change log',
      'New chart version',
      `## What's Changed\n\n- no more "another operation (install/upgrade/rollback) is in progress" in flux`,
    ],
  ])('is not answered: %s', (_name, title, body) => {
    expect(answer(title, body)).toBe('none');
  });

  it.each([
    ['a condition is pasted', 'Support needed for my HelmRelease', CONDITION, 'PB-013'],
    ['it only looks like an imperative', 'Update from 2.4 to 2.5 breaks one release', EXHAUSTED, 'PB-013'],
    ['a wish ends a report with its error', 'HelmRelease locked', `${LOCKED}\n\nIt would be nice to have a clearer text.`, 'PB-014'],
    ['the form is left empty', 'HelmRelease locked', `${LOCKED}\n\n### Describe the solution you'd like\n\n_No response_`, 'PB-014'],
  ])('is answered as a report when %s', (_name, title, body, expected) => {
    expect(answer(title, body)).toBe(expected);
  });

  it('is not answered when it wishes and only prose fits', () => {
    const prose = 'A HelmRelease that failed is not retried by flux until somebody touches it.';
    expect(answer('HelmRelease stays failed', prose)).toBe('PB-013');
    expect(answer('HelmRelease stays failed', `${prose} Why not look at it every hour?`)).toBe('none');
  });
});

describe('a word inside another word', () => {
  it.each([
    ['installed is not stalled', 'Chart questions', 'The chart is installed by a HelmRelease; flux itself (2.5) was installed by hand.'],
    [
      'blocks and clocks are no locks',
      'Install order',
      'Flux shows pending-install for a moment while the clock and the blocks of values are read.',
    ],
    ['successfully is not full', 'Settings', 'We set resolver.workerQueueLength to 50 and the pod was successfully changed.'],
  ])('decides nothing: %s', (_name, title, body) => {
    expect(answer(title, body)).toBe('none');
  });
});
