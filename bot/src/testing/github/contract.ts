import type { Answer, Exchange } from './exchange.ts';

/** A message on the wire that GitHub's own description does not allow. */
export type Violation = { direction: 'request' | 'response'; operation: string; path: string; status?: number; problem: string };

export interface Contract {
  readonly violations: Violation[];
  checkRequest(exchange: Exchange): void;
  checkResponse(exchange: Exchange, answer: Answer): void;
}

export function noContract(): Contract {
  return { violations: [], checkRequest: () => undefined, checkResponse: () => undefined };
}
