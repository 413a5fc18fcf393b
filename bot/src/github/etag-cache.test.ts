import { expect, it } from 'vitest';
import { EtagCache } from './etag-cache.ts';

const answer = (etag: string, json = '') => ({ etag, status: 200, url: '', headers: {}, json });

it('keeps what was used last and never more answers than it may', () => {
  const cache = new EtagCache({ responses: 2, characters: 100 });
  cache.put('a', answer('1'));
  cache.put('b', answer('2'));
  expect(cache.get('a')?.etag).toBe('1');
  cache.put('c', answer('3'));
  expect([cache.get('a')?.etag, cache.get('b')?.etag, cache.get('c')?.etag]).toEqual(['1', undefined, '3']);
  cache.put('a', answer('4'));
  expect([cache.get('a')?.etag, cache.size]).toEqual(['4', 2]);
});

it('never holds more text than it may, and nothing that would push out everything else', () => {
  const cache = new EtagCache({ responses: 100, characters: 100 });
  for (let n = 0; n < 50; n += 1) cache.put(`k${n}`, answer(`${n}`, 'x'.repeat(20)));
  expect(cache.size).toBe(5);
  expect(cache.get('k49')?.etag).toBe('49');
  cache.put('huge', answer('h', 'x'.repeat(26)));
  expect([cache.get('huge'), cache.size]).toEqual([undefined, 5]);
  cache.put('k49', answer('smaller', 'x'));
  cache.put('k50', answer('50', 'x'.repeat(19)));
  expect(cache.size).toBe(6);
});

it('forgets an answer that has grown too large to keep', () => {
  const cache = new EtagCache({ responses: 100, characters: 100 });
  cache.put('a', answer('1', 'x'));
  cache.put('a', answer('2', 'x'.repeat(50)));
  expect([cache.get('a'), cache.size]).toEqual([undefined, 0]);
});
