/** Milliseconds since the Unix epoch, UTC. Passed in, so that nothing below `main.ts` reads a clock of its own. */
export type Clock = () => number;

/** RFC 3339 UTC with milliseconds. */
export function toRfc3339(ms: number): string {
  return new Date(ms).toISOString();
}
