import { type ByteStream, skip } from '../content/bytes.ts';
import type { Descriptor } from '../content/descriptor.ts';
import { OciError } from '../error.ts';
import type { RegistryClient } from './client.ts';
import { isTransient } from './retry.ts';
import { pullScope } from './scope.ts';
import type { HttpResponse } from './transport.ts';

/** Progress of this much makes earlier interruptions forgotten: a long download may be cut more often than a short one. */
const PROGRESS_BYTES = 8 * 1024 * 1024;

/**
 * The bytes a registry sends for a blob, unverified. A connection that breaks is taken up where it broke, with a range or, where the
 * registry knows none, by passing over what was read.
 * @throws OciError `TRUNCATED` | `OVERSIZED` when the stated length is not the descriptor's; `PROTOCOL` for another range than asked for
 */
export async function* download(client: RegistryClient, repository: string, descriptor: Descriptor): ByteStream {
  let offset = 0;
  let failures = 0;
  let progressAt = 0;
  for (;;) {
    const response = await request(client, repository, descriptor, offset);
    const body = response.status === 200 && offset > 0 ? skip(response.body, offset) : response.body;
    try {
      for await (const chunk of body) {
        offset += chunk.byteLength;
        yield chunk;
      }
      return;
    } catch (error) {
      if (offset === descriptor.size) return;
      if (offset - progressAt >= PROGRESS_BYTES) failures = 0;
      progressAt = offset;
      failures += 1;
      if (!isTransient(error) || offset > descriptor.size || !(await client.pause(failures, error))) throw error;
    }
  }
}

async function request(client: RegistryClient, repository: string, descriptor: Descriptor, offset: number): Promise<HttpResponse> {
  const what = `blob ${descriptor.digest} of ${repository}`;
  const response = await client.call({
    method: 'GET',
    url: `/v2/${repository}/blobs/${descriptor.digest}`,
    scopes: [pullScope(repository)],
    expected: offset === 0 ? [200] : [200, 206],
    headers: { 'accept-encoding': 'identity', ...(offset === 0 ? {} : { range: `bytes=${offset}-` }) },
    retry: true,
    what,
  });
  const problem = wrongLength(response, descriptor, offset, what);
  if (problem === undefined) return response;
  response.discard();
  throw problem;
}

function wrongLength(response: HttpResponse, { size }: Descriptor, offset: number, what: string): OciError | undefined {
  if (response.status === 206 && !response.headers['content-range']?.startsWith(`bytes ${offset}-`)) {
    return new OciError('PROTOCOL', `${what}: the registry sent another range than the one from byte ${offset}`);
  }
  const stated = Number(response.headers['content-length'] ?? Number.NaN);
  const expected = response.status === 206 ? size - offset : size;
  if (Number.isNaN(stated) || stated === expected) return undefined;
  const code = stated < expected ? 'TRUNCATED' : 'OVERSIZED';
  return new OciError(code, `${what}: the registry announces ${stated} bytes instead of ${expected}`);
}
