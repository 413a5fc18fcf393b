import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from './error.ts';
import { maxConfigBytes, readYaml } from './read-yaml.ts';
import { refusal } from './test-refusal.ts';

describe('configuration documents', () => {
  it('are YAML 1.2 or JSON: dates, yes and no stay text', () => {
    expect(readYaml('{"a": [1, true, null]}', 'x')).toEqual({ a: [1, true, null] });
    expect(readYaml('a: 2026-01-02\nb: yes\nc: 0o7\n', 'x')).toEqual({ a: '2026-01-02', b: 'yes', c: 7 });
    expect(readYaml('', 'x')).toBeNull();
  });

  it.each([
    ['an alias', 'a: &x 1\nb: *x'],
    ['a key twice', 'a: 1\nb: 2\na: 3'],
    ['a key twice, quoted once', 'a: 1\n"a": 2'],
    ['a merge of an alias', 'a: &x {b: 1}\nc:\n  <<: *x'],
    ['a tag of its own', 'a: !exec rm'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['a key that is a mapping', '{a: 1}: 2'],
    ['a key that is a number', '1: 2'],
    ['the key of the prototype', '__proto__: {admin: true}'],
    ['no YAML', 'a: [1'],
  ])('are refused with %s', async (_, text) => {
    expect(await refusal(() => readYaml(text, 'x'))).toBe('SYNTAX');
  });

  it('are refused when too large or too deep', async () => {
    expect(await refusal(() => readYaml(' '.repeat(maxConfigBytes + 1), 'x'))).toBe('TOO_LARGE');
    expect(await refusal(() => readYaml('['.repeat(10_000), 'x'))).toBe('TOO_DEEP');
    expect(await refusal(() => readYaml(`${'['.repeat(70)}${']'.repeat(70)}`, 'x'))).toBe('TOO_DEEP');
    expect(await refusal(() => readYaml('- '.repeat(70), 'x'))).toBe('TOO_DEEP');
  });

  it('print their place and never their text', () => {
    for (const text of ['ok: 1\npassword: "s3cr3t', 'a: 1\ns3cr3t: 1\ns3cr3t: 2', 'a: !s3cr3t 1', 'b: *s3cr3t', 'a: s3cr3t: 1']) {
      expect(() => readYaml(text, 'my.yaml')).toThrow(
        expect.objectContaining({ message: expect.stringMatching(/^my\.yaml, line \d/) as unknown }),
      );
      expect(() => readYaml(text, 'my.yaml')).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('s3cr3t') as unknown }),
      );
    }
  });

  it('read back what JSON prints, or end in a typed error', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        if (text.includes('"__proto__"')) return;
        expect(readYaml(text, 'x')).toEqual(JSON.parse(text));
      }),
      { numRuns: 200 },
    );
    const pieces = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      '&a ',
      '*a',
      '!',
      '|',
      '"',
      "'",
      '#',
      '%',
      '---\n',
      '\t',
      '? ',
      ',',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        try {
          readYaml(parts.join(''), 'x');
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
