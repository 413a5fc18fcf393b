import { OcmError } from '../error.ts';
import type { Reference, Resource, Source } from './model.ts';

/** Attributes that name an element within its list. */
export type Identity = Readonly<Record<string, string>>;
export type Element = Pick<Resource | Source | Reference, 'name' | 'version' | 'extraIdentity'>;

/** Extra identity, name and, when there is one, version: the identity that the current official tools use. Name and version win over extra keys. */
export function elementIdentity(element: Element): Identity {
  return { ...element.extraIdentity, name: element.name, ...(element.version !== '' && { version: element.version }) };
}

/** The identity of the specification: `version` is part of it only where name and extra identity occur more than once in the list. */
export function minimalIdentity(elements: readonly Element[], index: number): Identity {
  const element = elements[index];
  if (element === undefined)
    throw new OcmError('ELEMENT_NOT_FOUND', `element ${index} is not in the list of ${elements.length}: use a smaller index`);
  const key = identityKey(withoutVersion(element));
  const ambiguous = elements.some((other, i) => i !== index && identityKey(withoutVersion(other)) === key);
  return ambiguous ? { ...withoutVersion(element), version: element.version } : withoutVersion(element);
}

/** Name and version of a component version. */
export function componentIdentity({ name, version }: { readonly name: string; readonly version: string }): Identity {
  return { name, version };
}

/** Every requested attribute is there and equal. */
export function isIdentitySubset(requested: Identity, candidate: Identity): boolean {
  return Object.entries(requested).every(([key, value]) => Object.hasOwn(candidate, key) && candidate[key] === value);
}

export function identitiesEqual(a: Identity, b: Identity): boolean {
  return Object.keys(a).length === Object.keys(b).length && isIdentitySubset(a, b);
}

/** Equal in everything, except that `version` does not count when the request has none: the rule of the controller. */
export function matchesIgnoringVersion(requested: Identity, candidate: Identity): boolean {
  if (Object.hasOwn(requested, 'version')) return identitiesEqual(requested, candidate);
  const { version: _, ...rest } = candidate;
  return identitiesEqual(requested, rest);
}

/** The one element that `matches` lets through. Throws `ELEMENT_NOT_FOUND` or `ELEMENT_AMBIGUOUS` and names the candidates. */
export function findElement<T extends Element>(
  elements: readonly T[],
  requested: Identity,
  matches: (requested: Identity, candidate: Identity) => boolean = isIdentitySubset,
): T {
  const found = elements.filter((element) => matches(requested, elementIdentity(element)));
  const [only] = found;
  if (only === undefined)
    throw new OcmError('ELEMENT_NOT_FOUND', `no element has the identity ${printIdentity(requested)}: there are ${printAll(elements)}`);
  if (found.length > 1) {
    throw new OcmError(
      'ELEMENT_AMBIGUOUS',
      `${found.length} elements have the identity ${printIdentity(requested)}: add attributes of ${printAll(found)}`,
    );
  }
  return only;
}

/** One text for each identity, whatever the order of its attributes. */
export function identityKey(identity: Identity): string {
  return JSON.stringify(Object.entries(identity).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `name=x,os=linux`, name first, then by key: for people. */
export function printIdentity(identity: Identity): string {
  const rank = (key: string) => (key === 'name' ? 0 : 1);
  const keys = Object.keys(identity).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return keys.map((key) => `${key}=${identity[key]}`).join(',');
}

const MAX_NAMED = 10;

function printAll(elements: readonly Element[]): string {
  const named = elements.slice(0, MAX_NAMED).map((element) => printIdentity(elementIdentity(element)));
  const more = elements.length > MAX_NAMED ? [`${elements.length - MAX_NAMED} more`] : [];
  return [...named, ...more].join('; ') || 'none';
}

function withoutVersion(element: Element): Identity {
  return { ...element.extraIdentity, name: element.name };
}
