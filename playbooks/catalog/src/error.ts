export type CatalogErrorCode = 'UNREADABLE' | 'SYNTAX' | 'INVALID' | 'REFERENCE';

/** What is wrong with a data file, where (1-based), and what to do about it. */
export class CatalogError extends Error {
  readonly code: CatalogErrorCode;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly remedy: string;

  constructor(
    code: CatalogErrorCode,
    at: { file: string; line: number; column: number },
    problem: string,
    remedy: string,
    options?: { cause?: unknown },
  ) {
    super(`${at.file}:${at.line}:${at.column}: ${problem}; ${remedy}`, options);
    this.name = 'CatalogError';
    this.code = code;
    this.file = at.file;
    this.line = at.line;
    this.column = at.column;
    this.remedy = remedy;
  }
}
