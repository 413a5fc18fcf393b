import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurnstile } from './turnstile.ts';

it('lets callers pass one a turn, in the order of asking', async () => {
  const pass = createTurnstile();
  const passed: string[] = [];
  for (const name of ['a', 'b', 'c']) void pass().then(() => passed.push(name));
  const seen: string[] = [];
  for (let turns = 0; turns < 4; turns++) {
    await turn();
    seen.push(passed.join(''));
  }
  expect(seen.at(-1)).toBe('abc');
  expect(seen.every((now, index) => now.length - (seen[index - 1] ?? '').length <= 1)).toBe(true);
  await pass();
});
