import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../types.ts';
import { extractEvidence, MAX_TEXT, originalOffset } from './extract.ts';

const of = (body: string, kind: Evidence['kind']): Evidence[] => extractEvidence('', body).evidence.filter((one) => one.kind === kind);
const versions = (body: string): string[] => extractEvidence('', body).versions.map(({ product, version }) => `${product} ${version}`);

describe('conditions', () => {
  const yaml = `apiVersion: delivery.ocm.software/v1alpha1
kind: Component
metadata:
  name: podinfo
  namespace: default
  ownerReferences:
  - apiVersion: kro.run/v1alpha1
    kind: Bootstrap
    name: other
status:
  conditions:
  - lastTransitionTime: "2026-01-01T00:00:00Z"
    message: 'failed to list versions: response status code 401: ''unauthorized'''
    observedGeneration: 1
    reason: CheckVersionFailed
    status: "False"
    type: Ready
`;

  it('are read from a pasted object together with its kind, group and name', () => {
    const [condition] = of(yaml, 'condition');
    expect(condition?.condition).toEqual({
      type: 'Ready',
      status: 'False',
      reason: 'CheckVersionFailed',
      message: "failed to list versions: response status code 401: 'unauthorized'",
    });
    expect(condition?.object).toMatchObject({ kind: 'Component', group: 'delivery.ocm.software', name: 'podinfo' });
  });

  it('are read from a snippet that is cut off on both sides', () => {
    const [condition] = of(
      '    reason: GetOCMResourceFailed\n    message: "resource with identity name=x not found"\n    sta',
      'condition',
    );
    expect(condition?.condition).toMatchObject({ reason: 'GetOCMResourceFailed', message: 'resource with identity name=x not found' });
  });

  it('are read from compact and pretty JSON', () => {
    const json = {
      kind: 'HelmRelease',
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      status: { conditions: [{ type: 'Ready', status: 'False', reason: 'InstallFailed', message: 'install retries exhausted' }] },
    };
    for (const body of [JSON.stringify(json), JSON.stringify(json, null, 2)]) {
      const [condition] = of(body, 'condition');
      expect(condition?.condition).toMatchObject({ type: 'Ready', reason: 'InstallFailed', message: 'install retries exhausted' });
      expect(condition?.object).toMatchObject({ kind: 'HelmRelease', group: 'helm.toolkit.fluxcd.io' });
    }
  });

  it('are read from kubectl describe, with the message folded over lines', () => {
    const body = `Name:         podinfo
Namespace:    default
API Version:  delivery.ocm.software/v1alpha1
Kind:         Deployer
Status:
  Conditions:
    Last Transition Time:  2026-01-01T00:00:00Z
    Message:               resource belongs to
                           a different ApplySet
    Reason:                ApplyFailed
    Status:                False
    Type:                  Ready
`;
    const [condition] = of(body, 'condition');
    expect(condition?.condition).toMatchObject({
      reason: 'ApplyFailed',
      message: 'resource belongs to a different ApplySet',
      status: 'False',
    });
    expect(condition?.object).toMatchObject({ kind: 'Deployer', group: 'delivery.ocm.software' });
  });

  it('keep to their own object when several are pasted', () => {
    const two = `${yaml}---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata:\n  name: app\nstatus:\n  conditions:\n  - type: Ready\n    status: "False"\n    reason: OCIArtifactPullFailed\n    message: denied\n`;
    expect(of(two, 'condition').map(({ object }) => object?.kind)).toEqual(['Component', 'OCIRepository']);
  });

  it('are read from kubectl get and flux get tables', () => {
    const table =
      '$ kubectl get ocirepositories -A\nNAMESPACE   NAME   URL             READY   STATUS                      AGE\ndefault     app    oci://r.io/a    False   failed to pull: no such     3d\n';
    const [row] = of(table, 'condition');
    expect(row?.condition).toMatchObject({ status: 'False', message: 'failed to pull: no such' });
    expect(row?.object).toMatchObject({ kind: 'OCIRepository', name: 'app', namespace: 'default' });
    const flux = 'NAME       \tREVISION\tSUSPENDED\tREADY\tMESSAGE\npodinfo\t6.0.0\tFalse\tFalse\tinstall retries exhausted\n';
    expect(of(flux, 'condition')[0]?.condition).toMatchObject({ status: 'False', message: 'install retries exhausted' });
  });
});

