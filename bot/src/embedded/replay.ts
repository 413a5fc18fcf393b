import { play } from './play.ts';
import type { Stage } from './stage.ts';
import { WEEK_ENDS } from './week.ts';

export type Progress = (done: number, of: number, at: string) => void;

/** Plays the week step by step; lost deliveries are found by the sweep, promises looked at every morning. Ends at `WEEK_ENDS`. */
export async function replay({ week, github, composed, time, settle }: Stage, onStep: Progress): Promise<void> {
  const { jobs } = composed;
  let day = '';
  await play({
    github,
    repository: week.repository,
    steps: week.steps,
    settle,
    onTime: async (at) => {
      time.set(at);
      if (at.slice(0, 10) === day) return;
      day = at.slice(0, 10);
      for (const job of [jobs.installations, jobs.recovery, jobs['sla-digest']]) await job();
      await settle();
    },
    onStep,
  });
  await github.setNow(WEEK_ENDS);
  time.set(WEEK_ENDS);
  for (const job of [jobs.recovery, jobs['sla-digest']]) await job();
  await settle();
}
