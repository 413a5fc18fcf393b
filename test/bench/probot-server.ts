import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNodeMiddleware, createProbot } from 'probot';
import { WEBHOOK_PATH } from '../../bot/src/intake/door.ts';
import { SECRET } from './deliveries.ts';
import { type Subject, serve } from './serve.ts';

/** The baseline: a plain Probot app whose handler counts and keeps nothing. */
serve(async (_options, watch): Promise<Subject> => {
  let done = 0;
  const probot = createProbot({ overrides: { githubToken: 'none', secret: SECRET, logLevel: 'fatal' }, env: {} });
  const middleware = await createNodeMiddleware(
    (app) => {
      app.on('issues', async () => {
        done += 1;
      });
    },
    { probot, webhooksPath: WEBHOOK_PATH },
  );
  const server = createServer((request, response) => {
    watch(request.socket);
    void middleware(request, response, () => {
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${WEBHOOK_PATH}`,
    counts: async () => ({ pending: 0, done, dead: 0, decisions: 0, effects: 0, handlerErrors: 0 }),
    known: async () => 0,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
});
