import { describe, expect, it } from 'vitest';
import { burst } from '../bench/burst.ts';
import { warmUp } from '../bench/child.ts';
import { sampleTexts, signedBodies } from '../bench/deliveries.ts';

const DELIVERIES = 2_000;
const ITEMS = 1_000;
/** 200 MB. */
const MEMORY_MIB = 190;

describe('a burst of deliveries to the bot as it runs in production', () => {
  it('loses none, acts on no duplicate, decides all of them and stays small', async () => {
    await warmUp('bot');
    const bodies = signedBodies({ count: DELIVERIES, items: ITEMS, textOf: sampleTexts() });
    const run = await burst('bot', { bodies, deliveries: DELIVERIES, items: ITEMS, concurrency: 64 });
    expect(run).toMatchObject({ requests: 2_100, refused: 0, lost: 0, duplicatesSent: 100, duplicatesIgnored: 100, handlerErrors: 0 });
    expect(run.decisions).toBeGreaterThan(0);
    expect(run.effects).toBeGreaterThan(0);
    expect(run.residentMiB).toBeLessThan(MEMORY_MIB);
  }, 240_000);
});
