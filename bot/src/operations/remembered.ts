/**
 * What is read for everybody at once: callers share one reading, and its answer for `forMs` after it came. A reading that fails is not
 * kept. For answers that cost more than a stranger should be able to ask for.
 */
export function remembered<T>(read: () => Promise<T>, forMs: number): () => Promise<T> {
  let kept: Promise<T> | undefined;
  const forget = () => {
    kept = undefined;
  };
  return () => {
    if (!kept) {
      kept = read();
      kept.then(() => setTimeout(forget, forMs).unref(), forget);
    }
    return kept;
  };
}
