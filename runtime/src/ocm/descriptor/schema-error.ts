import type { z } from 'zod';
import { OcmError } from '../error.ts';
import { type JsonPath, type JsonValue, printPath, valueAt } from './json.ts';

/** One thing wrong with a descriptor: where, and what to do. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

const MAX_NAMED = 10;

/** A descriptor that does not fit its schema; `findings` has all, the message the first ten. */
export class DescriptorSchemaError extends OcmError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const named = findings.slice(0, MAX_NAMED).map(({ path, message }) => `${path} ${message}`);
    const more = findings.length > MAX_NAMED ? [`and ${findings.length - MAX_NAMED} more`] : [];
    super('DESCRIPTOR_SCHEMA', `descriptor does not fit its schema: ${[...named, ...more].join('; ')}`);
    this.name = 'DescriptorSchemaError';
    this.findings = findings;
  }
}

/** Turns what zod found into findings that name path, problem and remedy. */
export function schemaFindings(error: z.ZodError, value: JsonValue): readonly Finding[] {
  return error.issues.map((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    return { path: printPath(path), message: explain(issue, valueAt(value, path), path) };
  });
}

function explain(issue: z.core.$ZodIssue, found: JsonValue | undefined, path: JsonPath): string {
  if (found === undefined) return 'is missing: add it';
  if (issue.code === 'invalid_type') {
    const quotable = issue.expected === 'string' && (typeof found === 'number' || typeof found === 'boolean');
    return `must be ${article(issue.expected)} but is ${describe(found)}: ${quotable ? 'put it in quotes' : `write ${article(issue.expected)}`}`;
  }
  if (issue.code === 'too_small' && found === '') return 'is empty: write a value';
  if (issue.code === 'invalid_value') return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}: change it`;
  if (issue.code === 'invalid_union') return `must be true or false but is ${describe(found)}: change it`;
  return `is not accepted as ${String(path.at(-1) ?? 'document')}: ${issue.message.toLowerCase()}`;
}

function article(type: string): string {
  const name = { record: 'mapping', object: 'mapping', array: 'list' }[type] ?? type;
  return `a ${name}`;
}

function describe(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return `the ${typeof value} ${JSON.stringify(value).slice(0, 40)}`;
}
