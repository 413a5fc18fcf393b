import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';

/** Answers a request, or says `false` so that the next one is asked. */
export type Answerer = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export type Listener = { url: string; port: number; close(): Promise<void> };

/** Time a sender has for its headers and for the whole request; GitHub gives up after ten seconds itself. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** Longer than a body may take at the door, shorter than a drain: whoever still holds a connection then is cut off. */
const CLOSE_MS = 15_000;

export class ListenError extends Error {
  readonly code = 'LISTEN_FAILED';
}

/**
 * An HTTP server over a chain of answerers; what nobody answers is 404.
 * @throws ListenError naming the address and the remedy
 */
export function listen(
  host: string,
  port: number,
  answerers: readonly Answerer[],
  onError: (error: unknown) => void,
  closeMs = CLOSE_MS,
): Promise<Listener> {
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS }, chain(answerers, onError));
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new ListenError(`cannot listen on ${host}:${port} (${cause.message}): choose another port, 0 picks a free one`, { cause })),
    );
    server.listen(port, host, () => {
      const address = server.address();
      const actual = address !== null && typeof address === 'object' ? address.port : port;
      resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, port: actual, close: () => close(server, closeMs) });
    });
  });
}

function chain(answerers: readonly Answerer[], onError: (error: unknown) => void): RequestListener {
  return async (request, response) => {
    try {
      for (const answer of answerers) if (await answer(request, response)) return;
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('there is nothing here\n');
    } catch (error) {
      onError(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  };
}

/** Lets requests end that are under way, but no longer than `closeMs`. */
function close(server: Server, closeMs: number): Promise<void> {
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), closeMs);
  return new Promise((resolve) =>
    server.close(() => {
      clearTimeout(cut);
      resolve();
    }),
  );
}
