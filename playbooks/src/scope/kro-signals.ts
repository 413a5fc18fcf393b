import type { Signal } from './signal.ts';

const KRO_CONTEXT = String.raw`\bkro\b|kro\.run|\bRGDs?\b|ResourceGraph|GraphRevision|GraphVerified`;

/** kro: its API, conditions and authoring words. */
export const KRO_SIGNALS: readonly Signal[] = [
  { name: 'kro-api-group', side: 'kro', pattern: String.raw`\bkro\.run\b`, weight: 4, own: true },
  { name: 'kro-rgd', side: 'kro', pattern: 'ResourceGraphDefinitions?', weight: 3.5, own: true },
  {
    name: 'kro-rgd-short',
    side: 'kro',
    pattern: String.raw`\bRGDs?\b`,
    also: String.raw`\bkro\b|CRDs?\b|CustomResource|\bCEL\b|schema|instances?\b|kubernetes|kubectl|helm|flux|status|forEach|includeWhen|readyWhen|externalRef|ConfigMaps?\b|Deployments?\b|controllers?\b|reconcil`,
    weight: 2.4,
  },
  { name: 'kro-name', side: 'kro', pattern: String.raw`\bkro\b`, weight: 1.7, titleWeight: 2.6 },
  { name: 'kro-repository', side: 'kro', pattern: 'kubernetes-sigs/kro|kro-run/|awslabs/kro', weight: 1.5 },
  { name: 'kro-conditions', side: 'kro', pattern: 'GraphAccepted|GraphVerified|GraphRevision|InvalidResourceGraph', weight: 2 },
  {
    name: 'kro-graph',
    side: 'kro',
    pattern: String.raw`ControllerReady|KindReady|Directed Acyclic Graph|resource ?graph\b|graph revisions?|graph controller`,
    weight: 1.2,
  },
  { name: 'kro-simple-schema', side: 'kro', pattern: String.raw`\bsimple[ -]?schema\b`, weight: 1.9 },
  {
    name: 'kro-instance',
    side: 'kro',
    pattern: String.raw`\binstance (controller|reconcil\w+|status|deletion|spec)\b|\bCEL\b`,
    weight: 0.8,
    titleWeight: 0.8,
  },
  { name: 'kro-fields', side: 'kro', pattern: String.raw`\b(readyWhen|includeWhen|allowCRDDeletion|allow-breaking-changes)\b`, weight: 2 },
  {
    name: 'kro-more-fields',
    side: 'kro',
    pattern: String.raw`\b(externalRefs?|forEach|instances?|applyset|dynamic controller|micro-?controller|collections?)\b`,
    also: KRO_CONTEXT,
    weight: 0.8,
  },
  { name: 'kro-schema', side: 'kro', pattern: String.raw`\b(CRDs?|schema|CEL|static type|markers?)\b`, also: KRO_CONTEXT, weight: 0.6 },
  { name: 'kro-aggregation', side: 'kro', pattern: 'aggregation mode|aggregate-to-controller', weight: 1.3 },
  { name: 'kro-expression', side: 'kro', pattern: String.raw`\$\{schema\.(spec|metadata|status)|\bschema\.spec\.`, weight: 1.6 },
  {
    name: 'kro-markers',
    side: 'kro',
    pattern: String.raw`\b(string|integer|boolean) ?\| ?(default|required|minimum|maximum|enum|pattern|immutable)=`,
    weight: 1.5,
  },
  { name: 'kro-resource-group', side: 'kro', pattern: String.raw`\bResourceGroups?\b`, also: KRO_CONTEXT, weight: 0.8 },
];
