import type { IncomingMessage, ServerResponse } from 'node:http';

/** Bytes that all requests together may hold in memory while they arrive. */
export type Budget = { take(sizeBytes: number): boolean; give(sizeBytes: number): void };

export function createBudget(sizeBytes: number): Budget {
  let free = sizeBytes;
  return {
    take(bytes) {
      if (bytes > free) return false;
      free -= bytes;
      return true;
    },
    give(bytes) {
      free += bytes;
    },
  };
}

export type BodyResult = { kind: 'body'; body: Buffer } | { kind: 'too-large' | 'busy' | 'slow' | 'aborted' };

/**
 * Reads a whole body, holding at most `bodyBytes` of it, no more than the budget has left, and no longer than `bodyMs`. `release` the
 * budget when done with it.
 */
export function readBody(
  request: IncomingMessage,
  { bodyBytes, bodyMs }: { bodyBytes: number; bodyMs: number },
  budget: Budget,
): Promise<BodyResult & { release: () => void }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let held = 0;
    const finish = (result: BodyResult) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onAborted).off('close', onAborted);
      if (result.kind !== 'body') request.pause();
      const taken = held;
      resolve({ ...result, release: () => budget.give(taken) });
    };
    const onData = (chunk: Buffer) => {
      if (held + chunk.length > bodyBytes) return finish({ kind: 'too-large' });
      if (!budget.take(chunk.length)) return finish({ kind: 'busy' });
      held += chunk.length;
      chunks.push(chunk);
    };
    const onEnd = () => finish({ kind: 'body', body: Buffer.concat(chunks) });
    const onAborted = () => finish({ kind: 'aborted' });
    const timer = setTimeout(() => finish({ kind: 'slow' }), bodyMs);
    request.on('data', onData).on('end', onEnd).on('error', onAborted).on('close', onAborted);
  });
}

const LINGER_BYTES = 1024 * 1024;
const LINGER_MS = 1_000;

/**
 * Answers a request whose body is not wanted, and ends its connection. What still arrives is thrown away for a moment, because a
 * connection that is cut with unread bytes loses the answer; a sender that does not stop is cut off after 1 MiB or one second.
 */
export function refuseUnread(request: IncomingMessage, response: ServerResponse, status: number, message: string): void {
  let dropped = 0;
  const cut = () => request.socket.destroy();
  const timer = setTimeout(cut, LINGER_MS).unref();
  request.on('error', cut);
  request.on('data', (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped > LINGER_BYTES) cut();
  });
  request.socket.once('close', () => clearTimeout(timer));
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ message }));
  request.resume();
}
