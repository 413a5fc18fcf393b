/**
 * Lets one caller pass in each turn of the event loop, in the order of asking: between two pieces of work that block, the process
 * looks at its sockets.
 */
export function createTurnstile(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const open = () => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(open);
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(open);
    });
}
