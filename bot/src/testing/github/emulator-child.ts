/**
 * The program that runs `emulate` in a process of its own. Talks to its parent over IPC only:
 * `start` → `ready`; every webhook that emulate would send → `webhook`, in the order of the changes; `drain` → `drained`.
 */
import { createEmulator, type SeedConfig } from 'emulate';

type Start = { type: 'start'; baseUrl: string; port: number; seed: SeedConfig };
type Request = Start | { type: 'drain'; id: number };

/** A parent that is gone needs no answer. */
const send = (message: unknown): void => {
  process.send?.(message, undefined, undefined, () => undefined);
};

const network = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  if (String(input) !== 'http://webhooks.invalid/') return network(input, init);
  send({ type: 'webhook', event: new Headers(init?.headers).get('x-github-event'), body: String(init?.body) });
  return new Response(null, { status: 202 });
};

process.on('message', (request: Request) => {
  if (request.type === 'drain') {
    setImmediate(() => send({ type: 'drained', id: request.id }));
    return;
  }
  const { baseUrl, port, seed } = request;
  createEmulator({ service: 'github', port, hostname: '127.0.0.1', baseUrl, seed }).then(
    () => send({ type: 'ready' }),
    (cause: unknown) => send({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) }),
  );
});
process.on('disconnect', () => process.exit(0));
