import { setTimeout as sleep } from 'node:timers/promises';
import { type Content, collect } from '../content/bytes.ts';
import { OciError } from '../error.ts';
import type { Authorizer } from './authorizer.ts';
import { failureOf } from './failure.ts';
import { delayBefore, isTransient, isTransientStatus, type RetryPolicy } from './retry.ts';
import type { Scope } from './scope.ts';
import type { HttpResponse, Transport } from './transport.ts';

/** One call of the distribution API. `url` may be relative to the registry. A body is opened anew for every attempt and redirect. */
export type Call = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string | URL;
  readonly scopes: readonly Scope[];
  /** Status codes that are an answer rather than a failure. */
  readonly expected: readonly number[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly content: Content; readonly sizeBytes: number };
  /** Whether a transient fault is tried again here. Only for calls that may be carried out twice. */
  readonly retry?: boolean;
  /** For messages: `manifest v1 of acme/app`. */
  readonly what: string;
};

export type ClientOptions = {
  readonly origin: URL;
  readonly transport: Transport;
  readonly authorizer: Authorizer;
  readonly retry: RetryPolicy;
  readonly userAgent: string;
  readonly signal: AbortSignal | undefined;
  readonly now: () => number;
  readonly chance: () => number;
};

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Sends calls to one registry: authorised, redirected with care, and tried again within bounds. */
export class RegistryClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  get origin(): URL {
    return this.#options.origin;
  }

  /**
   * The answer, its status one of `expected`; its body is the caller's to read or discard.
   * @throws OciError by status, see `failureOf`; `REDIRECT`; faults of the network after the last attempt
   */
  call(call: Call): Promise<HttpResponse> {
    return this.#repeated(call, () => this.#attempt(call));
  }

  /**
   * The answer with its whole body, at most `maxBytes`; a body that breaks off is asked for again like any other fault.
   * @throws OciError as `call`; `LIMIT_EXCEEDED`; `TIMED_OUT` when it is not there in the time a document may take
   */
  readDocument(call: Call, maxBytes: number): Promise<{ response: HttpResponse; bytes: Uint8Array }> {
    return this.#repeated(call, async () => {
      const response = await this.#attempt(call, true);
      if (Number(response.headers['content-length'] ?? 0) > maxBytes) {
        response.discard();
        throw new OciError('LIMIT_EXCEEDED', `${call.what}: larger than ${maxBytes} bytes`);
      }
      return { response, bytes: await collect(response.body, maxBytes, call.what) };
    });
  }

  async #repeated<T>(call: Call, attempt: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (call.retry !== true || !isTransient(error) || !(await this.pause(failures, error))) throw error;
      }
    }
  }

  /** Waits as the policy says after that many failures; false when it says to give up. */
  async pause(failures: number, error: OciError): Promise<boolean> {
    const { retry, signal, chance } = this.#options;
    const delayMs = delayBefore(failures, error, retry, chance());
    if (delayMs === undefined) return false;
    await sleep(delayMs, undefined, signal === undefined ? {} : { signal });
    return true;
  }

  async #attempt(call: Call, isDocument = false): Promise<HttpResponse> {
    const { authorizer, now } = this.#options;
    const shown = await authorizer.header(call.scopes);
    let response = await this.#follow(call, shown, isDocument);
    const isChallenge = response.status === 401 && !call.expected.includes(401);
    if (isChallenge && response.url.origin === this.origin.origin) {
      const answer = await authorizer.answer(response.headers['www-authenticate'] ?? '', call.scopes, shown);
      if (answer !== undefined) {
        response.discard();
        response = await this.#follow(call, answer, isDocument);
      }
    }
    if (call.expected.includes(response.status)) return response;
    const failure = await failureOf(response, call.what, now());
    response.discard();
    throw isTransientStatus(response.status) || failure.code !== 'UNAVAILABLE' ? failure : asRejected(failure);
  }

  /** Follows redirects. The `Authorization` header goes to the registry's own origin only, and never from https to http. */
  async #follow(call: Call, authorization: string | undefined, isDocument: boolean): Promise<HttpResponse> {
    const { transport, userAgent, signal } = this.#options;
    const visited = new Set<string>();
    let url = new URL(call.url, this.origin);
    for (;;) {
      if (visited.has(url.href) || visited.size > MAX_REDIRECTS) throw new OciError('REDIRECT', `${call.what}: redirects lead nowhere`);
      visited.add(url.href);
      const own = url.origin === this.origin.origin && authorization !== undefined ? { authorization } : {};
      const length = call.body === undefined ? lengthOfNothing(call.method) : { 'content-length': String(call.body.sizeBytes) };
      const headers = { 'user-agent': userAgent, ...length, ...call.headers, ...own };
      const response = await transport.send({ method: call.method, url, headers, body: call.body?.content.open(), signal, isDocument });
      const target = REDIRECTS.has(response.status) ? response.headers.location : undefined;
      if (target === undefined || call.expected.includes(response.status)) return response;
      response.discard();
      url = this.#redirected(call, url, target, response.status);
    }
  }

  #redirected(call: Call, from: URL, location: string, status: number): URL {
    const to = resolveLocation(location, from, call.what);
    const reads = call.method === 'GET' || call.method === 'HEAD';
    if (!reads && status !== 307 && status !== 308) {
      throw new OciError('REDIRECT', `${call.what}: a ${call.method} was redirected with status ${status}`, { status });
    }
    return to;
  }
}

/**
 * An address from a `Location` or `Link` header.
 * @throws OciError `REDIRECT` when it is none, carries credentials, is not HTTP, or would leave https
 */
export function resolveLocation(location: string, from: URL, what: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (to === undefined) throw new OciError('REDIRECT', `${what}: the answer points at something that is no address`);
  const allowed = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
  if (!allowed || to.username !== '' || to.password !== '') {
    throw new OciError('REDIRECT', `${what}: the answer points at ${to.protocol}//${to.host}, which is refused`);
  }
  return to;
}

function lengthOfNothing(method: Call['method']): Record<string, string> {
  return method === 'PUT' || method === 'POST' || method === 'PATCH' ? { 'content-length': '0' } : {};
}

/** Server errors that will not go away (501, 505 …) are not `UNAVAILABLE`. */
function asRejected(failure: OciError): OciError {
  return new OciError('REJECTED', failure.message, { ...(failure.status === undefined ? {} : { status: failure.status }) });
}
