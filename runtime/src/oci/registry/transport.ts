import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { getCACertificates } from 'node:tls';
import type { ByteStream } from '../content/bytes.ts';
import { OciError } from '../error.ts';

export type TransportOptions = {
  /** PEM certificates trusted beside those of the system. */
  readonly certificateAuthorities?: readonly string[];
  /** `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` (also in lower case), as the program found them in its environment. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>>;
  /** Longest silence on a connection, from connecting to the last byte. Default 30 s. */
  readonly timeoutMs?: number;
  /** Longest time for a whole document (manifest, list, token), however steadily it trickles in. Default 60 s. */
  readonly documentTimeoutMs?: number;
  /** Connections per origin. Default 8. */
  readonly maxSockets?: number;
};

export type HttpRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ByteStream | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether the whole answer must be there within `documentTimeoutMs`. */
  readonly isDocument?: boolean | undefined;
};

/** `body` must be read to its end or discarded. Its errors are OciErrors. */
export type HttpResponse = {
  readonly status: number;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: ByteStream;
  discard(): void;
};

/** A longer body, or one of unknown length, is not read to save a connection. */
const MAX_DISCARD_BYTES = 64 * 1024;

/** One keep-alive pool of connections for all registries of a program. */
export class Transport {
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;
  readonly #timeoutMs: number;
  readonly #documentTimeoutMs: number;

  constructor(options: TransportOptions = {}) {
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#documentTimeoutMs = options.documentTimeoutMs ?? 60_000;
    const shared = {
      keepAlive: true,
      maxSockets: options.maxSockets ?? 8,
      ...(options.proxyEnv === undefined ? {} : { proxyEnv: options.proxyEnv }),
    };
    const extra = options.certificateAuthorities ?? [];
    this.#http = new HttpAgent(shared);
    this.#https = new HttpsAgent({ ...shared, ...(extra.length === 0 ? {} : { ca: [...getCACertificates('default'), ...extra] }) });
  }

  /** Resolves when the headers are there. @throws OciError `UNAVAILABLE` | `TIMED_OUT`, what the body throws, the signal's reason */
  send(message: HttpRequest): Promise<HttpResponse> {
    const { method, url, headers, body, signal, isDocument } = message;
    const secure = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const options = { method, headers, timeout: this.#timeoutMs, agent: secure ? this.#https : this.#http };
      const request = secure ? httpsRequest(url, options) : httpRequest(url, options);
      const source: { error?: unknown } = {};
      let response: IncomingMessage | undefined;
      const stop = (error: unknown) => {
        response?.destroy(error as Error);
        request.destroy(error as Error);
      };
      const aborted = () => stop(signal?.reason);
      signal?.addEventListener('abort', aborted, { once: true });
      request.on('timeout', () => stop(new OciError('TIMED_OUT', `${method} ${url.host}: nothing came for ${this.#timeoutMs} ms`)));
      const slow = () => stop(new OciError('TIMED_OUT', `${method} ${url.host}: not complete after ${this.#documentTimeoutMs} ms`));
      const deadline = isDocument === true ? setTimeout(slow, this.#documentTimeoutMs) : undefined;
      request.on('close', () => {
        clearTimeout(deadline);
        signal?.removeEventListener('abort', aborted);
      });
      request.on('error', (error) => reject(signal?.aborted ? signal.reason : (source.error ?? networkError(error, message))));
      request.on('response', (incoming) => {
        response = incoming;
        resolve(toResponse(incoming, message, request));
      });
      if (body === undefined) request.end();
      else pipeline(Readable.from(watched(body, source), { objectMode: false }), request).catch(() => undefined);
    });
  }

  /** Closes idle connections at once; those in use end with their requests. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

/** Remembers an error of the body itself, which would else look like one of the network. */
async function* watched(body: ByteStream, source: { error?: unknown }): ByteStream {
  try {
    yield* body;
  } catch (error) {
    source.error = error;
    throw error;
  }
}

function toResponse(incoming: IncomingMessage, message: HttpRequest, request: ClientRequest): HttpResponse {
  return {
    status: incoming.statusCode ?? 0,
    url: message.url,
    headers: incoming.headers,
    body: bodyOf(incoming, message),
    discard() {
      incoming.on('error', () => undefined);
      const short = message.method === 'HEAD' || Number(incoming.headers['content-length'] ?? Number.NaN) <= MAX_DISCARD_BYTES;
      if (request.writableFinished && short) incoming.resume();
      else incoming.destroy();
    },
  };
}

async function* bodyOf(incoming: IncomingMessage, message: HttpRequest): ByteStream {
  try {
    for await (const chunk of incoming) yield chunk as Uint8Array;
  } catch (error) {
    throw message.signal?.aborted ? message.signal.reason : networkError(error, message);
  }
}

function networkError(cause: unknown, { method, url }: HttpRequest): OciError {
  if (cause instanceof OciError) return cause;
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'connection failed';
  return new OciError('UNAVAILABLE', `${method} ${url.host}: ${reason}`, { cause });
}
