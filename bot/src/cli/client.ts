import { OPERATION_HEADER } from '../operations/operation-routes.ts';
import type { OperationName } from '../operations/operations.ts';

export class ClientError extends Error {
  readonly code: 'NO_BOT' | 'REFUSED';
  constructor(code: 'NO_BOT' | 'REFUSED', message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Asks a running bot for one operation on its admin listener.
 * @throws ClientError `NO_BOT` when nobody answers there, `REFUSED` with the bot's own words
 */
export async function operate(adminUrl: string, name: OperationName, request: object): Promise<unknown> {
  const url = new URL(`/api/v1/operations/${name}`, adminUrl);
  const headers = { 'content-type': 'application/json', [OPERATION_HEADER]: '1' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(request) }).catch((cause: unknown) => {
    throw new ClientError('NO_BOT', `no bot answers at ${adminUrl}: start it with npm start, or name its admin address with --admin`, {
      cause,
    });
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  const message = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : `status ${response.status}`;
  throw new ClientError('REFUSED', `the bot at ${adminUrl} refused: ${message}`);
}
