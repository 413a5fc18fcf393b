import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export type Upstream = { status: number; headers: Headers; text: string };

export type UpstreamRequest = {
  method: string;
  path: string;
  token?: string | undefined;
  headers?: Record<string, string>;
  body?: unknown;
};

/** emulate in a child process on 127.0.0.1. */
export type Emulator = {
  request(request: UpstreamRequest): Promise<Upstream>;
  /** Resolves once every webhook of the requests answered so far was handed to `onWebhook`. */
  drain(): Promise<void>;
  stop(): Promise<void>;
};

type Message =
  | { type: 'ready' }
  | { type: 'failed'; message: string }
  | { type: 'webhook'; event: string; body: string }
  | { type: 'drained'; id: number };

/** Where emulate is told to deliver; the child hands these over instead of sending them. */
export const webhookSink = 'http://webhooks.invalid/';

export async function startEmulator(options: {
  baseUrl: string;
  seed: Record<string, unknown>;
  onWebhook: (event: string, payload: Record<string, unknown>) => void;
}): Promise<Emulator> {
  const port = await freePort();
  const child = fork(fileURLToPath(new URL('./emulator-child.ts', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  const waiting = new Map<number, () => void>();
  let lastDrain = 0;
  child.once('exit', () => {
    for (const done of waiting.values()) done();
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`emulate exited with code ${code} before it was ready`)));
    child.on('message', (message: Message) => {
      if (message.type === 'ready') resolve();
      if (message.type === 'failed') reject(new Error(`emulate did not start: ${message.message}`));
      if (message.type === 'webhook') options.onWebhook(message.event, JSON.parse(message.body) as Record<string, unknown>);
      if (message.type === 'drained') waiting.get(message.id)?.();
    });
    child.send({ type: 'start', baseUrl: options.baseUrl, port, seed: options.seed });
  });
  return {
    request: (request) => call(port, request),
    drain: () =>
      new Promise<void>((resolve) => {
        const id = ++lastDrain;
        const done = () => {
          waiting.delete(id);
          resolve();
        };
        waiting.set(id, done);
        if (child.connected) child.send({ type: 'drain', id });
        else done();
      }),
    stop: () => stop(child),
  };
}

async function call(port: number, { method, path, token, headers, body }: UpstreamRequest): Promise<Upstream> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      ...headers,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    redirect: 'manual',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.connected) child.disconnect();
  else child.kill('SIGTERM');
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port on 127.0.0.1'))));
    });
  });
}
