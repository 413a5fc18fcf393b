import { describe, expect, it } from 'vitest';
import { table } from './table.ts';

describe('table', () => {
  it('aligns columns and leaves no space at line ends', () => {
    expect(
      table(
        ['a', 'long head'],
        [
          ['x', 1],
          ['longer', ''],
        ],
      ),
    ).toBe('a       long head\nx       1\nlonger');
  });

  it('drops control characters of user text, so that nobody can paint on a terminal', () => {
    expect(table(['a'], [['\u001b[31mred\u001b[0m\nline\u0007']])).toBe('a\nred line');
  });

  it('cuts long cells', () => {
    expect(table(['a'], [['x'.repeat(200)]]).split('\n')[1]).toHaveLength(72);
  });
});
