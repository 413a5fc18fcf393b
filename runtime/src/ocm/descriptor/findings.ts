import { tryParseVersion } from '../version/version.ts';
import { type Element, elementIdentity, identityKey } from './identity.ts';
import type { Descriptor, Label, Resource } from './model.ts';
import type { Finding } from './schema-error.ts';

const MAX_NAME_CHARS = 255;
// All linear: anchored, and a repeated class is followed by a character outside it or by the end.
const COMPONENT_NAME = /^[a-z][-a-z0-9]*(?:[.][a-z][-a-z0-9]*)*[.][a-z]{2,}(?:\/[a-z][-a-z0-9_]*(?:[.][a-z][-a-z0-9_]*)*)+$/;
const IDENTITY_KEY = /^[a-z0-9][-_+a-z0-9]*$/;
const IDENTITY_KEY_END = /[a-z0-9]$/;
const LABEL_VERSION = /^v[0-9]+$/;
const TYPE_START = /^[a-zA-Z0-9]/;

/**
 * What the v2 JSON schema forbids and the official tools only warn about when they read: names, versions, identity keys, relations, types,
 * and elements that cannot be told apart. Readers may go on; writers should not.
 */
export function descriptorFindings(descriptor: Descriptor): readonly Finding[] {
  const top = descriptor.schemaVersion === 'v2' ? 'component' : 'metadata';
  const lists = descriptor.schemaVersion === 'v2' ? 'component' : 'spec';
  const references = descriptor.schemaVersion === 'v2' ? 'componentReferences' : 'references';
  return [
    ...nameFindings(descriptor.name, `${top}.name`),
    ...versionFindings(descriptor.version, `${top}.version`),
    ...labelFindings(descriptor.labels, top),
    ...descriptor.resources.flatMap((resource, i) => resourceFindings(resource, `${lists}.resources[${i}]`)),
    ...descriptor.references.flatMap(({ componentName }, i) => nameFindings(componentName, `${lists}.${references}[${i}].componentName`)),
    ...elementFindings(descriptor.resources, `${lists}.resources`),
    ...elementFindings(descriptor.sources, `${lists}.sources`),
    ...elementFindings(descriptor.references, `${lists}.${references}`),
    ...repeated(descriptor.signatures.map(({ name }) => name)).map((i) =>
      finding(`signatures[${i}].name`, 'occurs before: give each signature its own name'),
    ),
  ];
}

function nameFindings(name: string, path: string): readonly Finding[] {
  const fits = name.length <= MAX_NAME_CHARS && COMPONENT_NAME.test(name);
  return fits ? [] : [finding(path, 'is not a component name: write a domain and a path, such as acme.org/team/app, in lower case')];
}

function versionFindings(version: string, path: string): readonly Finding[] {
  return tryParseVersion(version) === undefined ? [finding(path, 'is not a semantic version: write MAJOR.MINOR.PATCH')] : [];
}

function labelFindings(labels: readonly Label[], path: string): readonly Finding[] {
  return labels.flatMap(({ version }, i) =>
    version === undefined || LABEL_VERSION.test(version)
      ? []
      : [finding(`${path}.labels[${i}].version`, 'is not a label version: write v1, v2 and so on')],
  );
}

function resourceFindings(resource: Resource, path: string): readonly Finding[] {
  const { relation, access } = resource;
  return [
    ...(relation === 'local' || relation === 'external' ? [] : [finding(`${path}.relation`, 'must be local or external')]),
    ...(access === undefined ? [finding(`${path}.access`, 'is missing: say where the content is')] : []),
  ];
}

function elementFindings(
  elements: readonly (Element & { readonly labels: readonly Label[]; readonly type?: string })[],
  path: string,
): readonly Finding[] {
  const single = elements.flatMap((element, i) => [
    ...versionFindings(element.version, `${path}[${i}].version`),
    ...labelFindings(element.labels, `${path}[${i}]`),
    ...(element.type === undefined || TYPE_START.test(element.type)
      ? []
      : [finding(`${path}[${i}].type`, 'is not a type: begin with a letter or digit')]),
    ...Object.keys(element.extraIdentity)
      .filter((key) => key.length < 2 || !IDENTITY_KEY.test(key) || !IDENTITY_KEY_END.test(key))
      .map((key) =>
        finding(
          `${path}[${i}].extraIdentity.${key}`,
          'is not an identity key: use two or more of a-z 0-9 - _ +, ending in a letter or digit',
        ),
      ),
  ]);
  const doubles = repeated(elements.map((element) => identityKey(elementIdentity(element))));
  return [
    ...single,
    ...doubles.map((i) => finding(`${path}[${i}]`, 'has the identity of an element before it: change name, version or extraIdentity')),
  ];
}

/** The indexes of texts that occur at a lower index too. */
function repeated(texts: readonly string[]): readonly number[] {
  const seen = new Set<string>();
  return texts.flatMap((text, i) => {
    if (seen.has(text)) return [i];
    seen.add(text);
    return [];
  });
}

function finding(path: string, message: string): Finding {
  return { path, message };
}
