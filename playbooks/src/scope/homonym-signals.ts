import type { Signal } from './signal.ts';

/** Other products called OCM (or with the same words). Those with `veto` are decisive on their own. */
export const HOMONYM_SIGNALS: readonly Signal[] = [
  { name: 'open-cluster-management', side: 'other', pattern: 'open[ -]cluster[ -]management', weight: -4, veto: true },
  {
    name: 'ocm-hub-and-spoke',
    side: 'other',
    pattern: String.raw`\b(Managed ?Clusters?|klusterlets?|clusteradm|ManifestWorks?|ManifestWorkReplicaSets?|MultiClusterHub|ManagedCluster\w{3,20}|managed-?service-?accounts?|addon-framework|multicluster-controlplane|PlacementDecisions?|PlacementRules?|AddOnTemplates?|AddOnDeploymentConfigs?|ClusterManagementAddOns?|fleetconfig\w*|work-manager|(fleet|addon|placement)-?controller|registration-operator|work-agent|cluster-proxy)\b`,
    weight: -4,
    veto: true,
  },
  {
    name: 'red-hat-acm',
    side: 'other',
    pattern: String.raw`\b(RH)?ACM\b|advanced cluster management|stolostron|multicluster[ -]engine|multicloud-operators|\bsubmariner\b`,
    weight: -4,
    veto: true,
  },
  {
    name: 'ramen',
    side: 'other',
    pattern: String.raw`\b(DRPC|DRPlacementControls?|DRClusters?|DRPolic(y|ies)|VolumeReplicationGroups?|VRG|ramen|ramenctl|ramendr)\b`,
    weight: -3,
    veto: true,
  },
  {
    name: 'openshift-cluster-manager',
    side: 'other',
    pattern: String.raw`openshift cluster manager|(console|cloud)\.redhat\.com|api\.openshift\.com|openshift-online|ocm-sdk-go|\buhc-|\bcluster[s]?[- ]service\b.{0,40}\bocm\b`,
    weight: -4,
    veto: true,
  },
  {
    name: 'openshift-ocm-command',
    side: 'other',
    pattern: String.raw`\bocm (login|logout|whoami|token|cluster|account|config get|create cluster|list clusters?|describe cluster|post|patch|backplane)\b|\bocm[ _-](add-?ons?|hub|offline|user-role|api token|token)\b|\bocm-role\b|\bocm (prod|production|stage|staging|integration|int) (env|api|token|url)`,
    weight: -3,
    veto: true,
  },
  {
    name: 'managed-openshift',
    side: 'other',
    pattern: String.raw`\b(rosa|osd|ocp|rhcs|osdctl|red hat|openshiftapps|osde2e|hypershift|hive|service log|openshift|dedicated-admin|rhmi|integreatly|addon operator|managed-upgrade)\b`,
    also: String.raw`\bocm\b`,
    weight: -3,
    veto: true,
  },
  {
    name: 'hub-cluster',
    side: 'other',
    pattern: String.raw`\b(hub|spoke|hosting)[ -]clusters?\b|\bhub-spoke\b|registration agent|multi-?cluster (management|orchestration|scheduling)`,
    weight: -3,
    veto: true,
  },
  {
    name: 'multi-cluster',
    side: 'other',
    pattern: String.raw`\bmulti-?clusters?\b|\bmultiple clusters\b|\bfleets?\b`,
    weight: -0.8,
    titleWeight: -1.2,
  },
  {
    name: 'oracle-cloud',
    side: 'other',
    pattern: String.raw`oracle cloud|ocir\.io|oraclecloud|\boke cluster\b|oracle\.com|\bocid1\b`,
    weight: -4,
    veto: true,
  },
  {
    name: 'open-application-model',
    side: 'other',
    pattern: String.raw`\bOAM\b|open application model|kubevela|ApplicationConfigurations?\b`,
    weight: -3,
  },
  {
    name: 'other-ocm',
    side: 'other',
    pattern:
      'open charge|organi[sz]ational change management|online configuration management|offensive content|object constraint|open cloud mesh|opencloudmesh|owncloud|nextcloud|cs3org|/ocm-provider|open container (manager|management)',
    weight: -3,
    veto: true,
  },
  {
    name: 'other-flux',
    side: 'other',
    pattern: String.raw`influx ?(db|data|ql)|\bflux\.(1|2|jl)|flux (dev|schnell|pro|lora|kontext|krea|fill)\b|stable diffusion|comfyui|black forest labs|\breact(\.?js|-native|-redux)\b|react (components?|native|apps?|hooks?|stores?)\b|(flux|redux)[/ ]react|react[/ ](flux|redux)|\bredux\b|flux architecture|flux standard action|webflux|project reactor|\bjulia\b|flux-(framework|core|sched|accounting|pmix)\b|\bMiniClusters?\b|\bslurm\b|flux (submit|mini|jobspec|broker|alloc|batch)\b|livewire/flux|\bflux ?ui\b|\bf\.lux\b|fluxbox|fluxnode|(heat|magnetic|radiative|luminous|solar|neutron|energy|carbon|momentum) flux|flux (balance|capacitor|density|tower|linkage)`,
    weight: -3,
  },
  { name: 'k3s-helm', side: 'other', pattern: String.raw`k3s-io|HelmChartConfigs?|helm\.cattle\.io|\brke2\b`, weight: -2.5 },
];