describe('events, logs and objects', () => {
  it('reads events of kubectl get events and of kubectl describe', () => {
    const listed =
      'LAST SEEN   TYPE      REASON               OBJECT              MESSAGE\n5m          Warning   CheckVersionFailed   component/podinfo   failed to list versions\n';
    expect(of(listed, 'event')[0]).toMatchObject({
      condition: { reason: 'CheckVersionFailed', message: 'failed to list versions' },
      object: { kind: 'Component', name: 'podinfo' },
    });
    const described =
      'Events:\n  Type     Reason   Age   From     Message\n  ----     ------   ----  ----     -------\n  Warning  Failed   2m    kubelet  Error: ImagePullBackOff\n';
    expect(of(described, 'event')[0]?.condition).toMatchObject({ reason: 'Failed', message: 'Error: ImagePullBackOff' });
  });

  it('reads controller logs as JSON, console and klog', () => {
    const json =
      '{"level":"error","ts":"2026-01-01T00:00:00Z","msg":"Reconciler error","controller":"component","controllerGroup":"delivery.ocm.software","controllerKind":"Component","name":"podinfo","error":"boom"}';
    expect(of(json, 'log')[0]).toMatchObject({
      condition: { message: 'Reconciler error: boom' },
      object: { kind: 'Component', group: 'delivery.ocm.software' },
    });
    expect(of('2026-01-01T00:00:00Z\tERROR\tReconciler error\t{"Deployer": {"name":"x"}, "error": "boom"}', 'log')[0]?.object?.kind).toBe(
      'Deployer',
    );
    expect(of('E0812 12:00:00.000000       1 controller.go:123] "Reconciler error" err="boom"', 'log')).toHaveLength(1);
    expect(of('just a sentence about level and msg', 'log')).toHaveLength(0);
  });

  it('says which parts a reader can diagnose from', () => {
    const set = extractEvidence('x', 'apiVersion: kro.run/v1alpha1\nkind: ResourceGraphDefinition\n');
    expect(set.has).toEqual({ conditions: false, manifests: true, 'controller-logs': false, versions: false, events: false });
  });
});

describe('versions', () => {
  it.each([
    ['kro version: 0.9.1', 'kro 0.9.1'],
    ['We run Flux v2.7.3.', 'flux 2.7.3'],
    ['- distribution: flux-v2.5.1', 'flux 2.5.1'],
    ['Kubernetes version: v1.34', 'kubernetes 1.34'],
    ['Server Version: v1.34.1', 'kubernetes 1.34.1'],
    ['image: ghcr.io/open-component-model/kubernetes/controller:0.3.0', 'ocm-controller 0.3.0'],
    ['helm install kro oci://ghcr.io/kro-run/kro/kro --version=0.2.2', 'kro 0.2.2'],
  ])('reads %s', (text, expected) => {
    expect(versions(text)).toContain(expected);
  });

  it("takes no version from Flux's name or from its controllers' own tags", () => {
    expect(versions('Flux v2 with ghcr.io/fluxcd/helm-controller:v1.2.0')).toEqual([]);
  });
});

describe('any text', () => {
  it('gives spans whose text is what stands there', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'kind: Component\n',
            'status: "False"\n',
            'reason: X\n',
            '{"msg":"a","level":"error"}\n',
            'NAME  READY\n',
            'a  b\n',
            '```\n',
            'kro 0.9.1 ',
            '<!-- x -->',
            '\n',
            "'",
            '"',
          ),
        ),
        (parts) => {
          const set = extractEvidence('title', parts.join(''));
          for (const { span, text } of set.evidence) expect(set.text.slice(span.start, span.end)).toBe(text);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('masks secrets before evidence is read', () => {
    const set = extractEvidence('', 'error: password=hunter2 refused');
    expect(JSON.stringify(set)).not.toContain('hunter2');
  });

  it('finds nothing in an unfilled template', () => {
    expect(
      extractEvidence('', '<!-- kubernetes resource manifests: kind: Component, kro 0.9.1 -->\n**What happened**:\n').evidence,
    ).toEqual([]);
  });

  it('reads head and tail of a long text and maps offsets back to the original', () => {
    const tail = 'the end: kro version 0.9.1';
    const body = `first line\n${'x'.repeat(200_000)}\n${tail}`;
    const set = extractEvidence('', body);
    expect(set.text.length).toBe(MAX_TEXT);
    const start = originalOffset(set, set.text.indexOf(tail));
    expect(`\n\n${body}`.slice(start, start + tail.length)).toBe(tail);
    expect(originalOffset(set, 5)).toBe(5);
  });

  it.each([
    '('.repeat(65_536),
    `"'`.repeat(32_768),
    `${'- kind: A\n'.repeat(6_500)}`,
    `${'reason: '.repeat(8_000)}`,
    '\n'.repeat(65_536),
    '{'.repeat(65_536),
  ])('bounds what it reads from hostile text %#', (text) => {
    expect(extractEvidence('', text).evidence.length).toBeLessThanOrEqual(600);
  });
});
