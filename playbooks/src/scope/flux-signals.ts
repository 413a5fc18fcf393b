import type { Signal } from './signal.ts';

const FLUX_CONTEXT = String.raw`\bflux|fluxcd|HelmRelease|OCIRepositor|HelmRepositor|GitRepositor|(?-i:Kustomization)|(helm|source|kustomize|notification)-controller`;

/** Flux: its API, controllers, commands and messages. */
export const FLUX_SIGNALS: readonly Signal[] = [
  { name: 'flux-api-group', side: 'flux', pattern: String.raw`toolkit\.fluxcd\.io`, weight: 2.4 },
  {
    name: 'flux-controller',
    side: 'flux',
    pattern: String.raw`\b(helm|source|kustomize|image-reflector|image-automation|source-watcher)-controllers?\b`,
    weight: 2.4,
  },
  {
    name: 'flux-controller-words',
    side: 'flux',
    pattern: String.raw`\b(helm|source|kustomize|image (reflector|automation)) controllers?\b|toolkit components?|gitops[ -]toolkit`,
    weight: 1.8,
    titleWeight: 2.1,
  },
  { name: 'flux-v1', side: 'flux', pattern: String.raw`\bfluxctl\b|weaveworks/flux|fluxcd/helm-operator`, weight: 2 },
  { name: 'flux-bucket', side: 'flux', pattern: String.raw`(?-i:\bBuckets?\b)`, also: FLUX_CONTEXT, weight: 0.8, titleWeight: 0.8 },
  { name: 'flux-helm-operator', side: 'flux', pattern: String.raw`\bhelm[ -]operator\b`, also: FLUX_CONTEXT, weight: 0.9 },
  { name: 'flux-notification', side: 'flux', pattern: String.raw`\bnotification-controller\b`, weight: 1.8 },
  {
    name: 'flux-command',
    side: 'flux',
    pattern: String.raw`\bflux (check|get|reconcile|bootstrap|migrate|install|uninstall|suspend|resume|create|export|build|diff|push|pull|logs|tree|trace|stats|events|debug|envsubst|version)\b`,
    weight: 2,
  },
  { name: 'flux-name', side: 'flux', pattern: String.raw`\bflux(2|cd)?([^.\w-]|$)|\bflux-operator\b`, weight: 1.2, titleWeight: 1.7 },
  {
    name: 'flux-cd',
    side: 'flux',
    pattern: String.raw`\bflux ?cd\b|github\.com/fluxcd|fluxcd/|\bflux ?v?2\b|flux: v2|flux-v2`,
    weight: 0.9,
  },
  { name: 'flux-system', side: 'flux', pattern: 'flux-system|gotk[_-]|FluxInstance|FluxReport|ResourceSetInputProvider', weight: 1.6 },
  { name: 'flux-helmrelease', side: 'flux', pattern: String.raw`\bHelmReleases?\b`, weight: 1.7, titleWeight: 2.2 },
  { name: 'flux-helm-release', side: 'flux', pattern: String.raw`\bHelm releases?\b`, also: FLUX_CONTEXT, weight: 0.8 },
  { name: 'flux-helmrepository', side: 'flux', pattern: String.raw`\bHelmRepositor(y|ies)\b`, weight: 1.7 },
  { name: 'flux-ocirepository', side: 'flux', pattern: String.raw`\bOCIRepositor(y|ies)\b`, weight: 1.7, titleWeight: 1.7 },
  { name: 'flux-gitrepository', side: 'flux', pattern: String.raw`\bGitRepositor(y|ies)\b`, weight: 1.4, titleWeight: 2 },
  { name: 'flux-helmchart', side: 'flux', pattern: String.raw`\bHelmCharts?\b`, also: FLUX_CONTEXT, weight: 0.9 },
  { name: 'flux-kustomization', side: 'flux', pattern: String.raw`(?-i:\bKustomizations?\b)([^./]|$)`, weight: 0.9, titleWeight: 1.5 },
  { name: 'flux-image-automation', side: 'flux', pattern: 'ImageUpdateAutomation|image-automation|image update automation', weight: 2 },
  {
    name: 'flux-image-kinds',
    side: 'flux',
    pattern: String.raw`\b(ImageRepositor(y|ies)|ImagePolic(y|ies))\b`,
    weight: 1.2,
    titleWeight: 1.6,
  },
  {
    name: 'flux-fields',
    side: 'flux',
    pattern: String.raw`\b(chartRef|reconcileStrategy|certSecretRef|postBuild|driftDetection|layerSelector|HelmRepositoryOCI\w*|substituteFrom|DisableChartDigestTracking)\b`,
    weight: 1.2,
  },
  {
    name: 'flux-more-fields',
    side: 'flux',
    pattern: String.raw`\b(sourceRef|valuesFrom|dependsOn|targetNamespace|serviceAccountName|healthChecks|drift detection|remediation|garbage collection|prune|decryption|sops|cosign|multi-tenancy|bootstrap(s|ped|ping)?|suspended|feature gate)\b`,
    also: FLUX_CONTEXT,
    weight: 0.7,
  },
  {
    name: 'flux-messages',
    side: 'flux',
    pattern:
      "(install|upgrade) retries exhausted|stored artifact|pulled '[^']+' chart|HelmChart '[^']+' is not ready|failed to determine (the )?artifact|latest generation of object has not been reconciled|(chart pull|chart verification) error|failed to (download|extract) (layer contents|artifact|chart for remote reference)|no artifact available|source is not ready, artifact not found",
    weight: 1.6,
  },
  {
    name: 'flux-more-messages',
    side: 'flux',
    pattern: 'reconciliation in progress|reconciliation failed|applied revision|dry-run failed|not found in artifact|unable to clone',
    weight: 0.9,
  },
  { name: 'flux-reconcile', side: 'flux', pattern: String.raw`\breconcil\w*`, also: FLUX_CONTEXT, weight: 0.6 },
  { name: 'flux-rfc', side: 'flux', pattern: String.raw`RFC-00\d\d`, also: FLUX_CONTEXT, weight: 1 },
  {
    name: 'flux-group-prefix',
    side: 'flux',
    pattern: String.raw`\b(source|helm|kustomize|image|notification)\.toolkit([^.\w]|$)|fluxcd\.io/(docs|flux)`,
    weight: 1,
  },
  {
    name: 'flux-reason',
    side: 'flux',
    pattern:
      'ChartPullError|ChartPullFailed|StorageOperationFailed|GitOperationFailed|OCIPullFailed|OCIArtifactPullFailed|ArtifactFailed|DependencyNotReady|HealthCheckFailed|ReconciliationFailed|ReconciliationSucceeded|ArtifactOutdated|RetriesExceeded|HelmChartNotReady',
    weight: 1.6,
  },
  {
    name: 'flux-helm-fields',
    side: 'flux',
    pattern: String.raw`remediateLastFailure|(install|upgrade)\.remediation|spec\.chart\.spec|helm\.sh/resource-policy.{0,40}flux|reconcile\.fluxcd\.io|kustomize\.toolkit`,
    weight: 1.6,
  },
  {
    name: 'flux-substitution',
    side: 'flux',
    pattern: 'post[ -]?build (variable )?substitution|substituteFrom|kustomize build failed|kustomization path not found',
    weight: 1.4,
  },
];
