import type { JsonObject } from '../descriptor/json.ts';
import type { Descriptor } from '../descriptor/model.ts';
import type { NormalisationForm } from './algorithm.ts';
import { allLabels, filled, signedLabels, signedReference, signedResource, signedSource } from './signed-parts.ts';

/**
 * What `jsonNormalisation/v2` to `v4alpha1` sign: the component in terms of schema v2, whichever schema it was written in. Out: `meta`,
 * signatures, nested digests, repository contexts, accesses, source references, unsigned labels (but for references). Lists keep their order.
 */
export function signedComponent(descriptor: Descriptor, form: NormalisationForm): JsonObject {
  const { name, version, creationTime, labels, provider, resources, sources, references } = descriptor;
  return {
    component: {
      name,
      version,
      creationTime: filled(creationTime),
      labels: signedLabels(labels, form),
      provider: { name: provider.name, labels: signedLabels(provider.labels, form) },
      resources: resources.map((resource) => signedResource(resource, form)),
      sources: sources.map((source) => signedSource(source, form)),
      componentReferences: references.map((reference) => signedReference(reference, allLabels(reference.labels, form), form)),
    },
  };
}
