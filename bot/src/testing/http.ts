import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type TestServer = { url: string; port: number; close(): Promise<void> };

/** Serves on 127.0.0.1 at a free port; what the handler answers `false` to is 404. */
export async function serve(handler: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>): Promise<TestServer> {
  const server = createServer((request, response) => {
    void handler(request, response).then((handled) => {
      if (!handled) response.writeHead(404).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
