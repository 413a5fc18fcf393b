import type { EvidenceSet } from '@sig-runtime/playbooks';

/** What a report can lack. */
export type Field = keyof EvidenceSet['has'];

type Ask = { what: string; how: string };

const ASKS: Record<Field, Ask> = {
  conditions: {
    what: '**Conditions** of the object that is not ready, and of the one it refers to',
    how: 'kubectl get components.delivery.ocm.software NAME -n NAMESPACE -o jsonpath=\'{range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{"\\n"}{end}\'',
  },
  manifests: {
    what: '**Manifests** of the objects concerned, as they are in the cluster, without Secrets',
    how: 'kubectl get components.delivery.ocm.software NAME -n NAMESPACE -o yaml',
  },
  'controller-logs': {
    what: '**Controller logs** around the failure',
    how: 'kubectl logs -n ocm-k8s-toolkit-system deployment/ocm-k8s-toolkit-controller-manager --since=15m',
  },
  versions: {
    what: '**Versions** of the OCM controller, Kubernetes, and kro or Flux where they are used',
    how: 'kubectl get deployments -A -o jsonpath=\'{range .items[*]}{.spec.template.spec.containers[*].image}{"\\n"}{end}\' && kubectl version',
  },
  events: { what: '**Events** of the object', how: 'kubectl events -n NAMESPACE --for component.delivery.ocm.software/NAME' },
};

/** Whether a name that the matcher reports as missing is something we know how to ask for. */
export function isField(name: string): name is Field {
  return Object.hasOwn(ASKS, name);
}

/** The one question, only for what blocks the diagnosis. */
export function renderRequest(fields: readonly Field[]): string {
  const items = fields.map((field) => `- ${ASKS[field].what}\n\n  \`\`\`sh\n  ${ASKS[field].how}\n  \`\`\``);
  return [
    `Thanks for the report. To tell what is wrong, ${fields.length === 1 ? 'one thing is' : 'these things are'} missing:`,
    items.join('\n'),
    'Put it into the description or a comment, in a code block. Please take passwords and tokens out first.',
    '<sub>Asked once. This comment folds itself away when the answer is there; nothing happens to the issue if it never comes.</sub>',
  ].join('\n\n');
}
