import { connect, type Socket } from 'node:net';
import { type Program, withChild } from './child.ts';
import { round } from './statistics.ts';

export type BodyRun = {
  /** Status of the answer; 0 when the connection ended without one. */
  status: number;
  /** What the sender got rid of before it was refused, and what the server took from the connection. */
  sentMiB: number;
  readMiB: number;
  /** Highest resident memory while the body came, above what it was before. */
  growthMiB: number;
  closed: boolean;
};

export type BodyOptions = {
  sizeBytes: number;
  /** `none`: no signature header; `wrong`: one of the right form, so that only the body can show it is wrong. */
  signature: 'none' | 'wrong';
};

const MIB = 1024 * 1024;
const CHUNK = Buffer.alloc(65_536, 0x20);
const GIVE_UP_MS = 60_000;

/** Streams one large body without a declared length to a server that has just started. */
export function largeBody(program: Program, options: BodyOptions): Promise<BodyRun> {
  return withChild(program, 1, async (child) => {
    const before = await child.resetPeak();
    const { status, sentBytes, closed } = await stream(new URL(child.url), options);
    const after = await child.state();
    const growthMiB = round(Math.max(0, after.peakBytes - before.residentBytes) / MIB);
    return { status, sentMiB: round(sentBytes / MIB), readMiB: round(after.bytesRead / MIB), growthMiB, closed };
  });
}

type Streamed = { status: number; sentBytes: number; closed: boolean };

/** Sends until everything is sent, the server answers or the connection ends; resolves when it has ended. */
function stream(url: URL, { sizeBytes, signature }: BodyOptions): Promise<Streamed> {
  return new Promise((resolve) => {
    const socket = connect(Number(url.port), url.hostname);
    let answer = '';
    let closed = false;
    socket.setTimeout(GIVE_UP_MS, () => socket.destroy());
    socket.on('data', (data: Buffer) => {
      answer += data.toString('latin1');
    });
    socket.on('end', () => {
      closed = true;
    });
    // A server that cuts the connection while we write resets it: that is an end, too.
    socket.on('error', () => {
      closed = true;
    });
    socket.once('close', () =>
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0), sentBytes: socket.bytesWritten, closed }),
    );
    socket.write(head(url, signature));
    void pour(socket, sizeBytes, () => answer !== '');
  });
}

function head({ pathname, host }: URL, signature: BodyOptions['signature']): string {
  const lines = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/json',
    'transfer-encoding: chunked',
    'connection: close',
    'x-github-event: issues',
    'x-github-delivery: 0000bece-0000-4000-8000-00000000b0d1',
    ...(signature === 'wrong' ? [`x-hub-signature-256: sha256=${'0'.repeat(64)}`] : []),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

async function pour(socket: Socket, sizeBytes: number, isAnswered: () => boolean): Promise<void> {
  for (let sent = 0; sent < sizeBytes && !isAnswered() && socket.writable; sent += CHUNK.length) {
    socket.write(`${CHUNK.length.toString(16)}\r\n`);
    socket.write(CHUNK);
    if (!socket.write('\r\n')) await drained(socket);
  }
  if (socket.writable) socket.write('0\r\n\r\n');
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });
}
