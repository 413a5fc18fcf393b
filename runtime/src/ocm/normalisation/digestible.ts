import type { Descriptor, Digest } from '../descriptor/model.ts';
import type { Finding } from '../descriptor/schema-error.ts';
import { NONE_ACCESS_TYPES } from './signed-parts.ts';

/** The digest of an element that is left out of signing on purpose. */
export const EXCLUDED_DIGEST: Digest = {
  hashAlgorithm: 'NO-DIGEST',
  normalisationAlgorithm: 'EXCLUDE-FROM-SIGNATURE',
  value: 'NO-DIGEST',
};

/**
 * Why a component digest would not bind everything below it; empty when it is safe to digest. Every reference and every resource with
 * content needs a complete digest; a resource without access must have none. Access types `none` and `None` have no content (the official
 * controller knows `None` only).
 */
export function digestibleFindings({ schemaVersion, resources, references }: Descriptor): readonly Finding[] {
  const [top, referenceList] = schemaVersion === 'v2' ? ['component', 'componentReferences'] : ['spec', 'references'];
  return [
    ...references.flatMap(({ digest }, i) =>
      isComplete(digest)
        ? []
        : [
            {
              path: `${top}.${referenceList}[${i}].digest`,
              message: 'is missing or incomplete: add the digest of the referenced component',
            },
          ],
    ),
    ...resources.flatMap(({ access, digest }, i) => {
      const path = `${top}.resources[${i}].digest`;
      if (access === undefined)
        return digest === undefined ? [] : [{ path, message: 'belongs to a resource without access: remove it or add the access' }];
      if (NONE_ACCESS_TYPES.includes(access.type) || isComplete(digest)) return [];
      return [{ path, message: 'is missing or incomplete: add the digest of the content' }];
    }),
  ];
}

export function isSafelyDigestible(descriptor: Descriptor): boolean {
  return digestibleFindings(descriptor).length === 0;
}

function isComplete(digest: Digest | undefined): boolean {
  return digest !== undefined && digest.hashAlgorithm !== '' && digest.normalisationAlgorithm !== '' && digest.value !== '';
}
