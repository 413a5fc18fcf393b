import { describe, expect, it } from 'vitest';
import { toGitHubError } from './errors.ts';

const now = Date.parse('2026-08-03T09:00:00Z');
const failure = (status: number, headers: Record<string, string> = {}, message = 'refused') =>
  Object.assign(new Error(message), { status, response: { headers } });
const mapped = (cause: unknown) => toGitHubError('add label to acme/app#3', cause, now);

describe('a failed call', () => {
  it.each([
    [401, 'UNAUTHORIZED'],
    [404, 'NOT_FOUND'],
    [410, 'NOT_FOUND'],
    [422, 'VALIDATION'],
    [500, 'UNAVAILABLE'],
    [502, 'UNAVAILABLE'],
    [504, 'UNAVAILABLE'],
  ])('with status %i is %s', (status, code) => {
    expect(mapped(failure(status))).toMatchObject({ name: 'GitHubError', code, status });
  });

  it('without any answer is unavailable and may have been carried out', () => {
    const error = mapped(new TypeError('fetch failed'));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', status: 0 });
    expect(error.message).toContain('may have been carried out');
  });

  it('names the permission that is missing', () => {
    const error = mapped(failure(403, { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' }));
    expect(error.code).toBe('FORBIDDEN');
    expect(error.message).toBe(
      'add label to acme/app#3: forbidden, it needs issues=write; pull_requests=write; grant it to the App and accept it for the installation',
    );
  });

  it('keeps the wait that GitHub asks for', () => {
    expect(mapped(failure(403, { 'retry-after': '30' }))).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 30_000 });
    const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 90) };
    expect(mapped(failure(403, reset))).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 90_000 });
    expect(mapped(failure(429))).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 60_000 });
    expect(mapped(failure(403, {}, 'You have exceeded a secondary rate limit'))).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 60_000,
    });
  });

  it.each([
    ['NOT_FOUND', 'NOT_FOUND'],
    ['FORBIDDEN', 'FORBIDDEN'],
    ['RATE_LIMITED', 'RATE_LIMITED'],
    ['UNPROCESSABLE', 'VALIDATION'],
    ['anything else', 'VALIDATION'],
  ])('of GraphQL with type %s is %s', (type, code) => {
    const cause = Object.assign(new Error('failed'), { errors: [{ type, message: 'failed' }], response: {}, headers: {} });
    expect(mapped(cause).code).toBe(code);
  });

  it('that is already a GitHubError stays what it is', () => {
    const error = mapped(failure(404));
    expect(mapped(error)).toBe(error);
  });
});
