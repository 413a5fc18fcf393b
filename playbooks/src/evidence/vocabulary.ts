import type { Product } from '../schema.ts';

/** API groups and the product they belong to; the longest suffix wins. */
const GROUPS: readonly (readonly [suffix: string, product: Product])[] = [
  ['delivery.ocm.software', 'ocm-controller'],
  ['kro.run', 'kro'],
  ['toolkit.fluxcd.io', 'flux'],
  ['argoproj.io', 'argo-cd'],
];

/** The API group of kinds whose name says it all, for texts that name only the kind. */
const KIND_GROUPS: Readonly<Record<string, string>> = {
  Deployer: 'delivery.ocm.software',
  Replication: 'delivery.ocm.software',
  ResourceGraphDefinition: 'kro.run',
  HelmRelease: 'helm.toolkit.fluxcd.io',
  HelmRepository: 'source.toolkit.fluxcd.io',
  HelmChart: 'source.toolkit.fluxcd.io',
  OCIRepository: 'source.toolkit.fluxcd.io',
  GitRepository: 'source.toolkit.fluxcd.io',
};

/** Lower-case singular and plural resource names (as `kubectl get` takes them) and short names. */
const RESOURCE_KINDS: Readonly<Record<string, string>> = {
  repository: 'Repository', repositories: 'Repository', component: 'Component', components: 'Component', resource: 'Resource',
  resources: 'Resource', deployer: 'Deployer', deployers: 'Deployer', replication: 'Replication', replications: 'Replication',
  resourcegraphdefinition: 'ResourceGraphDefinition', resourcegraphdefinitions: 'ResourceGraphDefinition', rgd: 'ResourceGraphDefinition',
  rgds: 'ResourceGraphDefinition', helmrelease: 'HelmRelease', helmreleases: 'HelmRelease', hr: 'HelmRelease',
  helmrepository: 'HelmRepository', helmrepositories: 'HelmRepository', helmrepo: 'HelmRepository', helmchart: 'HelmChart', helmcharts: 'HelmChart',
  ocirepository: 'OCIRepository', ocirepositories: 'OCIRepository', ocirepo: 'OCIRepository', gitrepository: 'GitRepository',
  gitrepositories: 'GitRepository', kustomization: 'Kustomization', kustomizations: 'Kustomization', ks: 'Kustomization',
  pod: 'Pod', pods: 'Pod', po: 'Pod', secret: 'Secret', configmap: 'ConfigMap', deployment: 'Deployment', application: 'Application',
  applications: 'Application',
}; // biome-ignore format: a table is easier to read in rows

export function productOfGroup(group: string | undefined): Product | undefined {
  return GROUPS.find(([suffix]) => group === suffix || group?.endsWith(`.${suffix}`))?.[1];
}

export const groupOfKind = (kind: string): string | undefined => KIND_GROUPS[kind];

/** `components.delivery.ocm.software`, `HelmRelease`, `rgd` → kind and group; `undefined` for unknown names. */
export function parseResourceName(name: string): { kind: string; group?: string } | undefined {
  const [first = '', ...rest] = name.split('.');
  const kind = RESOURCE_KINDS[first.toLowerCase()] ?? (/^[A-Z][A-Za-z]{2,}$/.test(first) ? first : undefined);
  if (!kind) return undefined;
  const group = rest.length > 0 ? rest.join('.') : groupOfKind(kind);
  return group ? { kind, group } : { kind };
}

/** Group part of an `apiVersion` (`''` for the core group). */
export function groupOfApiVersion(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
