/** What a signal speaks for: one of the three integrations, or something else that is not ours. */
export type Side = 'ocm' | 'kro' | 'flux' | 'other';

/**
 * One named piece of evidence. `weight` is in log-odds: positive speaks for runtime, negative against. Found in the title it counts
 * 1.4 times. `also` must be found too, anywhere. `veto` decides against on its own (another product called OCM), unless evidence
 * marked `own` names ours beyond doubt.
 */
export type Signal = {
  name: string;
  side: Side;
  pattern: string;
  weight: number;
  titleWeight?: number;
  also?: string;
  veto?: true;
  own?: true;
};

const OCM_CONTEXT = String.raw`\bocm\b|open component model|component ?versions?|ocm\.software|ocm-k8s|\bkro\b`;
const FLUX_CONTEXT = String.raw`\bflux|fluxcd|HelmRelease|OCIRepositor|HelmRepositor|GitRepositor|Kustomization|(helm|source|kustomize)-controller`;
const KRO_CONTEXT = String.raw`\bkro\b|kro\.run|\bRGDs?\b|ResourceGraph|GraphRevision|GraphVerified`;

const OCM: readonly Signal[] = [
  { name: 'ocm-api-group', side: 'ocm', pattern: String.raw`delivery\.ocm\.software`, weight: 4, own: true },
  {
    name: 'ocm-toolkit',
    side: 'ocm',
    pattern: 'ocm-k8s-toolkit|ocm k8s toolkit|ocm kubernetes toolkit|ocm-system',
    weight: 3.5,
    own: true,
  },
  {
    name: 'ocm-controller',
    side: 'ocm',
    pattern: String.raw`\bocm[ -](k8s |kubernetes |v2 |core |ctrl )?controllers?\b|\bocm-ctrl\b|\bocm operator\b|controllers? for ocm\b`,
    weight: 3,
  },
  { name: 'controller-path', side: 'ocm', pattern: String.raw`\bkubernetes/controller\b`, weight: 2.1, titleWeight: 4, own: true },
  { name: 'controller-module', side: 'ocm', pattern: 'bindings/go/kubernetes/controller', weight: 1.2, own: true },
  {
    name: 'ocm-finalizer',
    side: 'ocm',
    pattern: String.raw`finalizers\.ocm\.software|ocm\.software/applyset|applyset-prune`,
    weight: 3.5,
    own: true,
  },
  {
    name: 'ocm-reason',
    side: 'ocm',
    pattern:
      'GetOCMResourceFailed|GetComponentVersionFailed|CheckVersionFailed|ComponentDriftResolutionInProgress|ResourceNotSynced|ResolutionInProgress',
    weight: 3,
    own: true,
  },
  {
    name: 'ocm-shared-reason',
    side: 'ocm',
    pattern:
      'GetRepositoryFailed|GetConfigurationFailed|ResourceIsNotAvailable|ReplicationFailed|StatusSetFailed|GetResourceFailed|MarshalFailed|TransferInProgress',
    weight: 1.5,
  },
  {
    name: 'ocm-fields',
    side: 'ocm',
    pattern: String.raw`\b(ocmConfig|effectiveOCMConfig|repositorySpec|additionalStatusFields|semverFilter|downgradePolicy|verificationPolicy|targetRepositoryRef|skipVerify)\b|(component|repository|resource)Ref:|spec\.verify\[`,
    weight: 1.8,
  },
  {
    name: 'ocm-kind-controller',
    side: 'ocm',
    pattern: String.raw`\b(component|resource|repository|deployer|replication|componentversion|localization|snapshot)s?[ -](controllers?|reconcilers?|CRs?|CRDs?|custom resources?)\b`,
    also: OCM_CONTEXT,
    weight: 2,
  },
  {
    name: 'ocm-kind-object',
    side: 'ocm',
    pattern: String.raw`kind: (component|resource|repository|deployer|replication|componentversion)\b`,
    also: OCM_CONTEXT,
    weight: 1.2,
  },
  { name: 'ocm-deployer', side: 'ocm', pattern: String.raw`\bdeployers?\b`, also: OCM_CONTEXT, weight: 1.6 },
  { name: 'ocm-replication', side: 'ocm', pattern: String.raw`\breplications?\b`, also: OCM_CONTEXT, weight: 0.8 },
  { name: 'ocm-legacy-kinds', side: 'ocm', pattern: 'FluxDeployers?|OCMComponent|OCMResource|ComponentSubscription|mpas', weight: 2.6 },
  {
    name: 'ocm-resolver',
    side: 'ocm',
    pattern: String.raw`resolution service|worker ?pool|resolver (cache|worker|queue|event)|resolver-(cache|worker|subscriber)|work queue is full|component version resolution`,
    weight: 2,
  },
  {
    name: 'ocm-scope',
    side: 'ocm',
    pattern: String.raw`^(feat|fix|chore|docs|test|refactor|perf|ci)\((k8s|kubernetes|controllers?|deployer|replication|k8s-toolkit|toolkit|ocm-controllers?|kubernetes/controller)\)`,
    weight: 1.3,
  },
  {
    name: 'ocm-in-cluster',
    side: 'ocm',
    pattern: String.raw`\b(controllers?|reconcil\w*|CRDs?|custom resources?|operators?|in-cluster|gitops|kubernetes|k8s|helm charts?|cluster ?roles?)\b`,
    also: String.raw`\bocm\b|open component model|open-component-model|component versions?|OCMComponent`,
    weight: 1.2,
  },
  {
    name: 'ocm-component-version',
    side: 'ocm',
    pattern: String.raw`component versions?\b`,
    also: String.raw`\bcontrollers?\b`,
    weight: 0.8,
  },
  {
    name: 'ocm-with-gitops',
    side: 'ocm',
    pattern: String.raw`\bocm\b.{0,80}\b(flux|kro|argo ?cd|crossplane|gitops)\b|\b(flux|kro|argo ?cd|crossplane|gitops)\b.{0,80}\bocm\b`,
    weight: 2,
  },
  {
    name: 'ocm-constraint',
    side: 'ocm',
    pattern: String.raw`Component\.Semver|spec\.semver|semver: |not safely digestible|NotSafelyDigestible`,
    weight: 1.2,
  },
  { name: 'platform-mesh', side: 'ocm', pattern: 'platform[ -]mesh', also: String.raw`\bocm\b`, weight: 0.8 },
];

