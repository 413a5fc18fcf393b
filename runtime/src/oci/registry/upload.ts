import type { Content } from '../content/bytes.ts';
import type { Descriptor } from '../content/descriptor.ts';
import { isOciError, OciError, type OciErrorCode } from '../error.ts';
import { type Call, type RegistryClient, resolveLocation } from './client.ts';
import { ContentCursor } from './content-cursor.ts';
import { isTransient } from './retry.ts';
import { pullScope, pushScope } from './scope.ts';
import type { HttpResponse } from './transport.ts';

/** Where an upload continues. `offset` is what the registry has, `chunkBytes` the size of a piece. */
type Session = { readonly url: URL; readonly offset: number; readonly chunkBytes: number };

/** A registry that loses the session again and again is given up. */
const MAX_RESTARTS = 3;

/** Answers that mean the session is gone rather than the registry. */
const LOST: ReadonlySet<OciErrorCode> = new Set(['NOT_FOUND', 'REJECTED', 'PROTOCOL', 'REDIRECT']);

export type UploadOptions = {
  /** Larger blobs go in pieces of this size, so that a broken connection costs one piece. */
  readonly chunkBytes: number;
  /** A repository of the same registry that has the blob already: it is mounted from there if the registry allows. */
  readonly mountFrom?: string | undefined;
};

/**
 * Uploads a blob: one PUT when it is small, else pieces that are resumed where the registry says it stopped.
 * Starts over when a session is lost: the distribution registry (2.8 and 3) drops one whose piece broke off half-way, and can be resumed
 * between pieces only. The registry checks the digest at the end; what is read here in one pass is checked here as well.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#push
 * @throws OciError; after an error nothing is stored under the digest
 */
export async function upload(
  client: RegistryClient,
  repository: string,
  descriptor: Descriptor,
  content: Content,
  options: UploadOptions,
): Promise<void> {
  const cursor = new ContentCursor(descriptor, content);
  const target: Target = { client, repository, descriptor, what: `upload of ${descriptor.digest} to ${repository}` };
  let failures = 0;
  let restarts = 0;
  try {
    let session = await start(target, options);
    while (session !== 'done') {
      const before: Session = session;
      try {
        session = await step(target, cursor, before);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!isRecoverable(error) || !(await client.pause(failures, error))) throw error;
        const recovered = await recover(target, before);
        if (recovered === undefined && ++restarts > MAX_RESTARTS) throw error;
        session = recovered ?? (await start(target, { chunkBytes: options.chunkBytes }));
      }
    }
  } finally {
    await cursor.close();
  }
}

type Target = { readonly client: RegistryClient; readonly repository: string; readonly descriptor: Descriptor; readonly what: string };

async function start(target: Target, { chunkBytes, mountFrom }: UploadOptions): Promise<Session | 'done'> {
  const { descriptor } = target;
  const query = mountFrom === undefined ? '' : `?mount=${encodeURIComponent(descriptor.digest)}&from=${encodeURIComponent(mountFrom)}`;
  const response = await begin(target, query, mountFrom);
  if (response.status === 201) return 'done';
  const least = Number(response.headers['oci-chunk-min-length'] ?? 0);
  return { url: locationOf(response, target.what), offset: 0, chunkBytes: Math.max(chunkBytes, Number.isSafeInteger(least) ? least : 0) };
}

function begin(target: Target, query: string, mountFrom: string | undefined): Promise<HttpResponse> {
  const { repository } = target;
  return send(target, {
    method: 'POST',
    url: `/v2/${repository}/blobs/uploads/${query}`,
    scopes: [pushScope(repository), ...(mountFrom === undefined ? [] : [pullScope(mountFrom)])],
    expected: [201, 202],
    retry: true,
  });
}

/** One request: the whole blob, the next piece, or the end. */
async function step(target: Target, cursor: ContentCursor, session: Session): Promise<Session | 'done'> {
  const { size } = target.descriptor;
  const { url, offset, chunkBytes } = session;
  if (offset === 0 && size <= chunkBytes) {
    await finish(target, url, { content: cursor.piece(0, size), sizeBytes: size });
    return 'done';
  }
  if (offset === size) {
    await finish(target, url);
    return 'done';
  }
  const sizeBytes = Math.min(chunkBytes, size - offset);
  const response = await send(target, {
    method: 'PATCH',
    url,
    expected: [202],
    headers: { 'content-type': 'application/octet-stream', 'content-range': `${offset}-${offset + sizeBytes - 1}` },
    body: { content: cursor.piece(offset, sizeBytes), sizeBytes },
  });
  const received = receivedOf(response, offset + sizeBytes, target.what);
  if (received <= offset) throw new OciError('PROTOCOL', `${target.what}: the registry took a piece and has no more than before`);
  return { ...session, url: locationOf(response, target.what), offset: received };
}

async function finish(target: Target, location: URL, body?: Call['body']): Promise<void> {
  const url = new URL(location);
  url.search += `${url.search === '' ? '?' : '&'}digest=${encodeURIComponent(target.descriptor.digest)}`;
  const headers = { 'content-type': 'application/octet-stream' };
  await send(target, { method: 'PUT', url, expected: [201], headers, ...(body === undefined ? {} : { body }) });
}

/** Asks how far the upload came; undefined when the session is lost. */
async function recover(target: Target, session: Session): Promise<Session | undefined> {
  try {
    const response = await send(target, { method: 'GET', url: session.url, expected: [204, 202, 200], retry: true });
    const url = response.headers.location === undefined ? session.url : locationOf(response, target.what);
    return { ...session, url, offset: receivedOf(response, 0, target.what) };
  } catch (error) {
    if (isOciError(error) && LOST.has(error.code)) return undefined;
    throw error;
  }
}

type Request = Omit<Call, 'scopes' | 'what'> & { readonly scopes?: Call['scopes'] };

async function send(target: Target, request: Request): Promise<HttpResponse> {
  const response = await target.client.call({ scopes: [pushScope(target.repository)], ...request, what: target.what });
  response.discard();
  return response;
}

/** A session the registry forgot, or a piece it did not expect at that place, can be asked about or begun again. */
function isRecoverable(error: unknown): error is OciError {
  return isTransient(error) || (error instanceof OciError && (error.status === 404 || error.status === 416));
}

function locationOf(response: HttpResponse, what: string): URL {
  const { location } = response.headers;
  if (location === undefined) throw new OciError('PROTOCOL', `${what}: the registry names no place to continue`);
  return resolveLocation(location, response.url, what);
}

/** Bytes the registry has according to `Range: 0-<last>`; without the header, what was sent. */
function receivedOf(response: HttpResponse, sent: number, what: string): number {
  const header = response.headers.range;
  if (typeof header !== 'string') return sent;
  const range = header.replace('bytes=', '');
  const last = range.split('-')[1] ?? '';
  // Registries write 0-0 for nothing as well as for one byte.
  const received = range === '0-0' && sent !== 1 ? 0 : Number(last) + 1;
  if (!/^[0-9]{1,15}$/.test(last) || (sent > 0 && received > sent)) {
    throw new OciError('PROTOCOL', `${what}: the registry reports the impossible range "${header.slice(0, 40)}"`);
  }
  return received;
}
