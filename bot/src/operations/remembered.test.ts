import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { remembered } from './remembered.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('reads once for many callers, and again when the time is over', async () => {
  let reads = 0;
  const read = remembered(async () => ++reads, 30_000);
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(await read()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await read()).toBe(2);
});

it('keeps no failure', async () => {
  const answers = [Promise.reject(new Error('down')), Promise.resolve('up')];
  const read = remembered(() => answers.shift() ?? Promise.resolve('later'), 30_000);
  await expect(read()).rejects.toThrow('down');
  expect(await read()).toBe('up');
});
