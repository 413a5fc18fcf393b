import * as z from 'zod';
import { collect } from '../content/bytes.ts';
import { OciError, type OciErrorCode } from '../error.ts';
import { parseRetryAfter } from './retry.ts';
import type { HttpResponse } from './transport.ts';

/** @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
const errorsSchema = z.object({ errors: z.array(z.object({ code: z.string(), message: z.string().nullish() })).min(1) });
const MAX_ERROR_BYTES = 64 * 1024;

/** Reads the body of an unwelcome answer and says what it means. */
export async function failureOf(response: HttpResponse, what: string, nowMs: number): Promise<OciError> {
  const { status, headers } = response;
  const stated = await statedErrors(response);
  const retryAfterMs = parseRetryAfter(headers['retry-after'], nowMs);
  const text = stated === undefined ? '' : ` (${stated.text})`;
  return new OciError(codeOf(status, stated?.code), `${what}: the registry answered ${status}${text}`, { status, retryAfterMs });
}

function codeOf(status: number, stated: string | undefined): OciErrorCode {
  if (stated === 'DIGEST_INVALID') return 'DIGEST_MISMATCH';
  if (status === 401) return 'UNAUTHORIZED';
  if (status === 403) return 'FORBIDDEN';
  if (status === 404 || status === 410) return 'NOT_FOUND';
  if (status === 408) return 'TIMED_OUT';
  if (status === 429) return 'RATE_LIMITED';
  if (status >= 500) return 'UNAVAILABLE';
  return status >= 400 ? 'REJECTED' : 'PROTOCOL';
}

/** What the server says, cut to a line without control characters. */
async function statedErrors(response: HttpResponse): Promise<{ code: string; text: string } | undefined> {
  try {
    const bytes = await collect(response.body, MAX_ERROR_BYTES, 'the error document');
    const [first] = errorsSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).errors;
    if (first === undefined) return undefined;
    return { code: first.code, text: printable(`${first.code}: ${first.message ?? ''}`) };
  } catch {
    return undefined;
  }
}

function printable(text: string): string {
  return [...text.slice(0, 200)].map((character) => (character < ' ' || character === '\u007f' ? ' ' : character)).join('');
}
