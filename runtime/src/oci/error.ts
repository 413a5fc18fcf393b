/**
 * What went wrong with content, archives, layouts or registries; tests and callers match `code`, never the text.
 *
 * Content: `TRUNCATED` fewer bytes than the descriptor says, `OVERSIZED` more, `DIGEST_MISMATCH` other bytes, `MEDIA_TYPE_MISMATCH`
 * another kind of document. Foreign bytes: `INVALID_*` do not parse, `UNSAFE_PATH` leaves its folder, `LIMIT_EXCEEDED` a cap of ours.
 * Registries: `UNAUTHORIZED`, `FORBIDDEN`, `NOT_FOUND`, `RATE_LIMITED`, `UNAVAILABLE` (5xx and network faults), `TIMED_OUT`, `REDIRECT`
 * (loop, too many, or to a place that is refused), `PROTOCOL` (an answer outside the specification), `REJECTED` (any other 4xx).
 */
export type OciErrorCode =
  | 'INVALID_DIGEST'
  | 'INVALID_DESCRIPTOR'
  | 'INVALID_DOCUMENT'
  | 'INVALID_REFERENCE'
  | 'INVALID_ARCHIVE'
  | 'UNSAFE_PATH'
  | 'LIMIT_EXCEEDED'
  | 'TRUNCATED'
  | 'OVERSIZED'
  | 'DIGEST_MISMATCH'
  | 'MEDIA_TYPE_MISMATCH'
  | 'NOT_FOUND'
  | 'READ_ONLY'
  | 'NOT_REPEATABLE'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'TIMED_OUT'
  | 'REDIRECT'
  | 'PROTOCOL'
  | 'REJECTED';

/** The one error class of this room. `status` is the HTTP status where there was an answer, `retryAfterMs` the wait a server asked for. */
export class OciError extends Error {
  override readonly name = 'OciError';
  readonly code: OciErrorCode;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: OciErrorCode, message: string, details: { cause?: unknown; status?: number; retryAfterMs?: number | undefined } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** True for an OciError, of that code when one is given. */
export function isOciError(error: unknown, code?: OciErrorCode): error is OciError {
  return error instanceof OciError && (code === undefined || error.code === code);
}
