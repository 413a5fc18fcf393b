import { describe, expect, it } from 'vitest';
import { extractEvidence } from '../evidence/extract.ts';
import { loadPlaybooks } from '../load.ts';
import { FrontMatter, type MatchRule, type Playbook } from '../schema.ts';
import type { Diagnosis } from '../types.ts';
import { createMatcher } from './matcher.ts';

const sections = { Symptom: 's', Evidence: 'e', Cause: 'c', Fix: 'f', Verify: 'v' };

function playbook(id: string, rules: MatchRule[], more: Partial<Playbook> = {}): Playbook {
  const front = FrontMatter.parse({
    id,
    title: `Playbook ${id} for tests`,
    summary: 'a summary that is long enough',
    products: [{ name: 'kro' }],
    severity: 'blocked',
    rules,
  });
  return { ...front, slug: `${id}-x`, body: 'pump valve pressure', sections, ...more };
}

const diagnose = (playbooks: Playbook[], body: string, title = ''): Diagnosis =>
  createMatcher(playbooks).diagnose(extractEvidence(title, body));

const DEPLOYER = `apiVersion: delivery.ocm.software/v1alpha1
kind: Deployer
status:
  conditions:
  - type: Ready
    status: "False"
    reason: ApplyFailed
    message: resource belongs to a different ApplySet
`;
const scoped = (kinds: string[], reasons: string[]): Playbook =>
  playbook('PB-001', [{ kinds, reasons, pattern: 'different ApplySet', confidence: 0.9 }]);

describe('a rule about conditions', () => {
  it('answers by kind, reason and message, with the span that decided', () => {
    const text = `\n\n${DEPLOYER}`;
    const diagnosis = diagnose([scoped(['Deployer.delivery.ocm.software'], ['ApplyFailed'])], DEPLOYER);
    expect(diagnosis).toMatchObject({ verdict: 'answer', best: { playbook: 'PB-001', by: 'condition', confidence: 0.9 } });
    const [span] = diagnosis.verdict === 'answer' ? diagnosis.best.spans : [];
    expect(text.slice(span?.start, span?.end)).toBe('different ApplySet');
  });

  it.each([
    ['another kind', ['Component'], ['ApplyFailed']],
    ['another group', ['Deployer.example.com'], ['ApplyFailed']],
    ['another reason', ['Deployer'], ['GetResourceFailed']],
  ])('stays silent for %s', (_name, kinds, reasons) => {
    expect(diagnose([scoped(kinds, reasons)], DEPLOYER).verdict).toBe('abstain');
  });

  it('is a little less sure when the kind was not pasted', () => {
    const snippet = DEPLOYER.split('\n').slice(3).join('\n');
    const diagnosis = diagnose([scoped(['Deployer'], ['ApplyFailed'])], snippet);
    expect(diagnosis.verdict === 'answer' && diagnosis.best.confidence).toBe(0.87);
  });
});

describe('requires, forbids and weak rules', () => {
  const rule = (more: Partial<MatchRule>): Playbook => playbook('PB-001', [{ pattern: 'retries exhausted', confidence: 0.9, ...more }]);

  it('needs every required pattern anywhere in the item', () => {
    expect(diagnose([rule({ requires: ['HelmRelease', 'flux'] })], 'HelmRelease: retries exhausted').verdict).toBe('abstain');
    expect(diagnose([rule({ requires: ['HelmRelease', 'flux'] })], 'HelmRelease: retries exhausted', 'Flux trouble').verdict).toBe(
      'answer',
    );
  });

  it('is stopped by a forbidden pattern', () => {
    expect(diagnose([rule({ forbids: ['argo ?cd'] })], 'retries exhausted in ArgoCD').verdict).toBe('abstain');
  });

  it('never answers from support alone', () => {
    const weak = playbook('PB-001', [
      { pattern: 'retries exhausted', confidence: 0.55 },
      { pattern: 'HelmRelease', confidence: 0.55 },
    ]);
    expect(diagnose([weak], 'HelmRelease: retries exhausted').verdict).toBe('abstain');
  });

  it('is surer when a second rule fires', () => {
    const two = playbook('PB-001', [
      { pattern: 'retries exhausted', confidence: 0.8 },
      { pattern: 'HelmRelease', confidence: 0.5 },
    ]);
    const diagnosis = diagnose([two], 'HelmRelease: retries exhausted');
    expect(diagnosis.verdict === 'answer' && diagnosis.best.confidence).toBeGreaterThan(0.8);
  });
});

describe('between playbooks', () => {
  const one = playbook('PB-001', [{ pattern: 'alpha broke', confidence: 0.8 }]);
  const two = playbook('PB-002', [{ pattern: 'beta broke', confidence: 0.8 }]);

  it('abstains on a tie of unrelated ones and names both', () => {
    const diagnosis = diagnose([one, two], 'alpha broke\nbeta broke');
    expect(diagnosis).toMatchObject({ verdict: 'abstain', why: 'the evidence fits PB-001 and PB-002 equally well' });
  });

  it('answers a tie of related ones', () => {
    expect(diagnose([{ ...one, related: ['PB-002'] }, two], 'alpha broke\nbeta broke').verdict).toBe('answer');
  });

  it('prefers the match that encloses the other', () => {
    const wide = playbook('PB-003', [{ pattern: 'because alpha broke at night', confidence: 0.8 }]);
    const diagnosis = diagnose([one, wide], 'it failed because alpha broke at night');
    expect(diagnosis.verdict === 'answer' && diagnosis.best.playbook).toBe('PB-003');
  });

  it('ranks by words but never answers from them', () => {
    const diagnosis = diagnose([one, two], 'pump valve pressure');
    expect(diagnosis.verdict).toBe('abstain');
    expect(diagnosis.others.every(({ by, confidence }) => by === 'text' && confidence < 0.6)).toBe(true);
    expect(diagnosis.others).not.toHaveLength(0);
  });

  it('asks for the parts that are missing', () => {
    expect(diagnose([one], 'something else')).toMatchObject({ verdict: 'abstain', missing: ['conditions', 'controller-logs', 'versions'] });
  });

  it('leaves alone a title that announces a change, unless an object is shown failing', () => {
    expect(diagnose([one], 'alpha broke', 'fix(x): say why alpha broke').verdict).toBe('abstain');
    expect(diagnose([one], `alpha broke\n${DEPLOYER}`, 'fix: alpha broke').verdict).toBe('answer');
  });
});

describe('hostile texts', () => {
  const matcher = createMatcher(loadPlaybooks());
  const literal = 'cannot update CRD breaking changes detected: retries exhausted 401 unauthorized is forbidden: ';

  it.each([
    ['brackets', '('.repeat(65_536)],
    ['quotes', `"'`.repeat(32_768)],
    ['one long line of error words', literal.repeat(650)],
    ['many lines of error words', `${literal}\n`.repeat(650)],
    ['conditions without end', '- reason: CheckVersionFailed\n  message: x\n  status: "False"\n'.repeat(1000)],
  ])('made of %s give a decision, not an error', (_name, body) => {
    expect(['answer', 'abstain']).toContain(matcher.diagnose(extractEvidence('', body)).verdict);
  });

  it('cannot carry a look-around, which is refused when the matcher is made', () => {
    expect(() =>
      createMatcher([{ ...playbook('PB-001', [{ pattern: 'abc', confidence: 0.9 }]), rules: [{ pattern: '(?<=a)bc', confidence: 0.9 }] }]),
    ).toThrow(/RE2/);
  });
});
