import * as z from 'zod';
import { parseJson } from '../content/manifest.ts';
import { OciError } from '../error.ts';
import { type Call, type RegistryClient, resolveLocation } from './client.ts';
import { nextLink } from './link.ts';
import type { Scope } from './scope.ts';
import type { HttpResponse } from './transport.ts';

const MAX_PAGE_BYTES = 16 * 1024 * 1024;
const MAX_PAGES = 10_000;
const tagsSchema = z.object({ tags: z.array(z.string().max(256)).nullish() });

/**
 * The bodies of a paged list, in order, following `Link: rel="next"` on the registry's own origin.
 * @throws OciError `PROTOCOL` when pages lead in a circle or elsewhere; `LIMIT_EXCEEDED` for a page over 16 MiB or more than 10,000 pages
 */
export async function* pages(
  client: RegistryClient,
  first: { url: string; scopes: readonly Scope[]; what: string; headers?: Record<string, string> },
): AsyncIterable<{ document: unknown; response: HttpResponse }> {
  const visited = new Set<string>();
  let url = new URL(first.url, client.origin);
  for (;;) {
    if (visited.has(url.href)) throw new OciError('PROTOCOL', `${first.what}: the pages lead in a circle`);
    if (visited.size >= MAX_PAGES) throw new OciError('LIMIT_EXCEEDED', `${first.what}: more than ${MAX_PAGES} pages`);
    visited.add(url.href);
    const call: Call = { ...first, method: 'GET', url, expected: [200], retry: true };
    const { response, bytes } = await client.readDocument(call, MAX_PAGE_BYTES);
    const document = parseJson(bytes, first.what);
    yield { document, response };
    const { link } = response.headers;
    const next = nextLink(Array.isArray(link) ? link.join(', ') : link);
    if (next === undefined) return;
    url = resolveLocation(next, response.url, first.what);
    if (url.origin !== client.origin.origin) throw new OciError('PROTOCOL', `${first.what}: the next page lies on ${url.host}`);
  }
}

/** Tags in the registry's order. @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags */
export async function* listTags(
  client: RegistryClient,
  repository: string,
  scopes: readonly Scope[],
  pageSize: number,
): AsyncIterable<string> {
  const what = `tags of ${repository}`;
  for await (const { document } of pages(client, { url: `/v2/${repository}/tags/list?n=${pageSize}`, scopes, what })) {
    const parsed = tagsSchema.safeParse(document);
    if (!parsed.success) throw new OciError('PROTOCOL', `${what}: the answer is no list of tags`);
    yield* parsed.data.tags ?? [];
  }
}