const KRO: readonly Signal[] = [
  { name: 'kro-api-group', side: 'kro', pattern: String.raw`\bkro\.run\b`, weight: 4, own: true },
  { name: 'kro-rgd', side: 'kro', pattern: 'ResourceGraphDefinitions?|resourcegroup?definitions?', weight: 3.5, own: true },
  { name: 'kro-rgd-short', side: 'kro', pattern: String.raw`\bRGDs?\b`, weight: 2.6 },
  { name: 'kro-name', side: 'kro', pattern: String.raw`\bkro\b`, weight: 2.1, titleWeight: 2.8 },
  { name: 'kro-repository', side: 'kro', pattern: 'kubernetes-sigs/kro|kro-run/|awslabs/kro', weight: 1.5 },
  {
    name: 'kro-graph',
    side: 'kro',
    pattern:
      'GraphAccepted|GraphVerified|GraphRevision|ResourceGraph|InvalidResourceGraph|ControllerReady|KindReady|simple-?schema|Directed Acyclic Graph',
    weight: 2,
  },
  { name: 'kro-fields', side: 'kro', pattern: String.raw`\b(readyWhen|includeWhen|externalRefs?|forEach|allowCRDDeletion)\b`, weight: 1.5 },
  { name: 'kro-instance', side: 'kro', pattern: String.raw`\binstances?\b`, also: KRO_CONTEXT, weight: 0.6 },
  { name: 'kro-dynamic-controller', side: 'kro', pattern: 'dynamic controller|micro-?controller|applyset', also: KRO_CONTEXT, weight: 0.8 },
  { name: 'kro-crd-schema', side: 'kro', pattern: String.raw`\b(generated? CRDs?|schema|CEL)\b`, also: KRO_CONTEXT, weight: 0.6 },
];

