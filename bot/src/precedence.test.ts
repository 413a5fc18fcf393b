import { describe, expect, it } from 'vitest';
import { createPrecedence } from './precedence.ts';

const NEVER_MS = 60_000;

function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe('createPrecedence', () => {
  it('lets others pass at once when nothing urgent is under way', async () => {
    await createPrecedence(NEVER_MS).giveWay();
  });

  it('makes others wait until the last urgent work is done', async () => {
    const precedence = createPrecedence(NEVER_MS);
    const [first, second] = [gate(), gate()];
    const order: string[] = [];
    const urgent = [first, second].map((each, index) => precedence.urgent(() => each.opened).then(() => order.push(`urgent ${index}`)));
    const other = precedence.giveWay().then(() => order.push('other'));
    first.open();
    await urgent[0];
    second.open();
    await Promise.all([...urgent, other]);
    expect(order).toEqual(['urgent 0', 'urgent 1', 'other']);
  });

  it('lets others pass one by one, in the order of asking, while urgent work goes on for ever', async () => {
    const precedence = createPrecedence(1);
    const endless = gate();
    const urgent = precedence.urgent(() => endless.opened);
    const passed: number[] = [];
    await Promise.all([1, 2, 3].map((each) => precedence.giveWay().then(() => passed.push(each))));
    expect(passed).toEqual([1, 2, 3]);
    endless.open();
    await urgent;
  });

  it('hands on what urgent work returns and throws, and counts it as done either way', async () => {
    const precedence = createPrecedence(NEVER_MS);
    expect(await precedence.urgent(async () => 7)).toBe(7);
    await expect(precedence.urgent(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await precedence.giveWay();
  });
});
