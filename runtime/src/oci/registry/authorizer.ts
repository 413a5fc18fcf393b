import { OciError } from '../error.ts';
import { parseChallenges } from './challenge.ts';
import type { Credential, CredentialProvider } from './credential.ts';
import { formatScopes, parseScopes, type Scope } from './scope.ts';
import { basic, requestToken, type Token, type TokenService } from './token.ts';
import type { Transport } from './transport.ts';

/** A token this close to its end is not used any more. */
const EXPIRY_MARGIN_MS = 10_000;

/** Its life is without end while it is on its way, so that everyone waits for the same one. */
type HeldToken = { readonly token: Promise<Token>; expiresAtMs: number; value: string | undefined };

/**
 * `Authorization` headers for one registry. Remembers how the registry wants to be asked, keeps tokens by their scopes until they expire,
 * and asks for each only once at a time.
 */
export class Authorizer {
  readonly #transport: Transport;
  readonly #origin: URL;
  readonly #credentials: CredentialProvider;
  readonly #now: () => number;
  readonly #tokens = new Map<string, HeldToken>();
  #method: 'unknown' | 'basic' | TokenService = 'unknown';

  constructor(transport: Transport, origin: URL, credentials: CredentialProvider, now: () => number) {
    this.#transport = transport;
    this.#origin = origin;
    this.#credentials = credentials;
    this.#now = now;
  }

  /** The header to send at once; undefined while the registry has not asked for any. */
  async header(scopes: readonly Scope[]): Promise<string | undefined> {
    const credential = await this.#credential(scopes);
    if (credential?.accessToken !== undefined) return `Bearer ${credential.accessToken}`;
    if (this.#method === 'unknown') return undefined;
    if (this.#method === 'basic') return credential?.username === undefined ? undefined : basic(credential);
    return `Bearer ${await this.#token(this.#method, scopes, scopes)}`;
  }

  /**
   * The header that answers a 401, undefined when there is nothing new to show: no challenge that is understood, no credential, or the
   * one that was just refused.
   * @throws OciError as `requestToken`; `PROTOCOL` for a token service that would get credentials in the clear
   */
  async answer(challenge: string, scopes: readonly Scope[], refused: string | undefined): Promise<string | undefined> {
    const challenges = parseChallenges(challenge);
    const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.realm !== undefined);
    const credential = await this.#credential(scopes);
    if (credential?.accessToken !== undefined) return undefined;
    if (bearer !== undefined) {
      const service = this.#serviceOf(bearer.parameters);
      this.#method = service;
      this.#forget(keyOf(scopes), refused);
      const wanted = [...scopes, ...parseScopes(bearer.parameters.scope ?? '')];
      return `Bearer ${await this.#token(service, scopes, wanted)}`;
    }
    if (!challenges.some(({ scheme }) => scheme === 'basic') || credential?.username === undefined) return undefined;
    this.#method = 'basic';
    const header = basic(credential);
    return header === refused ? undefined : header;
  }

  #credential(scopes: readonly Scope[]): Promise<Credential | undefined> {
    return this.#credentials(scopes[0]?.name ?? '');
  }

  async #token(service: TokenService, scopes: readonly Scope[], wanted: readonly Scope[]): Promise<string> {
    const key = keyOf(scopes);
    const held = this.#tokens.get(key);
    if (held !== undefined && held.expiresAtMs - EXPIRY_MARGIN_MS > this.#now()) return (await held.token).value;
    const entry: HeldToken = { token: this.#request(service, scopes, wanted), expiresAtMs: Number.POSITIVE_INFINITY, value: undefined };
    this.#tokens.set(key, entry);
    try {
      const token = await entry.token;
      entry.expiresAtMs = token.expiresAtMs;
      entry.value = token.value;
      return token.value;
    } catch (error) {
      if (this.#tokens.get(key) === entry) this.#tokens.delete(key);
      throw error;
    }
  }

  async #request(service: TokenService, scopes: readonly Scope[], wanted: readonly Scope[]): Promise<Token> {
    return requestToken(this.#transport, service, wanted, await this.#credential(scopes), this.#now());
  }

  /** Others may have renewed the token meanwhile; only the one that was refused goes. */
  #forget(key: string, refused: string | undefined): void {
    const held = this.#tokens.get(key);
    if (held?.value !== undefined && refused === `Bearer ${held.value}`) this.#tokens.delete(key);
  }

  #serviceOf(parameters: Readonly<Record<string, string>>): TokenService {
    const realm = URL.canParse(parameters.realm ?? '') ? new URL(parameters.realm ?? '') : undefined;
    const secure = realm?.protocol === 'https:' || (realm?.protocol === 'http:' && this.#origin.protocol === 'http:');
    if (realm === undefined || !secure) {
      throw new OciError('PROTOCOL', `${this.#origin.host} names a token service that is no https address; credentials stay here`);
    }
    return { realm, service: parameters.service };
  }
}

const keyOf = (scopes: readonly Scope[]): string => formatScopes(scopes).join(' ');
