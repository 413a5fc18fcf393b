import type { ProbotOctokit } from 'probot';
import { toGitHubError } from './errors.ts';
import { type CachedResponse, type CacheLimits, EtagCache } from './etag-cache.ts';

export type Octokit = InstanceType<typeof ProbotOctokit>;

/** One finished HTTP call, for metrics. `remaining` and `limit` come from GitHub's headers; `status` 0 means no answer. */
export type ApiCall = {
  method: string;
  /** URL without host and query. */
  path: string;
  status: number;
  durationMs: number;
  remaining?: number;
  limit?: number;
  /** GitHub's name of the budget: `core`, `graphql`… */
  resource?: string;
};

export type AppIdentity = { id: number; slug: string; login: string };

/** An authenticated octokit for one installation, and who we are there. */
export type Connection = { octokit: Octokit; app: AppIdentity };

/** Runs one port call and turns every failure into a `GitHubError` that says what was tried. */
export async function attempt<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw toGitHubError(what, cause, Date.now());
  }
}

/** Makes every GET of this octokit conditional. */
export function makeConditional(octokit: Octokit, limits: CacheLimits): void {
  const cache = new EtagCache(limits);
  octokit.hook.wrap('request', async (request, options) => {
    if (options.method !== 'GET') return request(options);
    const { url, headers } = octokit.request.endpoint(options);
    const key = `${headers.accept ?? ''} ${url}`;
    const cached = cache.get(key);
    if (cached) options.headers['if-none-match'] = cached.etag;
    try {
      const response = await request(options);
      const etag = response.headers.etag;
      if (etag)
        cache.put(key, {
          etag,
          status: response.status,
          url: response.url,
          headers: response.headers,
          json: JSON.stringify(response.data ?? null),
        });
      return response;
    } catch (cause) {
      if (cached && isNotModified(cause)) return revive(cached);
      throw cause;
    }
  });
}

/** Paginating plugins rewrite `data` in place, on the first answer as on a remembered one, so each reader gets a copy of its own. */
function revive(cached: CachedResponse) {
  return { status: cached.status, url: cached.url, headers: { ...cached.headers }, data: JSON.parse(cached.json) as unknown };
}

function isNotModified(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'status' in cause && cause.status === 304;
}

/** `fetch` with a deadline for the whole call, reporting each call once. */
export function observedFetch(timeoutMs: number, onCall: (call: ApiCall) => void): typeof fetch {
  return async (input, init) => {
    const started = performance.now();
    const target = new URL(input instanceof Request ? input.url : input);
    const report = (status: number, headers?: Headers) =>
      onCall({
        method: init?.method ?? 'GET',
        path: target.pathname,
        status,
        durationMs: performance.now() - started,
        ...numberHeader('remaining', headers?.get('x-ratelimit-remaining')),
        ...numberHeader('limit', headers?.get('x-ratelimit-limit')),
        ...(headers?.has('x-ratelimit-resource') ? { resource: headers.get('x-ratelimit-resource') ?? '' } : {}),
      });
    try {
      const response = await fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) });
      report(response.status, response.headers);
      return response;
    } catch (cause) {
      report(0);
      throw cause;
    }
  };
}

function numberHeader<Name extends string>(name: Name, value: string | null | undefined): Partial<Record<Name, number>> {
  return value ? ({ [name]: Number(value) } as Partial<Record<Name, number>>) : {};
}
