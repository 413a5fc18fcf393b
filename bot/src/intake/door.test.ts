import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { serve, type TestServer } from '../testing/http.ts';
import { createDoor, type DoorOptions, type DoorResult, WEBHOOK_PATH } from './door.ts';
import { sign } from './signature.ts';

const SECRET = 's'.repeat(32);
const MIB = 1024 * 1024;
let store: Store;
let server: TestServer;
let results: DoorResult[];
let woken: string[];

beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:', clock: () => 0 });
  results = [];
  woken = [];
  await open({});
});
afterEach(async () => {
  await server.close();
  await store.close();
});

describe('the webhook door', () => {
  it('answers 202 after the redacted row is durable, and wakes the worker', async () => {
    const response = await post({ body: { action: 'opened', token: 'hush', repository: { id: 3 }, issue: { number: 4 } } });
    expect([response.status, await response.json()]).toEqual([202, { status: 'accepted', guid: 'd-1' }]);
    const stored = await store.leaseDelivery({ nowMs: 9, leaseMs: 1 });
    expect(stored).toMatchObject({ guid: 'd-1', event: 'issues', subject: 'repository/3/item/4', source: 'webhook', receivedAtMs: 7 });
    expect(stored?.payload).toMatchObject({ token: 'redacted' });
    expect(woken).toEqual(['d-1']);
  });

  it('says so when it has the delivery already, and wakes nobody', async () => {
    await post({});
    const again = await post({});
    expect([again.status, await again.json()]).toEqual([200, { status: 'duplicate', guid: 'd-1' }]);
    expect(woken).toEqual(['d-1']);
  });

  it('opens to the old and the new secret while they are changed', async () => {
    const statuses = [];
    for (const [n, secret] of [SECRET, 'old secret', 'wrong'].entries()) {
      statuses.push((await post({ guid: `d-${n}`, secret })).status);
    }
    expect(statuses).toEqual([202, 202, 401]);
  });

  it.each([
    ['a missing signature', { 'x-hub-signature-256': '' }, 401, 'X-Hub-Signature-256'],
    ['a form body', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'webhook settings'],
    ['a missing delivery id', { 'x-github-delivery': '' }, 400, 'X-GitHub-Delivery'],
    ['a delivery id with a slash, as our own events have', { 'x-github-delivery': 'schedule/x' }, 400, 'X-GitHub-Delivery'],
    ['an event name that is none', { 'x-github-event': 'Schedule.SLA' }, 400, 'X-GitHub-Event'],
  ])('refuses %s', async (_what, headers, status, text) => {
    const response = await post({ headers });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
    expect((await store.counts(0)).deliveries.pending).toBe(0);
  });

  it('refuses other methods, and leaves other paths to others', async () => {
    const get = await fetch(server.url + WEBHOOK_PATH);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(404);
  });

  it.each(['', '{"action":', '[]', '"text"', 'null'])('refuses the body %j, however well signed', async (raw) => {
    expect((await post({ raw })).status).toBe(400);
  });

  it('answers 503 while the store fails, so that GitHub shows the delivery as failed', async () => {
    await server.close();
    await open({ store: { ...store, accept: () => Promise.reject(new Error('disk full')) } });
    const response = await post({});
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('disk full');
    expect(results).toMatchObject([{ kind: 'refused', status: 503, error: new Error('disk full') }]);
  });

  it('takes 2,000 deliveries at once and loses none', async () => {
    const statuses = new Map<number, number>();
    let next = 0;
    const lane = async () => {
      while (next < 2_000) {
        const n = next++;
        const { status, body } = await post({ guid: `b-${n}`, body: { repository: { id: 1 }, issue: { number: n % 60 } } });
        await body?.cancel();
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 50 }, lane));
    expect([...statuses]).toEqual([[202, 2_000]]);
    expect((await store.counts(0)).deliveries.pending).toBe(2_000);
  });
});

