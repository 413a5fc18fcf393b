import type { Socket } from 'node:net';
import type { Answer, Request, ServerState } from './protocol.ts';

/** A server under test: where it listens, what it has done, how it ends. */
export type Subject = {
  url: string;
  counts(): Promise<Omit<ServerState, 'residentBytes' | 'peakBytes' | 'bytesRead'>>;
  /** How many of these deliveries it holds durably. */
  known(guids: readonly string[]): Promise<number>;
  stop(): Promise<void>;
};

const SAMPLE_MS = 5;

/**
 * The child's side: starts the subject when asked to, answers questions about it, and ends with its parent. `start` gets a function
 * that notes how much was read of a connection.
 */
export function serve(start: (options: { items: number; directory: string }, watch: (socket: Socket) => void) => Promise<Subject>): void {
  let subject: Subject | undefined;
  let bytesRead = 0;
  let peakBytes = 0;
  const sample = () => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  };
  const timer = setInterval(sample, SAMPLE_MS);
  const watched = new WeakSet<Socket>();
  const watch = (socket: Socket) => {
    if (watched.has(socket)) return;
    watched.add(socket);
    socket.once('close', () => {
      bytesRead = socket.bytesRead;
    });
  };

  const answer = async (request: Request): Promise<unknown> => {
    if (request.type === 'start') {
      subject = await start(request, watch);
      return subject.url;
    }
    if (!subject) throw new Error('the server under test has not been started');
    if (request.type === 'known') return subject.known(request.guids);
    if (request.type === 'stop') {
      clearInterval(timer);
      await subject.stop();
      return undefined;
    }
    if (request.type === 'reset-peak') peakBytes = 0;
    sample();
    return { residentBytes: process.memoryUsage.rss(), peakBytes, bytesRead, ...(await subject.counts()) } satisfies ServerState;
  };

  process.on('message', async (request: Request) => {
    const reply: Answer = await answer(request).then(
      (value) => ({ id: request.id, value }),
      (error: unknown) => ({ id: request.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
    process.send?.(reply);
    if (request.type === 'stop') process.disconnect?.();
  });
  process.on('disconnect', () => process.exit(0));
}
