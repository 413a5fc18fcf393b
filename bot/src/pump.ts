import { createTurnstile } from './turnstile.ts';

/** One unit of work: `true` when it did something and there may be more, `false` when nothing is due. */
export type Work = () => Promise<boolean>;

export type PumpOptions = {
  work: Work;
  /** Units that may run at the same time. */
  concurrency: number;
  /** How long to rest when nothing is due; `wake` cuts the rest short. */
  idleMs: number;
  /** Awaited before each unit while running: gives way to what is more urgent. */
  giveWay?: () => Promise<void>;
  /** Told about faults of `work` itself (the store is down); the pump rests and goes on. */
  onError: (error: unknown) => void;
};

export type Pump = {
  /** Works until the signal is aborted; resolves when what was begun is finished. */
  run(signal: AbortSignal): Promise<void>;
  /** Something new may be due. */
  wake(): void;
  /** Works until nothing is due now, then resolves with the number of units done. Errors are thrown. */
  drain(): Promise<number>;
};

/** Runs a kind of work in a few lanes: as long as there is some without rest, then on every wake and at least every `idleMs`. */
export function createPump({ work, concurrency, idleMs, giveWay, onError }: PumpOptions): Pump {
  const resting = new Set<() => void>();
  const pass = createTurnstile();
  let woken = 0;

  const rest = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        resting.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, idleMs);
      resting.add(end);
      signal.addEventListener('abort', end, { once: true });
    });

  const lane = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      await giveWay?.();
      const before = woken;
      const busy = await work().catch((error: unknown) => {
        onError(error);
        return undefined;
      });
      // A store and a GitHub that answer at once would never let the process look at its sockets.
      await pass();
      const missedWake = busy === false && woken !== before;
      if (!busy && !missedWake && !signal.aborted) await rest(signal);
    }
  };

  const drainLane = async () => {
    let done = 0;
    while (await work()) done += 1;
    return done;
  };

  return {
    async run(signal) {
      await Promise.all(Array.from({ length: concurrency }, () => lane(signal)));
    },
    wake() {
      woken += 1;
      for (const end of [...resting]) end();
    },
    async drain() {
      let total = 0;
      for (;;) {
        const done = await Promise.all(Array.from({ length: concurrency }, drainLane));
        const sum = done.reduce((all, one) => all + one, 0);
        if (sum === 0) return total;
        total += sum;
      }
    },
  };
}