describe('bodies that are too large', () => {
  it('refuses an announced 200 MB without reading it', async () => {
    const socket = await raw(`content-length: ${200 * MIB}`);
    expect(await statusOf(socket)).toBe(413);
    expect(await sendUntilClosed(socket, 200 * MIB)).toBeLessThan(20 * MIB);
  });

  it('cuts an unannounced 200 MB off at the limit, with memory flat and the connection closed', async () => {
    const before = process.memoryUsage().arrayBuffers;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    }, 5);
    const socket = await raw('transfer-encoding: chunked');
    const status = statusOf(socket);
    const sent = await sendUntilClosed(socket, 200 * MIB, true);
    clearInterval(watch);
    expect(await status).toBe(413);
    expect(sent).toBeLessThan(60 * MIB);
    expect(peak - before).toBeLessThan(100 * MIB);
    expect(results).toMatchObject([{ kind: 'refused', status: 413 }]);
  });

  it('refuses unsigned bodies before they arrive', async () => {
    const socket = await raw('transfer-encoding: chunked', 'none');
    expect(await statusOf(socket)).toBe(401);
    expect(await sendUntilClosed(socket, 200 * MIB, true)).toBeLessThan(20 * MIB);
  });

  it('accepts a body of exactly the limit and refuses one byte more', async () => {
    await server.close();
    await open({ limits: { bodyBytes: 100, bufferedBytes: 1_000 } });
    const fit = `{"a":"${'x'.repeat(92)}"}`;
    expect(Buffer.byteLength(fit)).toBe(100);
    expect((await post({ raw: fit })).status).toBe(202);
    expect((await post({ raw: `${fit} `, guid: 'd-2' })).status).toBe(413);
  });

  it('does not wait for a body that trickles in', async () => {
    await server.close();
    await open({ limits: { bodyMs: 20 } });
    const socket = await raw('content-length: 90');
    socket.write('x');
    expect(await statusOf(socket)).toBe(408);
    await once(socket, 'close');
  });

  it('asks senders to come back while too much is arriving, and takes them afterwards', async () => {
    await server.close();
    await open({ limits: { bodyBytes: 100, bufferedBytes: 100 } });
    const held = await raw('content-length: 90');
    held.write('x'.repeat(80));
    await until(async () => (await post({ raw: '{"a":"0123456789abcdef"}' })).status === 503);
    held.destroy();
    await until(async () => (await post({ raw: '{"a":"0123456789abcdef"}' })).status === 202);
  });
});

type Post = { body?: object; raw?: string; guid?: string; secret?: string; headers?: Record<string, string> };

function post({ body = {}, raw: rawBody, guid = 'd-1', secret = SECRET, headers = {} }: Post): Promise<Response> {
  const text = rawBody ?? JSON.stringify(body);
  const standard = {
    'content-type': 'application/json',
    'x-github-delivery': guid,
    'x-github-event': 'issues',
    'x-hub-signature-256': sign(text, secret),
  };
  return fetch(server.url + WEBHOOK_PATH, { method: 'POST', body: text, headers: { ...standard, ...headers } });
}

async function open(options: Partial<DoorOptions>): Promise<void> {
  const redact = (payload: unknown) => ({ ...(payload as object), ...('token' in (payload as object) ? { token: 'redacted' } : {}) });
  const onAccepted = (guid: string) => woken.push(guid);
  const onResult = (result: DoorResult) => results.push(result);
  const standard = { store, secrets: [SECRET, 'old secret'], redact, clock: () => 7, onAccepted, onResult };
  server = await serve(createDoor({ ...standard, ...options }));
}

/** A request of which only the head is sent. */
async function raw(length: string, signature = `sha256=${'0'.repeat(64)}`): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  const head = ['host: x', 'content-type: application/json', 'x-github-delivery: d', 'x-github-event: issues', length];
  socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\n${head.join('\r\n')}\r\nx-hub-signature-256: ${signature}\r\n\r\n`);
  return socket;
}

async function statusOf(socket: Socket): Promise<number> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes('\r\n')) break;
  }
  return Number(text.split(' ')[1]);
}

/** Sends zeros until the other side ends the connection; answers how many bytes left this process. */
async function sendUntilClosed(socket: Socket, sizeBytes: number, chunked = false): Promise<number> {
  const chunk = Buffer.alloc(MIB, 48);
  for (let sent = 0; sent < sizeBytes && !socket.destroyed && socket.writable; sent += MIB) {
    if (chunked) socket.write(`${MIB.toString(16)}\r\n`);
    const room = socket.write(chunk);
    if (chunked) socket.write('\r\n');
    if (!room) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
  }
  if (!socket.destroyed) await once(socket, 'close');
  return socket.bytesWritten - socket.writableLength;
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('did not come about');
}
