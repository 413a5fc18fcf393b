import { identityKey } from '../descriptor/identity.ts';
import type { Resource } from '../descriptor/model.ts';

/**
 * What `v1` and `v2` do to resources before they normalise: of those that share name and extra identity, each but the last gets its
 * version as extra identity.
 */
export function defaultVersions(resources: readonly Resource[]): readonly Resource[] {
  const key = ({ name, extraIdentity }: Resource) => JSON.stringify([name, identityKey(extraIdentity)]);
  const counts = new Map<string, number>();
  const add = (text: string, n: number) => counts.set(text, (counts.get(text) ?? 0) + n);
  for (const resource of resources) add(key(resource), 1);
  return resources.map((resource) => {
    const own = key(resource);
    if ((counts.get(own) ?? 0) < 2) return resource;
    const defaulted = { ...resource, extraIdentity: { ...resource.extraIdentity, version: resource.version } };
    add(own, -1);
    add(key(defaulted), 1);
    return defaulted;
  });
}
