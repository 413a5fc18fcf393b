/** Lets urgent work go first: others that would block the process wait while any of it is under way, but never longer than `patienceMs`. */
export type Precedence = {
  urgent<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing urgent is under way, or patience has run out. */
  giveWay(): Promise<void>;
};

/**
 * A burst of deliveries has to be acknowledged within seconds, its decisions have hours; both share one thread. While senders wait for their
 * acknowledgement, each lane of work passes about once in `patienceMs`, so that a flood slows decisions down without ever stopping them.
 */
export function createPrecedence(patienceMs: number): Precedence {
  const waiting = new Set<() => void>();
  let underWay = 0;
  const release = () => {
    if (underWay === 0) for (const pass of [...waiting]) pass();
  };
  return {
    async urgent(work) {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        // The sender's next request may be here already: look at the sockets before anybody passes.
        if (underWay === 0) setImmediate(release);
      }
    },
    giveWay: () =>
      new Promise((resolve) => {
        if (underWay === 0) return resolve();
        const pass = () => {
          clearTimeout(timer);
          waiting.delete(pass);
          resolve();
        };
        const timer = setTimeout(pass, patienceMs);
        waiting.add(pass);
      }),
  };
}