const FLUX: readonly Signal[] = [
  { name: 'flux-api-group', side: 'flux', pattern: String.raw`toolkit\.fluxcd\.io`, weight: 2.6 },
  {
    name: 'flux-controller',
    side: 'flux',
    pattern: String.raw`\b(helm|source|kustomize|image-reflector|image-automation)-controllers?\b`,
    weight: 2.4,
  },
  { name: 'flux-notification', side: 'flux', pattern: String.raw`\bnotification-controller\b`, weight: 1.2 },
  {
    name: 'flux-command',
    side: 'flux',
    pattern: String.raw`\bflux (check|get|reconcile|bootstrap|migrate|install|uninstall|suspend|resume|create|export|build|diff|push|pull|logs|tree|trace|stats|events|debug|envsubst)\b`,
    weight: 2,
  },
  { name: 'flux-name', side: 'flux', pattern: String.raw`\bflux(2|cd)?\b|\bflux-(operator|system)\b`, weight: 1.3, titleWeight: 2.2 },
  { name: 'flux-cd', side: 'flux', pattern: String.raw`\bflux ?cd\b|fluxcd/|\bflux ?v?2\b|flux: v2|flux-v2`, weight: 1 },
  {
    name: 'flux-system',
    side: 'flux',
    pattern: 'flux-system|gotk[_-]|gitops toolkit|gitops-toolkit|flux-operator|FluxInstance',
    weight: 1.6,
  },
  { name: 'flux-helmrelease', side: 'flux', pattern: String.raw`\bHelmReleases?\b`, weight: 1.6, titleWeight: 2.2 },
  { name: 'flux-helm-release', side: 'flux', pattern: String.raw`\bHelm releases?\b`, also: FLUX_CONTEXT, weight: 0.8 },
  { name: 'flux-helmrepository', side: 'flux', pattern: String.raw`\bHelmRepositor(y|ies)\b`, weight: 1.8 },
  { name: 'flux-ocirepository', side: 'flux', pattern: String.raw`\bOCIRepositor(y|ies)\b`, weight: 2.2 },
  { name: 'flux-gitrepository', side: 'flux', pattern: String.raw`\bGitRepositor(y|ies)\b`, weight: 1.4 },
  { name: 'flux-helmchart', side: 'flux', pattern: String.raw`\bHelmCharts?\b`, also: FLUX_CONTEXT, weight: 0.9 },
  { name: 'flux-kustomization', side: 'flux', pattern: String.raw`\bKustomizations?\b`, weight: 0.9, titleWeight: 1.5 },
  { name: 'flux-image-kinds', side: 'flux', pattern: 'ImageRepositor|ImagePolic(y|ies)|ImageUpdateAutomation', weight: 1.6 },
  {
    name: 'flux-fields',
    side: 'flux',
    pattern: String.raw`\b(chartRef|reconcileStrategy|sourceRef|certSecretRef|postBuild|driftDetection|layerSelector|valuesFrom|HelmRepositoryOCI\w*)\b`,
    weight: 1.1,
  },
  {
    name: 'flux-messages',
    side: 'flux',
    pattern: String.raw`(install|upgrade) retries exhausted|reconciliation in progress|stored artifact|pulled '[^']+' chart|HelmChart '[^']+' is not ready|applied revision|dry-run failed|failed to determine (the )?artifact|latest generation of object has not been reconciled`,
    weight: 1.6,
  },
  { name: 'flux-reconcile', side: 'flux', pattern: String.raw`\breconcil\w*`, also: FLUX_CONTEXT, weight: 0.6 },
  { name: 'flux-rfc', side: 'flux', pattern: String.raw`RFC-000\d`, also: FLUX_CONTEXT, weight: 1 },
];

/** Other products called OCM (or with the same words), each decisive on its own. */
const HOMONYMS: readonly Signal[] = [
  {
    name: 'open-cluster-management',
    side: 'other',
    pattern: String.raw`open[ -]cluster[ -]management|open-cluster-management\.io`,
    weight: -4,
    veto: true,
  },
  {
    name: 'ocm-hub-and-spoke',
    side: 'other',
    pattern: String.raw`\b(ManagedClusters?|klusterlets?|clusteradm|ManifestWorks?|MultiClusterHub|ManagedClusterAddOns?|ManagedClusterSets?|managed-?service-?accounts?|addon-framework|multicluster-controlplane|PlacementDecisions?)\b`,
    weight: -4,
    veto: true,
  },
  {
    name: 'red-hat-acm',
    side: 'other',
    pattern: String.raw`\bRH?ACM\b|advanced cluster management|stolostron|multicluster engine|multicluster-engine|multicloud-operators`,
    weight: -4,
    veto: true,
  },
  {
    name: 'openshift-cluster-manager',
    side: 'other',
    pattern: String.raw`openshift cluster manager|console\.redhat\.com|api\.openshift\.com|cloud\.redhat\.com|openshift-online|ocm-sdk-go|uhc-`,
    weight: -4,
    veto: true,
  },
  {
    name: 'openshift-ocm-command',
    side: 'other',
    pattern: String.raw`\bocm (login|logout|whoami|token|cluster|account|config get|create cluster|list clusters?|describe cluster|post|patch)\b`,
    weight: -3,
    veto: true,
  },
  {
    name: 'managed-openshift',
    side: 'other',
    pattern: String.raw`\b(rosa|osd|osde2e|hypershift|hive|service log|OpenShift Dedicated)\b`,
    also: String.raw`\bocm\b`,
    weight: -3,
    veto: true,
  },
  {
    name: 'hub-cluster',
    side: 'other',
    pattern: String.raw`\b(hub|spoke)[ -]clusters?\b|\bhub-spoke\b|\bmanaged clusters?\b|registration agent`,
    weight: -2.5,
  },
  {
    name: 'oracle-cloud',
    side: 'other',
    pattern: String.raw`oracle cloud|ocir\.io|oraclecloud|\boke cluster\b|oracle\.com`,
    weight: -4,
    veto: true,
  },
  {
    name: 'open-application-model',
    side: 'other',
    pattern: String.raw`\bOAM\b|open application model|kubevela|ApplicationConfiguration`,
    weight: -3,
  },
  {
    name: 'other-ocm',
    side: 'other',
    pattern: String.raw`open charge|organi[sz]ational change management|online configuration management|ocm-api|offensive content|orthogonal|open conceptual|on-chain|openCypher|object constraint`,
    also: String.raw`\bocm\b`,
    weight: -2,
  },
];

