import { describe, expect, it } from 'vitest';
import { loadPlaybooks } from './load.ts';
import { createTriage, type Item } from './triage.ts';

const triage = createTriage(loadPlaybooks());
const CONDITION = `kind: Deployer
status:
  conditions:
  - type: Ready
    status: "False"
    reason: ApplyFailed
    message: resource belongs to a different ApplySet
`;
const item = (fields: Partial<Item>): Item => ({ title: '', body: '', kind: 'issue', ...fields });

describe('triage', () => {
  it('labels and answers an issue that shows a failing object', () => {
    const { scope, diagnosis } = triage(item({ title: 'Deployer stays unready', body: CONDITION }));
    expect(scope.runtime).toBe('yes');
    expect(diagnosis).toMatchObject({ verdict: 'answer', best: { playbook: 'PB-022' } });
  });

  it('counts an answer as evidence for the label and says so', () => {
    const { scope } = triage(item({ body: CONDITION }));
    expect(scope.contributions.find(({ signal }) => signal === 'PB-022')).toMatchObject({ side: 'ocm' });
  });

  it('answers no pull request', () => {
    expect(triage(item({ kind: 'pull_request', body: CONDITION })).diagnosis.verdict).toBe('abstain');
  });

  it('answers nothing about another product called OCM', () => {
    const { scope, diagnosis } = triage(
      item({ title: 'ocm-controller on the hub cluster', body: 'klusterlet: resource belongs to a different ApplySet, flux' }),
    );
    expect(scope).toMatchObject({ runtime: 'no', vetoed: true });
    expect(diagnosis).toMatchObject({ verdict: 'abstain' });
  });

  it('lets changed paths decide the label of a pull request', () => {
    const { scope } = triage(item({ kind: 'pull_request', title: 'chore: bump', pathsTouchRuntime: true }));
    expect(scope).toMatchObject({ runtime: 'yes', integration: 'ocm' });
  });

  it('stays silent about an unfilled template that names the controller in comments', () => {
    const { scope, diagnosis } = triage(
      item({ title: 'Bug', body: '<!-- ocm-controllers, kubernetes/kro/flux version, delivery.ocm.software -->\n**What happened**:\n' }),
    );
    expect(scope.runtime).toBe('abstain');
    expect(scope.contributions).toEqual([]);
    expect(diagnosis.verdict).toBe('abstain');
  });
});
