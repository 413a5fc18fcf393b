import { isJsonObject, type JsonObject, type JsonValue } from '../descriptor/json.ts';
import type { Digest, Label, Reference, Resource, Source } from '../descriptor/model.ts';
import type { NormalisationForm } from './algorithm.ts';

/** Access types of resources without content; both spellings are in use. */
export const NONE_ACCESS_TYPES: readonly string[] = ['none', 'None'];

/** Labels that say `signing: true`, cut to name, version, value and signing; undefined when none is left. */
export function signedLabels(labels: readonly Label[], form: NormalisationForm): readonly JsonObject[] | undefined {
  const signed = labels.filter(({ signing }) => signing === true || signing === 'true');
  if (signed.length === 0) return undefined;
  return signed.map(({ name, version, value, signing }) => ({
    name,
    value,
    signing,
    version: form === 'complete' ? filled(version) : undefined,
  }));
}

/** Labels as they are: references keep all of theirs, signed or not, because the exclusion rule names a key that v2 does not have. */
export function allLabels(labels: readonly Label[], form: NormalisationForm): readonly JsonObject[] | undefined {
  if (labels.length === 0) return undefined;
  return labels.map(({ name, value, version, signing, merge }) => ({
    name,
    value,
    signing: signing === true || signing === 'true' ? signing : undefined,
    ...(form === 'complete' && {
      version: filled(version),
      merge: merge === undefined ? undefined : { algorithm: merge.algorithm ?? '', config: merge.config ?? undefined },
    }),
  }));
}

/** A resource without access, source references and unsigned labels; without digest too when its access type is none. */
export function signedResource(resource: Resource, form: NormalisationForm): JsonObject {
  const isNone = resource.access !== undefined && NONE_ACCESS_TYPES.includes(resource.access.type);
  return {
    ...signedSource(resource, form),
    relation: form === 'complete' ? filled(resource.relation) : (resource.relation ?? ''),
    digest: isNone ? undefined : signedDigest(resource.digest),
  };
}

/** A source without access and unsigned labels. */
export function signedSource(
  { name, version, type, extraIdentity, labels }: Pick<Source, 'name' | 'version' | 'type' | 'extraIdentity' | 'labels'>,
  form: NormalisationForm,
): JsonObject {
  return { name, version, type, extraIdentity: signedIdentity(extraIdentity), labels: signedLabels(labels, form) };
}

/** A reference; the caller chooses which of its labels count. */
export function signedReference(reference: Reference, labels: readonly JsonObject[] | undefined, form: NormalisationForm): JsonObject {
  const { name, componentName, version, extraIdentity, digest } = reference;
  return {
    name,
    componentName,
    version,
    extraIdentity: signedIdentity(extraIdentity),
    labels,
    digest: signedDigest(digest) ?? (form === 'reduced' ? { hashAlgorithm: '', normalisationAlgorithm: '', value: '' } : undefined),
  };
}

/** Text, or undefined where the tools leave empty text out. */
export function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/**
 * What the tools' serialisers leave of a value, at any depth: members with an empty key are dropped (to them an empty name means excluded),
 * and in the reduced form members that are null too; nulls in lists stay.
 */
export function serialised(value: JsonValue, form: NormalisationForm): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => serialised(item, form));
  if (!isJsonObject(value)) return value;
  const kept: [string, JsonValue][] = [];
  for (const [key, member] of Object.entries(value)) {
    if (key !== '' && member !== undefined && (member !== null || form === 'complete')) kept.push([key, serialised(member, form)]);
  }
  return Object.fromEntries(kept);
}

function signedIdentity(identity: Readonly<Record<string, string>>): JsonObject | undefined {
  return Object.keys(identity).length === 0 ? undefined : identity;
}

function signedDigest(digest: Digest | undefined): JsonObject | undefined {
  if (digest === undefined) return undefined;
  const { hashAlgorithm, normalisationAlgorithm, value } = digest;
  return { hashAlgorithm, normalisationAlgorithm, value };
}
