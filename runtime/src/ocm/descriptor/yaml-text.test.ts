import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { valueAt } from './json.ts';
import { parseYaml } from './yaml-text.ts';

const both = (text: string) => [parseYaml(`v: ${text}`, { ambiguous: 'go' }), () => parseYaml(`v: ${text}`)] as const;

describe('scalars that YAML 1.1 and 1.2 read differently', () => {
  it.each([
    ['yes', true],
    ['Off', false],
    ['n', false],
    ['0123', 83],
    ['-010', -8],
    ['0b11', 3],
    ['-0x1F', -31],
    ['1_000', 1000],
    ['1_0.5', 10.5],
    ['3._7', 3.7],
    ['.1_7', 0.17],
    ['5_E3', 5000],
    ['+_0', 0],
  ])('%s is refused, or %j as in Go', (text, value) => {
    const [read, refuse] = both(text);
    expect(read).toEqual({ v: value });
    expect(refuse).toThrow(expect.objectContaining({ code: 'DESCRIPTOR_SYNTAX', message: expect.stringMatching(/readers disagree/) }));
  });

  it.each([
    ['true', true],
    ['~', null],
    ['12', 12],
    ['089', 89],
    ['0', 0],
    ['0x1F', 31],
    ['0o17', 15],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.2.3', '1.2.3'],
    ['2025-07-28', '2025-07-28'],
    ['12:30:45', '12:30:45'],
    ['"yes"', 'yes'],
    ['sha256:0123', 'sha256:0123'],
    ['_1', '_1'],
    ['.1_', '.1_'],
    ['none', 'none'],
  ])('%s is %j for everybody', (text, value) => {
    const [read, other] = both(text);
    expect(read).toEqual({ v: value });
    expect(other()).toEqual({ v: value });
  });
});

describe('keys', () => {
  it.each([
    ['n', 'false'],
    ['True', 'true'],
    ['1_0', '10'],
    ['010', '8'],
  ])('%s is refused, or "%s" as in Go', (key, name) => {
    expect(parseYaml(`${key}: x`, { ambiguous: 'go' })).toEqual({ [name]: 'x' });
    expect(() => parseYaml(`${key}: x`)).toThrow(/readers disagree/);
  });

  it.each(['12', 'true', '1.2.3', 'a b', '"n"', "'010'"])('%s is text for everybody', (key) => {
    const name = key.replaceAll(/["']/g, '');
    expect(parseYaml(`${key}: x`)).toEqual({ [name]: 'x' });
    expect(parseYaml(`${key}: x`, { ambiguous: 'go' })).toEqual({ [name]: 'x' });
  });

  it.each([
    '~: x',
    '1.5: x',
    '1e3: x',
    '12345678901234567890: x',
    '? [a]\n: x',
    ': x',
    '<<: {a: 1}',
    '&a b: x',
    '!!str b: x',
    'n: 1\nno: 2',
  ])('%j is refused in either reading', (text) => {
    for (const ambiguous of ['go', 'refuse'] as const) {
      expect(() => parseYaml(text, { ambiguous, subject: 'constructor' })).toThrow(
        expect.objectContaining({ message: expect.stringMatching(/^constructor /) }),
      );
    }
  });

  it('the constructor of the fixtures is read as the official tool read it', () => {
    const text = readFileSync(new URL('../../../../test/fixtures/ocm/constructor.yaml', import.meta.url), 'utf8');
    const value = parseYaml(text, { ambiguous: 'go' });
    expect(valueAt(value, ['components', 0, 'labels', 0, 'value'])).toEqual({ tier: 'walrus', false: 3, nested: [1, null, 'ü'] });
  });
});
