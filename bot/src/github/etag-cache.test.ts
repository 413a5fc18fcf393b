import { expect, it } from 'vitest';
import { EtagCache } from './etag-cache.ts';

const answer = (etag: string) => ({ etag, status: 200, url: '', headers: {}, data: etag });

it('keeps what was used last and never more than its capacity', () => {
  const cache = new EtagCache(2);
  cache.put('a', answer('1'));
  cache.put('b', answer('2'));
  expect(cache.get('a')?.etag).toBe('1');
  cache.put('c', answer('3'));
  expect([cache.get('a')?.etag, cache.get('b')?.etag, cache.get('c')?.etag]).toEqual(['1', undefined, '3']);
  cache.put('a', answer('4'));
  expect([cache.get('a')?.etag, cache.size]).toEqual(['4', 2]);
});
