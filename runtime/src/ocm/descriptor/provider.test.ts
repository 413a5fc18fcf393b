import { describe, expect, it } from 'vitest';
import { parseProvider } from './provider.ts';

describe('the provider of a v2 document', () => {
  it.each([
    ['acme.org', 'acme.org'],
    ['{not json', '{not json'],
    ['"quoted"', '"quoted"'],
    ['42', '42'],
    [' {"name":"acme"} ', 'acme'],
  ])('%j is named %j', (text, name) => {
    expect(parseProvider(text)).toEqual({ name, labels: [] });
  });

  it('may have labels', () => {
    expect(parseProvider('{"name":"acme","labels":[{"name":"a","value":[1],"signing":true}]}').labels).toMatchObject([
      { name: 'a', value: [1], signing: true },
    ]);
  });

  it.each(['{}', '{"name":""}', '{"name":"a","labels":[{}]}'])('%s is refused', (text) => {
    expect(() => parseProvider(text)).toThrow(expect.objectContaining({ code: 'DESCRIPTOR_SCHEMA' }));
  });

  it('a name that occurs twice is refused', () => {
    expect(() => parseProvider('{"name":"a","name":"b"}')).toThrow(/twice/);
  });
});
