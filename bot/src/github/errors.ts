import { GitHubError } from './port.ts';

type Headers = Readonly<Record<string, string | number | undefined>>;

/** Shape shared by octokit's `RequestError` and `GraphqlResponseError`, read without importing their classes. */
type Thrown = {
  status?: number;
  message?: string;
  response?: { headers?: Headers; data?: unknown };
  headers?: Headers;
  errors?: readonly { type?: string; message?: string }[];
  request?: { method?: string; url?: string };
};

const secondaryLimitWaitMs = 60_000;

const graphqlCodes: Readonly<Record<string, GitHubError['code']>> = {
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  INSUFFICIENT_SCOPES: 'FORBIDDEN',
  RATE_LIMITED: 'RATE_LIMITED',
  UNPROCESSABLE: 'VALIDATION',
};

/**
 * Any failure of a call as a `GitHubError`.
 * Failures without a status (network, time-out, TLS) are `UNAVAILABLE`: the call may have been carried out.
 * @param what the call and the object it was about, e.g. `add label to acme/app#3`; becomes the start of the message
 * @param now epoch milliseconds, to turn `x-ratelimit-reset` into a wait
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function toGitHubError(what: string, cause: unknown, now: number): GitHubError {
  if (cause instanceof GitHubError) return cause;
  const thrown = (typeof cause === 'object' && cause !== null ? cause : {}) as Thrown;
  if (thrown.errors && thrown.response !== undefined && thrown.status === undefined) return graphqlError(what, thrown, now);
  const status = thrown.status ?? 0;
  const headers = thrown.response?.headers ?? thrown.headers ?? {};
  const options = { status, cause };
  if (status === 404 || status === 410) return new GitHubError('NOT_FOUND', `${what}: not found`, options);
  if (status === 401)
    return new GitHubError('UNAUTHORIZED', `${what}: credentials were refused; check the App id and its private key`, options);
  if (status === 403 || status === 429) return limitedOrForbidden(what, thrown, headers, now);
  if (status >= 400 && status < 500) return new GitHubError('VALIDATION', `${what}: refused, ${firstLine(thrown.message)}`, options);
  const reason = status >= 500 ? `GitHub answered ${status}` : `no answer (${firstLine(thrown.message)})`;
  return new GitHubError('UNAVAILABLE', `${what}: ${reason}; it may have been carried out`, options);
}

function limitedOrForbidden(what: string, thrown: Thrown, headers: Headers, now: number): GitHubError {
  const status = thrown.status ?? 403;
  const retryAfterMs = waitOf(headers, now, /rate limit/.test((thrown.message ?? '').toLowerCase()) || status === 429);
  if (retryAfterMs !== undefined) {
    return new GitHubError('RATE_LIMITED', `${what}: rate limit reached, retry in ${Math.ceil(retryAfterMs / 1000)} s`, {
      status,
      retryAfterMs,
      cause: thrown,
    });
  }
  const needed = headers['x-accepted-github-permissions'];
  const remedy = needed ? `it needs ${needed}; grant it to the App and accept it for the installation` : firstLine(thrown.message);
  return new GitHubError('FORBIDDEN', `${what}: forbidden, ${remedy}`, { status, cause: thrown });
}

function waitOf(headers: Headers, now: number, saysLimited: boolean): number | undefined {
  const retryAfter = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && Number.isFinite(retryAfter)) return retryAfter * 1000;
  const reset = Number(headers['x-ratelimit-reset']);
  if (String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset)) return Math.max(1000, reset * 1000 - now);
  return saysLimited ? secondaryLimitWaitMs : undefined;
}

function graphqlError(what: string, thrown: Thrown, now: number): GitHubError {
  const first = thrown.errors?.[0];
  const code = graphqlCodes[first?.type ?? ''] ?? 'VALIDATION';
  if (code !== 'RATE_LIMITED') return new GitHubError(code, `${what}: ${firstLine(first?.message)}`, { status: 200, cause: thrown });
  const retryAfterMs = waitOf(thrown.headers ?? {}, now, true) ?? secondaryLimitWaitMs;
  return new GitHubError(code, `${what}: rate limit reached`, { status: 200, retryAfterMs, cause: thrown });
}

function firstLine(message: string | undefined): string {
  return (message ?? 'no reason given').split('\n')[0]?.slice(0, 200) ?? '';
}
