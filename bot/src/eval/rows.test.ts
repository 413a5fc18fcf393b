import { describe, expect, it } from 'vitest';
import { halfOf, parseRows, RowError } from './rows.ts';

function failure(source: string): RowError {
  try {
    parseRows('x.jsonl', source);
  } catch (error) {
    if (error instanceof RowError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('rows', () => {
  it('may leave out everything but the id', () => {
    expect(parseRows('x.jsonl', '{"id":"a#1"}\n\n')).toEqual([{ id: 'a#1', repo: '', kind: 'issue', title: '', body: '' }]);
  });

  it('take a missing body and a single playbook as they come', () => {
    const [row] = parseRows('x.jsonl', '{"id":"a","body":null,"playbook":"PB-001"}');
    expect(row).toMatchObject({ body: '', playbook: ['PB-001'] });
  });

  it('that are no JSON are named by file and line', () => {
    const error = failure('{"id":"a"}\n{"id":');
    expect(error.code).toBe('JSON');
    expect(error.message).toMatch(/^x\.jsonl:2: not JSON/);
  });

  it('with a field of the wrong type name the field', () => {
    const error = failure('{"id":"a","runtime":"yes"}');
    expect(error.code).toBe('SCHEMA');
    expect(error.message).toMatch(/^x\.jsonl:1: runtime: .*correct this field$/);
  });

  it('must be there', () => {
    expect(failure('\n').code).toBe('EMPTY');
  });

  it('fall into halves by the first hexadecimal digit of SHA-256(id)', () => {
    expect(halfOf('a')).toBe('b'); // ca97…
    expect(halfOf('b')).toBe('a'); // 3e23…
    expect(halfOf('c')).toBe('a'); // 2e7d…
  });
});
