import type { Signal } from './signal.ts';

/** The other OCM products, and neighbours of ours that merely mention us. */
export const NEIGHBOUR_SIGNALS: readonly Signal[] = [
  {
    name: 'ocm-cli-command',
    side: 'other',
    pattern: String.raw`\bocm (transfer|add|get|download|sign|verify|bootstrap|create|describe|list|check|hash|show|install|set)\b`,
    weight: -1.3,
  },
  {
    name: 'ocm-cli',
    side: 'other',
    pattern: String.raw`\bocm[ -]cli\b|\(cli\)|\bCLI v[12]\b|\bthe cli\b|cli command|\bcli/`,
    weight: -1.3,
    titleWeight: -1.8,
  },
  {
    name: 'ocm-constructor',
    side: 'other',
    pattern: String.raw`component-?constructors?|component ?archives?|\bctfs?\b|common transport`,
    weight: -1.1,
  },
  { name: 'ocm-bindings', side: 'other', pattern: 'bindings/go/([a-j]|[l-z])', weight: -1 },
  {
    name: 'ocm-library',
    side: 'other',
    pattern: String.raw`ocm library|go bindings|go library|language binding|input (type|method)s?\b|input plugin|(built-?in|external) plugin|plugin (manager|registry)|extension points|handlers can be`,
    weight: -1,
  },
  { name: 'ocm-specification', side: 'other', pattern: 'ocm[ -]spec|specification|normali[sz]ation|json schema', weight: -0.8 },
  {
    name: 'ocm-website',
    side: 'other',
    pattern: String.raw`\bwebsite\b|\bhugo\b|ocm\.software/docs|landing page|\bdocusaurus\b`,
    weight: -0.8,
  },
  { name: 'argo-cd', side: 'other', pattern: String.raw`\bargo ?-?cd\b|argoproj|ApplicationSets?\b`, weight: -1, titleWeight: -1.6 },
  { name: 'crossplane', side: 'other', pattern: String.raw`\bcrossplane\b`, weight: -0.6, titleWeight: -1 },
  {
    name: 'other-project',
    side: 'other',
    pattern: String.raw`cert-manager|\bistio\b|knative|tekton|\brook\b|traefik|kubevirt|\bcamel|strimzi|prometheus-operator|cluster[ -]api\b|\bCAPI\b|rancher|\bkapp\b|karmada|kueue|kubefed|openshift|\bgardener\b|\bkyma\b`,
    weight: -0.8,
    titleWeight: -1.5,
  },
  {
    name: 'other-workload',
    side: 'other',
    pattern: String.raw`cilium|calico|external-dns|external-secrets|kyverno|gatekeeper|harbor|ingress-nginx|\bkeda\b|keycloak|linkerd|longhorn|\bloki\b|metallb|\bminio\b|opentelemetry|\bvelero\b|karpenter|home assistant|nextcloud|\bgrafana\b|\bvault\b`,
    weight: -0.2,
    titleWeight: -1,
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
    pattern: String.raw`\b(headlamp|backstage|overview page|frontend|vs ?code|web ui|capacitor|freelens|lens|k9s|octant|monokle)\b|\bdetails? page\b|\bsidebar\b|\bplugins?\b`,
    weight: -0.9,
    titleWeight: -1.8,
  },
  {
    name: 'user-interface-page',
    side: 'other',
    pattern: String.raw`\b[a-z]+ pages?\b.{0,60}\b(shows?|displays?|supports?|lists?|renders?|looks? up)\b`,
    weight: -1.2,
  },
  { name: 'dependency-bot', side: 'other', pattern: 'renovate|dependabot|terraform|pulumi|ansible', weight: -0.9, titleWeight: -2.2 },
];
