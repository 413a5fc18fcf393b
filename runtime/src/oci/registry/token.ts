import * as z from 'zod';
import { collect, fromBytes } from '../content/bytes.ts';
import { parseJson } from '../content/manifest.ts';
import { OciError } from '../error.ts';
import type { Credential } from './credential.ts';
import { failureOf } from './failure.ts';
import { formatScopes, type Scope } from './scope.ts';
import type { HttpRequest, Transport } from './transport.ts';

/** Where tokens come from: the parameters of a `Bearer` challenge. */
export type TokenService = { readonly realm: URL; readonly service: string | undefined };

export type Token = { readonly value: string; readonly expiresAtMs: number };

const CLIENT_ID = 'sig-runtime';
const MAX_TOKEN_BYTES = 1024 * 1024;
/** A server that states no life time means this; a shorter one is raised to it. */
const MIN_LIFE_SECONDS = 60;

const answerSchema = z.object({
  token: z.string().nullish(),
  access_token: z.string().nullish(),
  expires_in: z.number().nullish(),
});

/**
 * Asks a token service: OAuth2 with a refresh token, Basic with user and password, else anonymously.
 * @see https://distribution.github.io/distribution/spec/auth/token/ and …/auth/oauth/
 * @throws OciError `UNAUTHORIZED` | `FORBIDDEN` when refused, `PROTOCOL` for an answer without token, faults of the network
 */
export async function requestToken(
  transport: Transport,
  service: TokenService,
  scopes: readonly Scope[],
  credential: Credential | undefined,
  nowMs: number,
): Promise<Token> {
  const message =
    credential?.refreshToken === undefined ? queried(service, scopes, credential) : posted(service, scopes, credential.refreshToken);
  const response = await transport.send({ ...message, isDocument: true });
  const what = `token from ${service.realm.host}`;
  if (response.status !== 200) {
    const failure = await failureOf(response, what, nowMs);
    if (response.status !== 400) throw failure;
    throw new OciError('UNAUTHORIZED', `${failure.message}; check the user, password or identity token`, { status: 400, cause: failure });
  }
  const parsed = answerSchema.safeParse(parseJson(await collect(response.body, MAX_TOKEN_BYTES, what), what));
  const value = parsed.success ? (parsed.data.access_token ?? parsed.data.token) : undefined;
  if (!value || hasLineBreak(value)) throw new OciError('PROTOCOL', `${what}: the answer holds no token`);
  const seconds = Math.max(MIN_LIFE_SECONDS, parsed.data?.expires_in ?? MIN_LIFE_SECONDS);
  return { value, expiresAtMs: nowMs + seconds * 1000 };
}

function queried({ realm, service }: TokenService, scopes: readonly Scope[], credential: Credential | undefined): HttpRequest {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of formatScopes(scopes)) url.searchParams.append('scope', scope);
  if (credential?.username === undefined) return { method: 'GET', url, headers: {} };
  url.searchParams.set('account', credential.username);
  return { method: 'GET', url, headers: { authorization: basic(credential) } };
}

function posted({ realm, service }: TokenService, scopes: readonly Scope[], refreshToken: string): HttpRequest {
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: refreshToken });
  if (service !== undefined) form.set('service', service);
  if (scopes.length > 0) form.set('scope', formatScopes(scopes).join(' '));
  const body = Buffer.from(form.toString());
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.byteLength) };
  return { method: 'POST', url: realm, headers, body: fromBytes(body).open() };
}

export function basic({ username = '', password = '' }: Credential): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function hasLineBreak(text: string): boolean {
  return text.includes('\n') || text.includes('\r');
}
