import { describe, expect, it } from 'vitest';
import { extractEvidence } from '../evidence/extract.ts';
import { createScopeModel, type ScopeDecision } from './decide.ts';
import { touchesRuntime } from './paths.ts';
import { PRIOR, SIGNALS } from './signals.ts';

const model = createScopeModel();
const decide = (title: string, body = ''): ScopeDecision => model.decide({ title, text: extractEvidence(title, body).text });

describe('the runtime', () => {
  it.each([
    ['ocm', 'Deployer stays in ApplyFailed', 'apiVersion: delivery.ocm.software/v1alpha1\nkind: Deployer'],
    ['ocm', 'OCM controller does not pick up a new component version', 'The OCI registry has it, the Component object does not change.'],
    ['ocm', 'fix(controller): requeue while the component version is resolved', 'kubernetes/controller/internal/resolution'],
    ['kro', 'RGD stays inactive', 'kro.run/v1alpha1, ResourceGraphDefinition'],
    ['kro', 'kro: instance never becomes ACTIVE', 'status of the instance is IN_PROGRESS'],
    ['flux', 'HelmRelease stuck after upgrade', 'helm-controller: upgrade retries exhausted'],
    ['flux', 'flux bootstrap fails', 'source-controller is not ready'],
    ['flux', 'OCIRepository cannot pull', 'source.toolkit.fluxcd.io/v1'],
  ])('%s: %s', (integration, title, body) => {
    const decision = decide(title, body);
    expect(decision.runtime).toBe('yes');
    expect(decision.integration).toBe(integration);
    expect(decision.confidence).toBeGreaterThanOrEqual(0.5);
  });

  it('takes an OCM problem that names kro and Flux objects as OCM', () => {
    const decision = decide(
      'Component not ready',
      'delivery.ocm.software/v1alpha1; later: kro.run ResourceGraphDefinition, OCIRepository, HelmRelease, componentRef',
    );
    expect(decision.integration).toBe('ocm');
  });
});

describe('what only shares words', () => {
  it.each([
    [
      'Open Cluster Management',
      'ocm-controller logs errors after the hub is installed',
      'ManagedCluster local-cluster, klusterlet, open-cluster-management.io',
    ],
    ['OpenShift Cluster Manager', 'ocm login prints too much', 'ocm login --token, console.redhat.com'],
    [
      'a Flux user of another multi-cluster OCM',
      'OCM addon for Flux',
      'klusterlet agent deploys HelmRelease with source.toolkit.fluxcd.io',
    ],
    ['Oracle Cloud', 'docker login unauthorized', 'syd.ocir.io with Oracle Cloud Infrastructure'],
    ['disaster recovery', 'ocm-controller restarts', 'DRPC and VolumeReplicationGroup on the hub cluster'],
  ])('%s is not ours', (_name, title, body) => {
    expect(decide(title, body).runtime).toBe('no');
  });

  it.each([
    ['the OCM command line', 'ocm transfer cv hangs', 'ocm transfer componentversion ctf to ghcr.io, component-constructor.yaml'],
    ['the OCM library', 'feat: credential handling in bindings/go/oci', 'bindings/go/oci and the ocm cli'],
    ['Helm itself', 'UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress', 'helm upgrade --install'],
    ['Argo CD', 'ApplicationSet conflicts across namespaces', 'argoproj.io'],
    ['a worker pool elsewhere', 'Worker pool does not scale', 'gardener worker pool'],
    ['a word inside a word', 'compass navigation broken', 'encompass and influx'],
    ['nothing at all', '', ''],
  ])('%s is not labelled', (_name, title, body) => {
    expect(decide(title, body).runtime).not.toBe('yes');
  });

  it('gives way to evidence that is ours beyond doubt', () => {
    expect(
      decide(
        'Component fails on a managed cluster',
        'delivery.ocm.software/v1alpha1 Component, ocmConfig, GetComponentVersionFailed on a hub of open cluster management; componentRef, kro.run',
      ).runtime,
    ).toBe('yes');
  });
});

describe('the explanation', () => {
  it('adds up to the confidence', () => {
    const decision = decide('HelmRelease stuck', 'flux-system');
    const logOdds = decision.contributions.reduce((sum, { weight }) => sum + weight, PRIOR);
    expect(decision.confidence).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 2);
  });

  it('quotes what stands at the span', () => {
    const title = 'HelmRelease stuck';
    const { text } = extractEvidence(title, 'in flux-system');
    for (const { span, text: quoted } of model.decide({ title, text }).contributions) expect(text.slice(span.start, span.end)).toBe(quoted);
  });

  it('names the foreign product that decided', () => {
    expect(decide('ocm-controller', 'klusterlet').reason).toContain('"klusterlet" belongs to another product');
  });

  it('has a distinct name for every signal', () => {
    expect(new Set(SIGNALS.map(({ name }) => name)).size).toBe(SIGNALS.length);
  });
});

describe('changed paths', () => {
  it.each([
    [['kubernetes/controller/chart/values.yaml'], true],
    [['bindings/go/kubernetes/controller/main.go'], true],
    [['kubernetes/controller'], true],
    [['cli/cmd/root.go', 'kubernetes/controllers/x'], false],
    [[], false],
  ])('%j → %s', (paths, expected) => {
    expect(touchesRuntime(paths)).toBe(expected);
  });

  it('decide alone, whatever the text says', () => {
    const text = 'HelmRelease and kro.run everywhere';
    expect(model.decide({ title: text, text, pathsTouchRuntime: false }).runtime).toBe('no');
    expect(model.decide({ title: 'chore', text: 'chore', pathsTouchRuntime: true })).toMatchObject({ runtime: 'yes', integration: 'ocm' });
  });
});
