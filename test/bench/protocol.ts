/** What the benchmark tells a server under test that runs as its child, and what it hears back. One answer for each request. */
export type Request = { id: number } & (
  | { type: 'start'; items: number; directory: string }
  | { type: 'state' }
  | { type: 'known'; guids: readonly string[] }
  | { type: 'reset-peak' }
  | { type: 'stop' }
);
export type RequestBody = Request extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

export type Answer = { id: number; value?: unknown; error?: string };

export type ServerState = {
  /** Resident memory now, and its highest value since it was last reset (sampled every few milliseconds). */
  residentBytes: number;
  peakBytes: number;
  /** What the server has read of the connection that was closed last. */
  bytesRead: number;
  /** Deliveries by what became of them; a server without a store counts every call of its handler as done. */
  pending: number;
  done: number;
  dead: number;
  decisions: number;
  effects: number;
  handlerErrors: number;
};
