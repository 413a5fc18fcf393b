import * as z from 'zod';
import type { Credentials } from './credentials.ts';
import { parseShape } from './entry.ts';
import { ConfigError } from './error.ts';
import type { ConsumerIdentity } from './identity.ts';
import { readYaml } from './read-yaml.ts';

/** What a docker config says about registries; the keys are as written there: host, `host:port`, URL or `host/path`. */
export type DockerConfig = {
  readonly accounts: ReadonlyMap<string, Credentials>;
  /** Credential helper by registry, and the one for all others. */
  readonly helpers: ReadonlyMap<string, string>;
  readonly store: string | undefined;
};

/**
 * Asks a docker credential helper, `docker-credential-<name> get`, for a server's account.
 * Injected: nothing here starts programs. Resolves to undefined when the helper has none; a fault is a ConfigError `HELPER_FAILED`.
 */
export type CredentialHelper = (
  name: string,
  server: string,
) => Promise<{ readonly username: string; readonly secret: string } | undefined>;

const accountSchema = z.looseObject({
  auth: z.string().nullish(),
  username: z.string().nullish(),
  password: z.string().nullish(),
  identitytoken: z.string().nullish(),
  registrytoken: z.string().nullish(),
});
const dockerSchema = z.looseObject({
  auths: z.record(z.string(), accountSchema.nullable()).nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
  credsStore: z.string().nullish(),
});

/**
 * A docker `config.json`, which is also what `.dockerconfigjson` of a Secret holds.
 * @throws ConfigError `SYNTAX`, `SCHEMA`, `TOO_LARGE`; names of helpers must be plain words, since they become program names
 */
export function readDockerConfig(text: string, source: string): DockerConfig {
  const { auths, credHelpers, credsStore } = parseShape(dockerSchema, readYaml(text, source) ?? {}, source);
  const helpers = new Map(Object.entries(credHelpers ?? {}));
  for (const name of [...helpers.values(), ...(credsStore ? [credsStore] : [])]) {
    if (!/^[A-Za-z0-9._-]+$/.test(name) || name.length > 64) {
      throw new ConfigError('SCHEMA', `${source}: the name of a credential helper is not a plain word`);
    }
  }
  const accounts = Object.entries(auths ?? {}).flatMap(([key, account]) => {
    const credentials = account === null ? undefined : accountCredentials(account, source);
    return credentials === undefined ? [] : [[key, credentials] as const];
  });
  return { accounts: new Map(accounts), helpers, store: credsStore || undefined };
}

/**
 * The account for a registry: `host`, then `host:port`, each first from its helper, then from the file. `docker.io` is kept under
 * `index.docker.io`. Among keys with a path the longest that leads to the requested path wins; without a requested path the
 * shortest is taken.
 * @returns `OCICredentials/v1` with `username`, `password`, `accessToken`, `refreshToken` as far as known
 * @throws ConfigError `HELPER_FAILED` from the helper
 */
export async function findDockerCredentials(
  config: DockerConfig,
  { hostname = '', port = '', path = '' }: ConsumerIdentity,
  helper?: CredentialHelper,
): Promise<Credentials | undefined> {
  if (hostname === '') return undefined;
  const host = hostname === 'docker.io' ? 'index.docker.io' : hostname;
  for (const server of port === '' ? [host] : [host, `${host}:${port}`]) {
    const found = (await fromHelper(config, server, helper)) ?? fromFile(config, server, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function fromHelper({ helpers, store }: DockerConfig, server: string, helper: CredentialHelper | undefined) {
  const name = helpers.get(server) ?? store;
  if (name === undefined || helper === undefined) return undefined;
  const asked = server === 'index.docker.io' ? 'https://index.docker.io/v1/' : server;
  const account = await helper(name, asked);
  if (account === undefined) return undefined;
  const isToken = account.username === '<token>';
  return ociCredentials(isToken ? { refreshToken: account.secret } : { username: account.username, password: account.secret });
}

function fromFile({ accounts }: DockerConfig, server: string, path: string): Credentials | undefined {
  const exact = accounts.get(server);
  if (exact !== undefined) return exact;
  const candidates = [...accounts]
    .map(([key, credentials]) => ({ ...splitKey(key), credentials }))
    .filter((key) => key.server === server && (key.path === '' || path === '' || path === key.path || path.startsWith(`${key.path}/`)))
    .sort((a, b) => (path === '' ? 1 : -1) * (a.path.length - b.path.length) || (a.path < b.path ? -1 : 1));
  return candidates[0]?.credentials;
}

/** `https://index.docker.io/v1/` is its host; `host/team` is a host and a path. */
function splitKey(key: string): { readonly server: string; readonly path: string } {
  const bare = key.startsWith('https://') ? key.slice(8) : key.startsWith('http://') ? key.slice(7) : key;
  const [server = '', ...segments] = bare.split('/').filter((segment) => segment !== '');
  const path = segments.join('/');
  return { server, path: path === 'v1' || path === 'v2' ? '' : path };
}

function accountCredentials(account: z.infer<typeof accountSchema>, source: string): Credentials | undefined {
  const [username, password] = account.auth ? decodeAuth(account.auth, source) : [account.username, account.password];
  const credentials = ociCredentials({ username, password, refreshToken: account.identitytoken, accessToken: account.registrytoken });
  return Object.keys(credentials.properties).length === 0 ? undefined : credentials;
}

/** `auth` is base64 of `user:password`; docker pads short ones with NUL. */
function decodeAuth(auth: string, source: string): readonly [string, string] {
  const text = Buffer.from(auth, 'base64').toString('utf8').replaceAll('\0', '');
  const colon = text.indexOf(':');
  if (colon < 0) throw new ConfigError('SCHEMA', `${source}: an auth is not base64 of user:password`);
  return [text.slice(0, colon), text.slice(colon + 1)];
}

function ociCredentials(fields: Readonly<Record<string, string | null | undefined>>): Credentials {
  const known = Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === 'string' && field[1] !== '');
  return { type: 'OCICredentials/v1', properties: Object.fromEntries(known) };
}
