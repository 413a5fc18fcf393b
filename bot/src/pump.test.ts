import { describe, expect, it } from 'vitest';
import { createPump } from './pump.ts';

const never = 1_000_000;

describe('a pump', () => {
  it('works in as many lanes as it may, and no more', async () => {
    let left = 10;
    let running = 0;
    let peak = 0;
    const work = async () => {
      if (left === 0) return false;
      left -= 1;
      running += 1;
      peak = Math.max(peak, running);
      await tick();
      running -= 1;
      return true;
    };
    const pump = createPump({ work, concurrency: 3, idleMs: never, onError: () => {} });
    expect(await pump.drain()).toBe(10);
    expect(peak).toBe(3);
  });

  it('finishes what it began when it is stopped, and begins nothing more', async () => {
    const stop = new AbortController();
    const log: string[] = [];
    const work = async () => {
      log.push('begun');
      stop.abort();
      await tick();
      log.push('finished');
      return true;
    };
    await createPump({ work, concurrency: 1, idleMs: never, onError: () => {} }).run(stop.signal);
    expect(log).toEqual(['begun', 'finished']);
  });

  it('rests when nothing is due until it is woken, also by a call during the last look', async () => {
    const stop = new AbortController();
    let due = 0;
    let done = 0;
    let looks = 0;
    const pump = createPump({
      work: async () => {
        looks += 1;
        if (looks === 1) pump.wake();
        if (due === 0) return false;
        due -= 1;
        done += 1;
        return true;
      },
      concurrency: 1,
      idleMs: never,
      onError: () => {},
    });
    const running = pump.run(stop.signal);
    await tick();
    expect(looks).toBe(2);
    due = 2;
    pump.wake();
    await tick();
    expect(done).toBe(2);
    stop.abort();
    await running;
  });

  it('reports a failing store and goes on after a rest', async () => {
    const stop = new AbortController();
    const errors: unknown[] = [];
    const work = async () => {
      if (errors.length < 3) throw new Error('store is down');
      stop.abort();
      return true;
    };
    await createPump({ work, concurrency: 1, idleMs: 1, onError: (error) => errors.push(error) }).run(stop.signal);
    expect(errors).toHaveLength(3);
  });

  it('throws the fault out of a drain', async () => {
    const pump = createPump({ work: () => Promise.reject(new Error('store is down')), concurrency: 2, idleMs: never, onError: () => {} });
    await expect(pump.drain()).rejects.toThrow('store is down');
  });
});

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
