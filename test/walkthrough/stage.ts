import { standingTime } from '../../bot/src/embedded/simulated-time.ts';
import { openStage, type Stage } from '../../bot/src/embedded/stage.ts';
import { parseOptions } from '../../bot/src/options.ts';

/** The stage of `npm start` without its accidents: no faults, one worker, a standing clock, so that every run leaves the same pages. */
export function openWalkthrough(): Promise<Stage> {
  const options = parseOptions({ port: 0, adminPort: 0, workers: 1 }, {});
  return openStage({ options, clock: standingTime });
}
