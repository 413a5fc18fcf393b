/** Lets urgent work go first: others that would block the process wait while any of it is under way, but never longer than `patienceMs`. */
export type Precedence = {
  urgent<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing urgent is under way, or patience has run out. */
  giveWay(): Promise<void>;
};

/**
 * A burst of deliveries has to be acknowledged within seconds, its decisions have hours; both share one thread. While senders wait for their
 * acknowledgement, one waiting unit of work passes every `patienceMs`, so that a flood slows decisions down without ever stopping them.
 */
export function createPrecedence(patienceMs: number): Precedence {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passOne = () => {
    waiting.shift()?.();
    timer = waiting.length > 0 ? setTimeout(passOne, patienceMs) : undefined;
  };
  const passAll = () => {
    if (underWay > 0) return;
    clearTimeout(timer);
    timer = undefined;
    for (const pass of waiting.splice(0)) pass();
  };
  return {
    async urgent(work) {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        // The sender's next request may be here already: look at the sockets before anybody passes.
        if (underWay === 0) setImmediate(passAll);
      }
    },
    giveWay: () =>
      new Promise((resolve) => {
        if (underWay === 0 && waiting.length === 0) return resolve();
        waiting.push(resolve);
        timer ??= setTimeout(passOne, patienceMs);
      }),
  };
}
