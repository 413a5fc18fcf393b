import * as z from 'zod';
import { type ConfigEntry, entrySchema, isOfType, parseShape, typeName } from './entry.ts';
import { ConfigError } from './error.ts';
import { compileGlob } from './glob.ts';
import { type ConsumerIdentity, compareSpecificity, identityKey, identityMatches } from './identity.ts';

/** Credentials as name and value; `type` says which names to expect (`Credentials/v1`: whatever the consumer understands). */
export type Credentials = { readonly type: string; readonly properties: Readonly<Record<string, string>> };

/** One identity with everything the configuration says about it, merged. */
export type Consumer = {
  readonly identity: ConsumerIdentity;
  /** Undefined when only kinds of credentials are given that this library cannot resolve; `unsupported` names them. */
  readonly credentials: Credentials | undefined;
  readonly unsupported: readonly string[];
};

export type CredentialsConfig = {
  readonly consumers: readonly Consumer[];
  /** Credential repositories, such as `DockerConfig/v1`, in order. */
  readonly repositories: readonly ConfigEntry[];
};

const directNames = new Set(['Credentials', 'DirectCredentials']);
/** Kinds whose fields stand in the entry itself. */
const typedNames = new Set([
  ...['OCICredentials', 'HelmHTTPCredentials', 'WgetCredentials', 'GitHubCredentials', 'S3Credentials'],
  ...['RSACredentials', 'GPGCredentials', 'OIDCIdentityToken', 'TrustedRoot'],
]);

/** `port: 5000` without quotes is meant as text. Secrets get no such help: `012345` would silently lose its zero. */
const identitySchema = z.record(z.string(), z.union([z.string(), z.int().transform(String)]));
const textsSchema = z.record(z.string(), z.string());
const consumerSchema = z.object({
  identity: identitySchema.nullish(),
  identities: z.array(identitySchema).nullish(),
  credentials: z.array(entrySchema).nullish(),
});
const configSchema = z.looseObject({
  consumers: z.array(consumerSchema).nullish(),
  repositories: z.array(z.object({ repository: entrySchema })).nullish(),
});
const directSchema = z.looseObject({ properties: textsSchema.nullish() });

/**
 * Consumers and repositories of all `credentials.config.ocm.software[/v1]` entries.
 * What is said about equal identities is merged: direct credentials field by field, later ones winning; a typed kind beats them;
 * of several typed ones the last wins.
 * @throws ConfigError `SCHEMA`, `PATTERN` for a path that is no pattern
 */
export function readCredentialsConfig(entries: readonly ConfigEntry[]): CredentialsConfig {
  const configs = entries
    .filter((entry) => isOfType(entry, 'credentials.config.ocm.software', 'v1'))
    .map((entry) => parseShape(configSchema, entry, 'credentials configuration'));
  const claims = configs
    .flatMap(({ consumers }) => consumers ?? [])
    .flatMap(({ identity, identities, credentials }) =>
      [...(identity ? [identity] : []), ...(identities ?? [])].map((each) => ({ identity: each, given: credentials ?? [] })),
    );
  const repositories = configs.flatMap((config) => config.repositories ?? []).map(({ repository }) => repository);
  const byIdentity = Map.groupBy(claims, ({ identity }) => identityKey(identity));
  return { consumers: [...byIdentity.values()].flatMap(mergeClaims), repositories };
}

/**
 * The consumer that serves an identity: the equal one, else of those that match the most specific, else the last configured.
 * @throws ConfigError `CREDENTIALS_UNSUPPORTED` when that consumer has only kinds of credentials this library cannot resolve:
 *   going on without credentials would hide the reason
 */
export function findCredentials(consumers: readonly Consumer[], requested: ConsumerIdentity): Credentials | undefined {
  const key = identityKey(requested);
  const consumer =
    consumers.findLast(({ identity }) => identityKey(identity) === key) ??
    consumers
      .filter(({ identity }) => identityMatches(requested, identity))
      .reduce<Consumer | undefined>((best, next) => {
        return best === undefined || compareSpecificity(best.identity, next.identity) >= 0 ? next : best;
      }, undefined);
  if (consumer === undefined) return undefined;
  if (consumer.credentials !== undefined || consumer.unsupported.length === 0) return consumer.credentials;
  const host = consumer.identity.hostname ?? consumer.identity.type ?? 'a consumer';
  throw new ConfigError(
    'CREDENTIALS_UNSUPPORTED',
    `credentials for ${host} come from ${consumer.unsupported.join(', ')}, which is not supported`,
  );
}

type Claim = { readonly identity: ConsumerIdentity; readonly given: readonly ConfigEntry[] };

function mergeClaims(claims: readonly Claim[]): readonly Consumer[] {
  const [first] = claims;
  if (first === undefined) return [];
  if (first.identity.path !== undefined) compileGlob(first.identity.path, '/');
  const given = claims.flatMap((claim) => claim.given);
  const direct = given.filter(({ type }) => directNames.has(typeName(type))).map(directProperties);
  const typed = given.findLast(({ type }) => typedNames.has(typeName(type)));
  const unsupported = given.map(({ type }) => type).filter((type) => !directNames.has(typeName(type)) && !typedNames.has(typeName(type)));
  const merged =
    direct.length === 0 ? undefined : { type: 'Credentials/v1', properties: Object.assign({}, ...direct) as Record<string, string> };
  return [{ identity: first.identity, credentials: typed === undefined ? merged : typedCredentials(typed), unsupported }];
}

function directProperties(entry: ConfigEntry): Readonly<Record<string, string>> {
  return parseShape(directSchema, entry, entry.type).properties ?? {};
}

function typedCredentials({ type, ...fields }: ConfigEntry): Credentials {
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  return { type, properties: parseShape(textsSchema, present, type) };
}
