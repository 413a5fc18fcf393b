export type PlaybookErrorCode = 'NOT_FOUND' | 'SYNTAX' | 'SCHEMA' | 'PATTERN' | 'SECTION' | 'DUPLICATE';

/** What is wrong with a file under `playbooks/`. The message names file, line and remedy; `code` is stable. */
export class PlaybookError extends Error {
  readonly code: PlaybookErrorCode;

  constructor(code: PlaybookErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PlaybookError';
    this.code = code;
  }
}
