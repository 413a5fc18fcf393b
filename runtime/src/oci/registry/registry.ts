import { MAX_DOCUMENT_BYTES } from '../content/verify.ts';
import { OciError } from '../error.ts';
import { isHost, isRepository } from '../reference.ts';
import { Authorizer } from './authorizer.ts';
import { RegistryClient } from './client.ts';
import type { CredentialProvider } from './credential.ts';
import { RemoteRepository } from './remote-repository.ts';
import { DEFAULT_RETRY, type RetryPolicy } from './retry.ts';
import { Transport, type TransportOptions } from './transport.ts';

export type RegistryOptions = {
  /** Talk HTTP instead of HTTPS. Never chosen by itself. */
  readonly plainHttp?: boolean;
  readonly credentials?: CredentialProvider;
  /** The pool to use; one of its own with `transportOptions` when absent. */
  readonly transport?: Transport;
  readonly transportOptions?: TransportOptions;
  readonly retry?: Partial<RetryPolicy>;
  readonly maxManifestBytes?: number;
  /** Blobs above this are uploaded in pieces of it. Default 64 MiB. */
  readonly chunkBytes?: number;
  /** Tags asked for at a time. Default 1000. */
  readonly pageSize?: number;
  readonly userAgent?: string;
  /** Ends every call of this registry. */
  readonly signal?: AbortSignal;
  readonly now?: () => number;
  readonly chance?: () => number;
};

const CHUNK_BYTES = 64 * 1024 * 1024;
const HUB = 'docker.io';
const HUB_API = 'registry-1.docker.io';

/** One registry, `host[:port]`, spoken to by the OCI distribution specification 1.1. `close` frees its connections. */
export class Registry {
  readonly host: string;
  readonly #client: RegistryClient;
  readonly #options: RegistryOptions;
  readonly #transport: Transport;

  /** @throws OciError `INVALID_REFERENCE` */
  constructor(host: string, options: RegistryOptions = {}) {
    if (!isHost(host)) throw new OciError('INVALID_REFERENCE', `"${host.slice(0, 100)}" is not a registry host; write host or host:port`);
    this.host = host;
    this.#options = options;
    this.#transport = options.transport ?? new Transport(options.transportOptions);
    const origin = new URL(`${options.plainHttp === true ? 'http' : 'https'}://${host === HUB ? HUB_API : host}`);
    const now = options.now ?? Date.now;
    this.#client = new RegistryClient({
      origin,
      transport: this.#transport,
      authorizer: new Authorizer(this.#transport, origin, options.credentials ?? (async () => undefined), now),
      retry: { ...DEFAULT_RETRY, ...options.retry },
      userAgent: options.userAgent ?? 'sig-runtime',
      signal: options.signal,
      now,
      chance: options.chance ?? Math.random,
    });
  }

  /** @throws OciError `INVALID_REFERENCE` */
  repository(name: string): RemoteRepository {
    if (!isRepository(name)) throw new OciError('INVALID_REFERENCE', `"${name.slice(0, 300)}" is not a repository path`);
    const { maxManifestBytes = MAX_DOCUMENT_BYTES, chunkBytes = CHUNK_BYTES, pageSize = 1000 } = this.#options;
    return new RemoteRepository(name, this.#client, { maxManifestBytes, chunkBytes, pageSize });
  }

  /** Whether a registry answers there; one that asks for credentials or refuses them counts. @throws OciError faults of the network */
  async ping(): Promise<void> {
    const expected = [200, 401, 403];
    const response = await this.#client.call({
      method: 'GET',
      url: '/v2/',
      scopes: [],
      expected,
      retry: true,
      what: `registry ${this.host}`,
    });
    response.discard();
  }

  /** Closes the pool unless it was given from outside. */
  close(): void {
    if (this.#options.transport === undefined) this.#transport.close();
  }
}