/** Our other products, and neighbours that only mention ours. */
const NEIGHBOURS: readonly Signal[] = [
  {
    name: 'ocm-cli-command',
    side: 'other',
    pattern: String.raw`\bocm (transfer|add|get|download|sign|verify|bootstrap|create|describe|list|check|hash|show|install|set|controller)\b`,
    weight: -1.3,
  },
  {
    name: 'ocm-cli',
    side: 'other',
    pattern: String.raw`\bocm[ -]cli\b|\(cli\)|\bCLI v[12]\b|the cli\b|cli command|\bcli/`,
    weight: -1.3,
    titleWeight: -1.8,
  },
  {
    name: 'ocm-constructor',
    side: 'other',
    pattern: String.raw`component-?constructors?|component ?archives?|\bctf\b|common transport|\.ctf\b`,
    weight: -1.1,
  },
  { name: 'ocm-bindings', side: 'other', pattern: String.raw`bindings/go/(a|b|c|d|e|f|g|h|i|o|p|q|r|s|t|u|v|w|x|y|z|m|n|l)`, weight: -1 },
  {
    name: 'ocm-library',
    side: 'other',
    pattern: String.raw`ocm library|go bindings|go library|language binding|input (type|method)s?\b|input plugin|(built-?in|external) plugin|plugin (manager|registry)|extension points|handlers can be`,
    weight: -1,
  },
  { name: 'ocm-specification', side: 'other', pattern: String.raw`ocm[ -]spec|specification|normali[sz]ation|json schema`, weight: -0.8 },
  {
    name: 'ocm-website',
    side: 'other',
    pattern: String.raw`\bwebsite\b|\bhugo\b|ocm\.software/docs|landing page|\bdocusaurus\b`,
    weight: -0.8,
  },
  { name: 'argo-cd', side: 'other', pattern: String.raw`\bargo ?-?cd\b|argoproj|ApplicationSets?\b`, weight: -1, titleWeight: -1.6 },
  { name: 'crossplane', side: 'other', pattern: String.raw`\bcrossplane\b`, weight: -0.6, titleWeight: -1 },
  {
    name: 'other-operator',
    side: 'other',
    pattern: String.raw`cert-manager|\bistio\b|knative|tekton|\brook\b|traefik|kubevirt|\bcamel|strimzi|prometheus-operator|cluster[ -]api\b|\bCAPI\b|rancher|\bkapp\b|karmada|kueue|kubefed|openshift`,
    weight: -0.8,
    titleWeight: -1.5,
  },
  {
    name: 'helm-command',
    side: 'other',
    pattern: String.raw`\bhelm (upgrade|rollback|repo|template|ls|list|history|uninstall)\b|UPGRADE FAILED|INSTALLATION FAILED|sh\.helm\.release`,
    weight: -0.7,
  },
  {
    name: 'user-interface',
    side: 'other',
    pattern: String.raw`\b(headlamp|backstage|dashboard|overview page|frontend|plugin|vs ?code|web ui|screenshots?|capacitor|freelens|lens)\b`,
    weight: -0.9,
    titleWeight: -1.4,
  },
  {
    name: 'dependency-bot',
    side: 'other',
    pattern: String.raw`renovate|dependabot|terraform|pulumi|ansible`,
    weight: -0.9,
    titleWeight: -1.4,
  },
  {
    name: 'other-flux',
    side: 'other',
    pattern: String.raw`influx ?db|\bflux\.1|flux\.jl|flux (dev|schnell|pro|lora|kontext)|react flux|flux architecture|fluxbox|\bquery language\b`,
    weight: -3,
  },
];

/** The weights were set by hand from the products' vocabulary and one half of the labelled items; see docs/adr. */
export const SIGNALS: readonly Signal[] = [...OCM, ...KRO, ...FLUX, ...HOMONYMS, ...NEIGHBOURS];

/** Log-odds of runtime for a text without any signal. */
export const PRIOR = -2;
