import type { JsonObject } from '../descriptor/json.ts';
import type { Descriptor } from '../descriptor/model.ts';
import { V3_API_VERSION, V3_KIND } from '../descriptor/schema-v3.ts';
import { allLabels, filled, signedLabels, signedReference, signedResource, signedSource } from './signed-parts.ts';

/** What `jsonNormalisation/v1` signs: the members of the schema that the descriptor was written in, so the two schemas differ. */
export function signedV1(descriptor: Descriptor): JsonObject {
  return descriptor.schemaVersion === 'v2' ? signedV1OfV2(descriptor) : signedV1OfV3(descriptor);
}

/** With `meta`, without sources; a provider without labels stays a name; an absent extra identity of resources and references is null. */
function signedV1OfV2(descriptor: Descriptor): JsonObject {
  const { name, version, creationTime, labels, provider, resources, references } = descriptor;
  return {
    meta: { schemaVersion: 'v2' },
    component: {
      name,
      version,
      creationTime: filled(creationTime),
      labels: signedLabels(labels, 'complete'),
      provider: provider.labels.length === 0 ? provider.name : { name: provider.name, labels: signedLabels(provider.labels, 'complete') },
      resources: resources.map((resource) => withIdentity(signedResource(resource, 'complete'))),
      componentReferences: references.map((reference) =>
        withIdentity(signedReference(reference, signedLabels(reference.labels, 'complete'), 'complete')),
      ),
    },
  };
}

/** All labels of the provider count, since the exclusion rule looks for it in another place; empty lists are left out. */
function signedV1OfV3(descriptor: Descriptor): JsonObject {
  const { name, version, creationTime, labels, provider, resources, sources, references } = descriptor;
  const metadata = {
    name,
    version,
    creationTime: filled(creationTime),
    labels: signedLabels(labels, 'complete'),
    provider: { name: provider.name, labels: allLabels(provider.labels, 'complete') },
  };
  const spec = {
    resources: unlessEmpty(resources.map((resource) => signedResource(resource, 'complete'))),
    sources: unlessEmpty(sources.map((source) => signedSource(source, 'complete'))),
    references: unlessEmpty(
      references.map((reference) => signedReference(reference, signedLabels(reference.labels, 'complete'), 'complete')),
    ),
  };
  return { apiVersion: V3_API_VERSION, kind: V3_KIND, metadata, spec };
}

function withIdentity(element: JsonObject): JsonObject {
  return { ...element, extraIdentity: element.extraIdentity ?? null };
}

function unlessEmpty(items: readonly JsonObject[]): readonly JsonObject[] | undefined {
  return items.length === 0 ? undefined : items;
}
