import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CatalogError } from './error.ts';
import { parseDataFile } from './parse.ts';

const Schema = z.strictObject({ list: z.array(z.strictObject({ name: z.string(), state: z.enum(['good', 'bad']) })) });

function failure(text: string): CatalogError {
  try {
    parseDataFile(Schema, 'data/list.yaml', text);
  } catch (error) {
    if (error instanceof CatalogError) return error;
    throw error;
  }
  throw new Error('the text was accepted');
}

describe('parsing a data file', () => {
  it.each([
    ['an unclosed quote', 'list:\n  - name: "a\n', 'SYNTAX', 3, /quotes/],
    ['a repeated key', 'list: []\nlist: []\n', 'SYNTAX', 2, /keep one/],
    ['a tab', 'list:\n\t- name: a\n', 'SYNTAX', 2, /spaces|quotes/],
    ['a misspelt key', 'list:\n  - name: a\n    stat: good\n    state: good\n', 'INVALID', 3, /remove "stat"/],
    ['a value outside the list', 'list:\n  - name: a\n    state: fine\n', 'INVALID', 3, /good, bad/],
    ['a number for a text', 'list:\n  - name: 1.10\n    state: good\n', 'INVALID', 2, /in quotes/],
    ['a missing key', 'list:\n  - name: a\n', 'INVALID', 2, /add the missing key "state"/],
    ['an empty file', '', 'INVALID', 1, /object/],
  ])('reports %s with file, line, column and remedy', (_, text, code, line, remedy) => {
    const error = failure(text);
    expect(error).toMatchObject({ code, line, file: 'data/list.yaml', remedy: expect.stringMatching(remedy) });
    expect(error.message).toMatch(new RegExp(`^data/list\\.yaml:${line}:${error.column}: .+; .+`));
  });

  it('points at the value, not at the line start', () => {
    expect(failure('list:\n  - name: a\n    state: fine\n').column).toBe(12);
    expect(failure('list:\n  - { name: a, state: good, stat: bad }\n').column).toBe(29);
  });

  it('reports the first fault of the file when there are several', () => {
    expect(failure('list:\n  - name: a\n    state: x\n  - name: 2\n    state: y\n').line).toBe(3);
  });

  it('reads JSON with the same positions', () => {
    expect(failure('{ "list": [\n  { "name": "a",\n    "state": "x" } ] }').line).toBe(3);
    expect(parseDataFile(Schema, 'x.json', '{"list":[]}').data).toEqual({ list: [] });
  });

  it('locates values, and parents of values that are not there', () => {
    const { locate } = parseDataFile(Schema, 'x.yaml', 'list:\n  - name: a\n    state: good\n');
    expect(locate(['list', 0, 'state'])).toEqual({ file: 'x.yaml', line: 3, column: 12 });
    expect(locate(['list', 7, 'state'])).toMatchObject({ line: 2 });
  });
});
