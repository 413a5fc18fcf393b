import type { IncomingMessage, ServerResponse } from 'node:http';
import { type OperationName, type Operations, requests } from './operations.ts';

const PREFIX = '/api/v1/operations/';
const BODY_BYTES = 1024 * 1024;
/** Browsers cannot send this header across origins without asking first, so a page cannot operate the bot behind its reader's back. */
export const OPERATION_HEADER = 'x-sig-runtime-operation';

/** `POST /api/v1/operations/<name>` with a JSON body, on the admin listener only. False when the path is another. */
export function createOperationRoutes(operations: Operations, onError: (name: string, error: unknown) => void) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (!path.startsWith(PREFIX)) return false;
    const name = path.slice(PREFIX.length);
    if (!isOperation(name)) return send(response, 404, { message: `there is no operation ${JSON.stringify(name)}` });
    if (request.method !== 'POST') return send(response, 405, { message: 'operations are asked for with POST' });
    if (request.headers[OPERATION_HEADER] === undefined) return send(response, 403, { message: `header ${OPERATION_HEADER} is missing` });
    const body = await readJson(request);
    if (body === undefined) return send(response, 400, { message: 'the body is not JSON, or larger than 1 MiB' });
    const parsed = requests[name].safeParse(body);
    if (!parsed.success)
      return send(response, 400, {
        message: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'request'}: ${issue.message}`).join('; '),
      });
    try {
      return send(response, 200, await (operations[name] as (request: unknown) => Promise<unknown>)(parsed.data));
    } catch (error) {
      onError(name, error);
      return send(response, 500, { message: error instanceof Error ? error.message : 'the operation failed; the log has the cause' });
    }
  };
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(requests, name);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
  return true;
}
