import type { Product } from '../schema.ts';
import type { Evidence } from '../types.ts';
import type { Line } from './lines.ts';

/** Ends of image repositories whose tag is the version of the product. Flux's controllers have versions of their own, so none. */
const IMAGES: readonly (readonly [ending: string, product: Product | undefined])[] = [
  ['/kubernetes/controller', 'ocm-controller'],
  ['/kubernetes/controller/chart', 'ocm-controller'],
  ['/ocm-k8s-toolkit', 'ocm-controller'],
  ['/ocm-k8s-toolkit/controller', 'ocm-controller'],
  ['/ocm-controller', 'ocm-controller'],
  ['/ocm-controllers', 'ocm-controller'],
  ['/kro/controller', 'kro'],
  ['/kro/kro', 'kro'],
  ['/kro/charts/kro', 'kro'],
  ['/charts/kro', 'kro'],
  ['/kro', 'kro'],
  ['/flux-cli', 'flux'],
  ['/argocd', 'argo-cd'],
  ['/kindest/node', 'kubernetes'],
  ['/cli', 'ocm-cli'],
];

const MAX_IMAGES = 100;

/** Image and OCI artefact references with a tag or digest; a known repository gives the product's version. */
export function readImages(lines: readonly Line[]): Evidence[] {
  const found: Evidence[] = [];
  for (const line of lines) {
    if (found.length >= MAX_IMAGES || !line.text.includes('/')) continue;
    for (const match of line.text.matchAll(/[A-Za-z0-9._/:@+-]+/g)) {
      const evidence = toImage(match[0], line.start + match.index);
      if (evidence) found.push(evidence);
    }
  }
  return found;
}

function toImage(word: string, start: number): Evidence | undefined {
  const bare = word.replace(/[.:]+$/, '');
  const at = bare.indexOf('@sha256:');
  const named = at < 0 ? bare : bare.slice(0, at);
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  if (slash < 0 || (colon < 0 && at < 0) || bare.length > 512) return undefined;
  const repository = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  if (tag !== undefined && !/^[A-Za-z0-9_][A-Za-z0-9._+-]{0,127}$/.test(tag)) return undefined;
  if (!/^(?:[a-z0-9+.-]{2,10}:\/\/)?[a-z0-9.-]+(?::\d{1,5})?\/[a-z0-9./_-]+$/.test(repository)) return undefined;
  const product = IMAGES.find(([ending]) => `/${repository}`.endsWith(ending))?.[1];
  const version = tag && /^v?\d{1,3}\.\d{1,3}/.test(tag) ? tag.replace(/^v/, '') : undefined;
  const evidence: Evidence = { kind: 'image', span: { start, end: start + bare.length }, text: bare };
  return product && version ? { ...evidence, version: { product, version } } : evidence;
}
