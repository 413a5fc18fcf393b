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

describe('words of our products', () => {
  it.each([
    ['the controller by its place', 'fix(deps): raise kubernetes controller libraries', 'also touches bindings/go/generator'],
    [
      'a controller in the title of a text about component versions',
      'Controller asks the registry too often',
      'once for every component version',
    ],
    ['a commit to the controllers about digests', 'fix(controllers): go on when the digest is missing', ''],
    ['the deployer by its source file', 'fix: default the namespace in deployer_controller', ''],
    ['configuration that is handed down', 'OCM config does not propagate to the resource', ''],
    ['the expression for an OCI address', 'Registry is empty in the status', 'resource.access.toOCI() gives no host'],
    ['verification of a component in the cluster', 'Unsigned version is taken', 'spec.verify lists a public key'],
    ['replication by what it does', 'Replication controller stops half-way', 'transfers two of five children'],
    ['objects by their old name', 'Trigger component version objects by an event', ''],
    ['kro by its fields', 'RGD creates everything twice', 'forEach over the names'],
    ['a Flux bucket', 'Bucket with minio stays empty', 'source-controller lists no object'],
    ['the first set-up of Flux', 'Try k3s in CI', 'bootstrapping Flux on a fresh cluster'],
    ['the older operator of Flux', 'Charts from a registry', 'the helm operator takes a HelmRelease'],
  ])('are enough: %s', (_name, title, body) => {
    expect(decide(title, body).runtime).toBe('yes');
  });

  it.each([
    ['reacting to an event', 'Flux does not react to a new commit', 'flux-system; reactions welcome'],
    ['a person called Julian', 'HelmRelease of Julian is stuck', 'helm-controller'],
  ])('are not taken for another Flux: %s', (_name, title, body) => {
    expect(decide(title, body).runtime).toBe('yes');
  });

  it('outweigh the mention of a distribution that has an OCM of its own', () => {
    const body = 'OCM controller, installed on OpenShift; ocmConfig is set, delivery of component descriptors, .ocmconfig in a Secret';
    const decision = decide('Component and Repository CRs not reconciled', body);
    expect(decision.vetoed).toBe(false);
  });
});

describe('words of others', () => {
  it.each([
    [
      'a pod of Open Cluster Management',
      'OCM controller restarts after the installation',
      'ocm-controller is OOMKilled, image from our registry',
    ],
    ['an add-on', 'OCM add-on does not reconcile', 'the controller sees no CRD, component of the chart'],
    ['templates of add-ons', 'OCM controller ignores the AddOnTemplate', 'custom resource exists'],
    ['OpenShift by its short name', 'ocm-controller needs OCP', 'components and CRDs of the controller'],
    ['a token', 'Controller reads OCM_TOKEN', 'custom resource with an OCI image'],
  ])('are never labelled: %s', (_name, title, body) => {
    expect(decide(title, body).runtime).not.toBe('yes');
  });

  it.each([
    ['batch jobs', 'flux-operator: MiniCluster broker does not start', 'flux submit on Kubernetes'],
    ['picture models', 'Flux LoRA training', 'flux dev weights in comfyui'],
    ['user interfaces', 'flux: button has no dark mode', 'livewire/flux'],
    ['physics', 'Flux at the wall reconciled wrongly', 'heat flux and flux density'],
    ['state of a web page', 'Flux store loses an action', 'react components with redux'],
  ])('called Flux are left alone: %s', (_name, title, body) => {
    expect(decide(title, body).runtime).not.toBe('yes');
  });

  it('are left alone when a replication controller only counts pods', () => {
    expect(decide('Replication controller does not scale', 'three replicas wanted, two pods run').runtime).not.toBe('yes');
  });

  it('leave a commit to some controller alone', () => {
    expect(decide('fix(controller): artifact collection loops', 'workflow with an artifact repository').runtime).not.toBe('yes');
  });
});

describe('the explanation', () => {
  it('adds up to the confidence', () => {
    const decision = decide('HelmRelease stuck', 'flux-system');
    const logOdds = decision.contributions.reduce((sum, { weight }) => sum + weight, PRIOR);
    expect(decision.confidence).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 2);
  });

  it('is never certain, however much was found', () => {
    const { confidence } = decide(
      'Deployer of ocm-k8s-toolkit',
      'delivery.ocm.software finalizers.ocm.software kubernetes/controller GetOCMResourceFailed',
    );
    expect(confidence).toBeLessThan(1);
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
