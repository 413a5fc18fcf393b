import { Agent, request } from 'node:http';
import type { Delivery } from './deliveries.ts';

/** What a load gave: answers by status, the time of each answer, and how long all of it took. */
export type Load = { statuses: ReadonlyMap<number, number>; ackMs: readonly number[]; seconds: number };

/**
 * Sends deliveries over `concurrency` connections that are opened before and kept: as soon as one is answered the next is sent. Stops
 * when there are no more, or when `forMs` is over. @throws Error when a connection fails
 */
export async function sendAll(options: {
  url: string;
  deliveries: Iterator<Delivery>;
  concurrency: number;
  forMs?: number;
}): Promise<Load> {
  const { url, deliveries, concurrency, forMs = Number.POSITIVE_INFINITY } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  await Promise.all(Array.from({ length: concurrency }, () => open(url, agent)));
  const statuses = new Map<number, number>();
  const ackMs: number[] = [];
  const from = performance.now();
  const lane = async () => {
    for (let next = deliveries.next(); !next.done && performance.now() - from < forMs; next = deliveries.next()) {
      const sent = performance.now();
      const status = await send(url, agent, next.value);
      ackMs.push(performance.now() - sent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, lane));
  } finally {
    agent.destroy();
  }
  return { statuses, ackMs, seconds: (performance.now() - from) / 1000 };
}

/** A connection for later: how long a busy server takes to accept it is not counted as acknowledgement. */
function open(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(new URL('/', url), { agent }, (response) => {
      response.resume();
      response.once('end', resolve);
    })
      .once('error', reject)
      .end();
  });
}

/** Resolves with the status once the whole answer is there. */
function send(url: string, agent: Agent, { guid, body, signature }: Delivery): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-github-event': 'issues',
    'x-github-delivery': guid,
    'x-hub-signature-256': signature,
  };
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    })
      .once('error', reject)
      .end(body);
  });
}
