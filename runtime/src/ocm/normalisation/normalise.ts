import type { Descriptor } from '../descriptor/model.ts';
import { type NormalisationForm, nativeForm, parseNormalisationAlgorithm } from './algorithm.ts';
import { entryJson } from './entries.ts';
import { canonicalJson } from './jcs.ts';
import { serialised } from './signed-parts.ts';
import { signedV1 } from './v1.ts';
import { signedComponent } from './v2-to-v4.ts';
import { defaultVersions } from './version-defaulting.ts';

/**
 * The text whose UTF-8 bytes are hashed and signed. `form` defaults to the one that belongs to the algorithm; `v1` has the complete one
 * only. Throws `NORMALISATION_UNSUPPORTED` or `NORMALISATION_FAILED`.
 */
export function normalise(descriptor: Descriptor, algorithm: string, form?: NormalisationForm): string {
  const known = parseNormalisationAlgorithm(algorithm);
  const chosen = form ?? nativeForm(known);
  if (known === 'jsonNormalisation/v1') return entryJson(serialised(signedV1(withDefaults(descriptor)), 'complete'));
  const signed = signedComponent(known === 'jsonNormalisation/v2' ? withDefaults(descriptor) : descriptor, chosen);
  return canonicalJson(serialised(signed, chosen));
}

function withDefaults(descriptor: Descriptor): Descriptor {
  return { ...descriptor, resources: defaultVersions(descriptor.resources) };
}
