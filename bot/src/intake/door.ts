import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Checkpoint } from '../checkpoint.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/port.ts';
import { type Budget, createBudget, readBody, refuseUnread } from './body.ts';
import { ingest, type Redact } from './ingest.ts';
import { isSignature, verifySignature } from './signature.ts';

export const WEBHOOK_PATH = '/api/github/webhooks';
const MIB = 1024 * 1024;

export type DoorLimits = {
  /** Largest body; GitHub sends no more than 25 MB. */
  bodyBytes: number;
  /** What all bodies together may hold while they arrive; beyond it senders are told to come back. */
  bufferedBytes: number;
  /** How long a body may take; GitHub itself gives up after ten seconds. */
  bodyMs: number;
};

export const DEFAULT_LIMITS: DoorLimits = { bodyBytes: 25 * MIB, bufferedBytes: 64 * MIB, bodyMs: 10_000 };

/** What became of a request, for metrics and logs. `refused` carries the status. */
export type DoorResult =
  | { kind: 'accepted' | 'duplicate'; guid: string; event: string }
  | { kind: 'refused'; status: number; reason: string; error?: unknown };

export type DoorOptions = {
  store: Store;
  /** From `requireStrongSecrets`; any of them opens the door, so that a secret can be changed without a gap. */
  secrets: readonly string[];
  redact: Redact;
  clock: Clock;
  limits?: Partial<DoorLimits>;
  path?: string;
  /** After the row is durable and answered: wake the worker. Not called for duplicates. */
  onAccepted?: (guid: string) => void;
  onResult?: (result: DoorResult) => void;
  checkpoint?: Checkpoint;
};

type Refusal = { status: number; reason: string; error?: unknown };
type Headers = { guid: string; event: string; signature: string };

/**
 * The webhook endpoint. The returned function answers `false` when the request is for another path, and otherwise has answered it:
 * 202 once the delivery is durable, 200 for a duplicate, 400, 401, 405, 408, 413, 415 with a reason, 503 when it cannot be stored now.
 */
export function createDoor(options: DoorOptions): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const path = options.path ?? WEBHOOK_PATH;
  const budget = createBudget(limits.bufferedBytes);
  return async (request, response) => {
    if (pathOf(request) !== path) return false;
    const result = await receive(options, limits, budget, request, response);
    options.onResult?.(result);
    if (result.kind === 'accepted') options.onAccepted?.(result.guid);
    return true;
  };
}

async function receive(
  options: DoorOptions,
  limits: DoorLimits,
  budget: Budget,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<DoorResult> {
  const headers = inspect(request, limits);
  if ('status' in headers) {
    if (headers.status === 405) response.setHeader('allow', 'POST');
    refuseUnread(request, response, headers.status, headers.reason);
    return { kind: 'refused', ...headers };
  }
  const read = await readBody(request, limits, budget);
  try {
    if (read.kind !== 'body') {
      const refusal = UNREAD[read.kind];
      if (read.kind === 'busy') response.setHeader('retry-after', '5');
      refuseUnread(request, response, refusal.status, refusal.reason);
      return { kind: 'refused', ...refusal };
    }
    return await store(options, headers, read.body, response);
  } finally {
    read.release();
  }
}

const UNREAD: Record<'too-large' | 'busy' | 'slow' | 'aborted', Refusal> = {
  'too-large': { status: 413, reason: 'body is larger than the limit' },
  busy: { status: 503, reason: 'too many bodies at once: send again later' },
  slow: { status: 408, reason: 'body did not arrive in time' },
  aborted: { status: 400, reason: 'connection ended before the body did' },
};

/** Everything that can be refused before a byte of the body is read. */
function inspect(request: IncomingMessage, limits: DoorLimits): Headers | Refusal {
  const { headers } = request;
  if (request.method !== 'POST') return { status: 405, reason: 'webhooks are sent with POST' };
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return { status: 415, reason: 'content type is not application/json: choose it in the webhook settings of the GitHub App' };
  }
  const guid = single(headers['x-github-delivery']);
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(guid)) return { status: 400, reason: 'header X-GitHub-Delivery is missing or malformed' };
  const event = single(headers['x-github-event']);
  if (!/^[a-z0-9_]{1,100}$/.test(event)) return { status: 400, reason: 'header X-GitHub-Event is missing or malformed' };
  if (Number(headers['content-length'] ?? 0) > limits.bodyBytes) {
    return { status: 413, reason: `body is larger than ${limits.bodyBytes} bytes` };
  }
  const signature = single(headers['x-hub-signature-256']);
  if (!isSignature(signature)) return { status: 401, reason: 'header X-Hub-Signature-256 is missing or malformed' };
  return { guid, event, signature };
}

async function store(options: DoorOptions, headers: Headers, body: Buffer, response: ServerResponse): Promise<DoorResult> {
  const { guid, event, signature } = headers;
  if (!verifySignature(body, signature, options.secrets)) {
    return refuse(response, { status: 401, reason: 'signature does not match: the secret here and in the GitHub App differ' });
  }
  const payload = parse(body);
  if (payload === undefined) return refuse(response, { status: 400, reason: 'body is not a JSON object' });
  await options.checkpoint?.('door/verified');
  let kind: 'accepted' | 'duplicate';
  try {
    kind = await ingest(options, { guid, event, payload, source: 'webhook', receivedAtMs: options.clock() });
  } catch (error) {
    return refuse(response, { status: 503, reason: 'delivery could not be stored: redeliver it later', error });
  }
  await options.checkpoint?.('door/stored');
  await answer(response, kind === 'accepted' ? 202 : 200, { status: kind, guid });
  await options.checkpoint?.('door/answered');
  return { kind, guid, event };
}

function refuse(response: ServerResponse, refusal: Refusal): Promise<DoorResult> {
  return answer(response, refusal.status, { message: refusal.reason }).then(() => ({ kind: 'refused', ...refusal }));
}

function answer(response: ServerResponse, status: number, body: object): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body), resolve);
  });
}

function parse(body: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}

function single(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
