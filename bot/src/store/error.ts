export type StoreErrorCode =
  /** The lease ran out and somebody else has the row now: drop the result. */
  | 'LEASE_LOST'
  /** Another process owns the embedded database. */
  | 'IN_USE'
  /** A recorded migration differs from its file, or the database is newer than the program. */
  | 'MIGRATION'
  /** The row does not exist, or is in a state that the operation does not apply to. */
  | 'NOT_APPLICABLE';

/** A store operation that was refused. Faults of the database itself are passed on as its driver throws them. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
