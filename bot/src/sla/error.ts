export type SlaErrorCode = 'CALENDAR_EMPTY' | 'CALENDAR_HOURS' | 'TIME_UNREADABLE';

/** What can go wrong with SLA data; messages name the data and the remedy. */
export class SlaError extends Error {
  readonly code: SlaErrorCode;

  constructor(code: SlaErrorCode, message: string) {
    super(message);
    this.name = 'SlaError';
    this.code = code;
  }
}
