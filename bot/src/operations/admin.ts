import type { IncomingMessage, ServerResponse } from 'node:http';

export type Route = { contentType: string; answer: () => Promise<string> };

/**
 * Answers GET and HEAD of the listed paths; false when the path is not listed. An answer that fails is a 500 whose text is neutral.
 * `/healthz` is 200 while the process runs, `/readyz` only while the store answers and nobody asked the process to stop.
 */
export function createAdmin(routes: Readonly<Record<string, Route>>, onError: (path: string, error: unknown) => void) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!route) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return send(response, 405, 'text/plain', 'only GET and HEAD are answered here\n');
    try {
      return send(response, 200, route.contentType, await route.answer());
    } catch (error) {
      if (error instanceof NotReady) return send(response, 503, 'text/plain', `${error.message}\n`);
      onError(path, error);
      return send(response, 500, 'text/plain', 'this could not be read; the log has the cause\n');
    }
  };
}

/** Thrown by the answer of `/readyz`: what is missing. */
export class NotReady extends Error {
  readonly code = 'NOT_READY';
}

function send(response: ServerResponse, status: number, contentType: string, body: string): true {
  response.writeHead(status, {
    'content-type': `${contentType}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:",
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
  return true;
}
