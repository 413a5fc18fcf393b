/** What went wrong, as a stable word for programs. One line per area; messages are for people. */
export type OcmErrorCode =
  | 'VERSION_INVALID'
  | 'CONSTRAINT_INVALID'
  | 'FILTER_INVALID'
  | 'DESCRIPTOR_TOO_LARGE'
  | 'DESCRIPTOR_SYNTAX'
  | 'DESCRIPTOR_SCHEMA'
  | 'DESCRIPTOR_UNSUPPORTED'
  | 'ELEMENT_NOT_FOUND'
  | 'ELEMENT_AMBIGUOUS'
  | 'HASH_UNSUPPORTED'
  | 'NORMALISATION_UNSUPPORTED'
  | 'NORMALISATION_FAILED';

/** An error of the OCM library. The message names the object and the remedy; `code` is stable. */
export class OcmError extends Error {
  readonly code: OcmErrorCode;

  constructor(code: OcmErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OcmError';
    this.code = code;
  }
}

const MAX_QUOTED_CHARS = 80;

/** `text` in double quotes, escaped and cut, for use inside a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_QUOTED_CHARS ? `${text.slice(0, MAX_QUOTED_CHARS)}…` : text);
}
