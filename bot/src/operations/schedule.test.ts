import { describe, expect, it } from 'vitest';
import { type Job, runJobs } from './schedule.ts';

function job(run: () => Promise<void>, more: Partial<Job> = {}): Job {
  return { name: 'job', everyMs: 1, runAtStart: false, run, ...more };
}

describe('runJobs', () => {
  it('runs a job again and again until it is told to stop, and never beside itself', async () => {
    const stop = new AbortController();
    let runs = 0;
    let beside = 0;
    let running = 0;
    const work = async () => {
      running += 1;
      beside = Math.max(beside, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      runs += 1;
      if (runs === 3) stop.abort();
    };
    await runJobs([job(work)], stop.signal, () => undefined);
    expect({ runs, beside, running }).toEqual({ runs: 3, beside: 1, running: 0 });
  });

  it('reports a failure and carries on', async () => {
    const stop = new AbortController();
    const failures: string[] = [];
    let runs = 0;
    const work = async () => {
      runs += 1;
      if (runs === 2) stop.abort();
      throw new Error(`run ${runs}`);
    };
    await runJobs([job(work)], stop.signal, (name, error) => failures.push(`${name}: ${String(error)}`));
    expect(failures).toEqual(['job: Error: run 1', 'job: Error: run 2']);
  });

  it('starts at once when asked to, and not at all when it is over already', async () => {
    const stop = new AbortController();
    const ran: string[] = [];
    const note = (name: string) => async () => {
      ran.push(name);
      stop.abort();
    };
    await runJobs(
      [job(note('first'), { runAtStart: true, everyMs: 60_000 }), job(note('later'), { everyMs: 60_000 })],
      stop.signal,
      () => undefined,
    );
    expect(ran).toEqual(['first']);
  });
});
