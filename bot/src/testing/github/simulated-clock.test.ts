import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimulatedClock, toText } from './simulated-clock.ts';

describe('simulated time', () => {
  it('is real until it is set, then stands still', async () => {
    const clock = new SimulatedClock();
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
    expect(clock.rewrite('2026-01-01T00:00:00.123Z')).toBe('2026-01-01T00:00:00Z');
    await clock.set('2030-05-06T07:08:09Z');
    expect(clock.nowText()).toBe('2030-05-06T07:08:09Z');
    expect(clock.rewrite(new Date().toISOString())).toBe('2030-05-06T07:08:09Z');
  });

  it('leaves alone what is no time', async () => {
    const clock = new SimulatedClock();
    await clock.set('2030-05-06T07:08:09Z');
    expect(clock.rewrite('not yet')).toBe('not yet');
    await expect(clock.set('soon')).rejects.toThrow(RangeError);
  });

  it('keeps the order of everything that was stamped, whatever the steps', async () => {
    const steps = fc.array(fc.record({ realMs: fc.integer({ min: 1, max: 50 }), simulatedS: fc.integer({ min: 0, max: 100_000 }) }), {
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        let real = 1_000_000;
        const clock = new SimulatedClock(() => real++);
        let simulated = Date.parse('2026-08-03T00:00:00Z');
        const stamps: number[] = [real];
        for (const { realMs, simulatedS } of given) {
          real += realMs;
          simulated += simulatedS * 1000;
          await clock.set(toText(simulated));
          stamps.push(real);
        }
        const shown = stamps.slice(1).map((stamp) => clock.toSimulated(stamp));
        expect(shown).toEqual(shown.toSorted((a, b) => a - b));
        if (given.length > 0) expect(shown.at(-1)).toBe(simulated);
      }),
    );
  });
});
