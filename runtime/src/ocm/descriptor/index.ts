export { toV2 } from './convert-v2.ts';
export { toV3 } from './convert-v3.ts';
export { descriptorFindings } from './findings.ts';
export {
  componentIdentity,
  type Element,
  elementIdentity,
  findElement,
  type Identity,
  identitiesEqual,
  isIdentitySubset,
  matchesIgnoringVersion,
  minimalIdentity,
  printIdentity,
} from './identity.ts';
export { isJsonObject, type JsonObject, type JsonPath, type JsonValue, printPath, valueAt } from './json.ts';
export {
  type Descriptor,
  type Digest,
  type Label,
  type NestedDigest,
  type Provider,
  type Reference,
  type Resource,
  SCHEMA_VERSIONS,
  type SchemaVersion,
  type Signature,
  type Source,
} from './model.ts';
export { composeDescriptor, type DescriptorDocument, type ParseDescriptorOptions, parseDescriptor } from './parse.ts';
export { type AccessPatch, patchAccess } from './patch-access.ts';
export { parseProvider, printProvider } from './provider.ts';
export { DescriptorSchemaError, type Finding } from './schema-error.ts';
export { DEFAULT_MAX_BYTES, parseJson, type TextFormat } from './text.ts';
export { parseYaml, type YamlOptions } from './yaml-text.ts';
