import { createMatcher, createScopeModel, extractEvidence } from '@sig-runtime/playbooks';
import { loadPlaybooks } from '@sig-runtime/playbooks/load';
import { type Latency, latency, round } from './statistics.ts';
import { benchTexts } from './texts.ts';

/** `cpuMs`: mean time of the processor, which other programs on the machine do not lengthen much. */
export type TextResult = { name: string; hostile: boolean; chars: number; runs: number; ms: Latency; cpuMs: number };

export type MatcherResult = { texts: readonly TextResult[]; ordinaryMs: Latency; hostileMs: Latency & { text: string; cpuMs: number } };

/** Runs that are not counted: the machine code of a hot bot, not of the first minute, is what is measured. */
const WARM_UP_RUNS = 20;

/**
 * Time to read one text of 64 Ki characters: cleaning, redaction, evidence, scope and diagnosis. Diagnosis runs even where the scope
 * says no (the bot leaves it out then), so that a text costs what it can cost. `hostileMs` is the costliest hostile text, by p99.
 */
export function benchMatcher({ runs, onProgress }: { runs: number; onProgress: (line: string) => void }): MatcherResult {
  const playbooks = loadPlaybooks();
  const matcher = createMatcher(playbooks);
  const scope = createScopeModel();
  const title = 'Component is not ready';
  const read = (text: string) => {
    const set = extractEvidence(title, text);
    scope.decide({ title, text: set.text });
    matcher.diagnose(set);
  };
  const texts = benchTexts(playbooks).map(({ name, hostile, text }): TextResult => {
    for (let run = 0; run < WARM_UP_RUNS; run++) read(text);
    const cpu = process.cpuUsage();
    const ms = latency(Array.from({ length: runs }, () => timed(() => read(text))));
    const { user, system } = process.cpuUsage(cpu);
    const cpuMs = round((user + system) / 1000 / runs);
    onProgress(`matcher: ${name}: p50 ${ms.p50} ms, p99 ${ms.p99} ms, CPU ${cpuMs} ms`);
    return { name, hostile, chars: text.length, runs, ms, cpuMs };
  });
  const costliest = (hostile: boolean) =>
    texts.filter((one) => one.hostile === hostile).reduce((worst, one) => (one.ms.p99 > worst.ms.p99 ? one : worst));
  const worst = costliest(true);
  return { texts, ordinaryMs: costliest(false).ms, hostileMs: { text: worst.name, ...worst.ms, cpuMs: worst.cpuMs } };
}

function timed(act: () => void): number {
  const from = performance.now();
  act();
  return round(performance.now() - from);
}
