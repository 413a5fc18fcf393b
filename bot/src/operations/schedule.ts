/** A job that runs again and again; `runAtStart` also once before the first interval has passed. */
export type Job = { name: string; everyMs: number; runAtStart: boolean; run: (signal: AbortSignal) => Promise<void> };

/**
 * Runs jobs until the signal is aborted. A job never overlaps itself, and one that fails is reported and runs again at its next turn.
 * Resolves when everything that was begun has ended.
 */
export async function runJobs(jobs: readonly Job[], signal: AbortSignal, onError: (job: string, error: unknown) => void): Promise<void> {
  await Promise.all(
    jobs.map(async (job) => {
      if (job.runAtStart) await attempt(job, signal, onError);
      while (!signal.aborted) {
        await pause(job.everyMs, signal);
        if (!signal.aborted) await attempt(job, signal, onError);
      }
    }),
  );
}

async function attempt(job: Job, signal: AbortSignal, onError: (job: string, error: unknown) => void): Promise<void> {
  try {
    await job.run(signal);
  } catch (error) {
    onError(job.name, error);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
