import type { EvidenceSet, Integration } from '@sig-runtime/playbooks';

/** What a report can lack. */
export type Field = keyof EvidenceSet['has'];

/** Where to look, by what the issue is about. */
type Place = { object: string; event: string; logs: string; versionsOf: string };

const PLACES: Record<Integration, Place> = {
  ocm: {
    object: 'components.delivery.ocm.software',
    event: 'component.delivery.ocm.software',
    logs: '-n ocm-k8s-toolkit-system deployment/ocm-k8s-toolkit-controller-manager',
    versionsOf: 'the OCM controller, Kubernetes, and kro or Flux where they are used',
  },
  kro: {
    object: 'resourcegraphdefinitions.kro.run',
    event: 'resourcegraphdefinition.kro.run',
    logs: '-n kro-system deployment/kro',
    versionsOf: 'kro and Kubernetes',
  },
  flux: {
    object: 'helmreleases.helm.toolkit.fluxcd.io',
    event: 'helmrelease.helm.toolkit.fluxcd.io',
    logs: '-n flux-system deployment/helm-controller',
    versionsOf: 'Flux and Kubernetes',
  },
};

const CONDITIONS = '{range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{"\\n"}{end}';
const IMAGES = '{range .items[*]}{.spec.template.spec.containers[*].image}{"\\n"}{end}';

const ASKS: Record<Field, (place: Place) => { what: string; how: string }> = {
  conditions: ({ object }) => ({
    what: '**Conditions** of the object that is not ready, and of the one it refers to',
    how: `kubectl get ${object} NAME -n NAMESPACE -o jsonpath='${CONDITIONS}'`,
  }),
  manifests: ({ object }) => ({
    what: '**Manifests** of the objects concerned, as they are in the cluster, without Secrets',
    how: `kubectl get ${object} NAME -n NAMESPACE -o yaml`,
  }),
  'controller-logs': ({ logs }) => ({ what: '**Controller logs** around the failure', how: `kubectl logs ${logs} --since=15m` }),
  versions: ({ versionsOf }) => ({
    what: `**Versions** of ${versionsOf}`,
    how: `kubectl get deployments -A -o jsonpath='${IMAGES}' && kubectl version`,
  }),
  events: ({ event }) => ({ what: '**Events** of the object', how: `kubectl events -n NAMESPACE --for ${event}/NAME` }),
};

/** Whether a name that the matcher reports as missing is something we know how to ask for. */
export function isField(name: string): name is Field {
  return Object.hasOwn(ASKS, name);
}

/** The one question, only for what blocks the diagnosis. The object in the commands is an example of what the issue is about. */
export function renderRequest(fields: readonly Field[], about: Integration): string {
  const items = fields.map((field) => {
    const { what, how } = ASKS[field](PLACES[about]);
    return `- ${what}\n\n  \`\`\`sh\n  ${how}\n  \`\`\`\n`;
  });
  return [
    `Thanks for the report. To tell what is wrong, ${fields.length === 1 ? 'one thing is' : 'these things are'} missing:`,
    items.join('\n').trimEnd(),
    `Put ${fields.length === 1 ? 'it' : 'them'} into the description or a comment, in a code block. Please take passwords and tokens out first.`,
    '<sub>Asked once. This comment folds itself away when the answer is there; nothing happens to the issue if it never comes.</sub>',
  ].join('\n\n');
}
