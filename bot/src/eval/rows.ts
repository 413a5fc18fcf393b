import { createHash } from 'node:crypto';
import { z } from 'zod';

/** One labelled item. Everything that says what is right is optional: rows without truth are decided, but count for nothing. */
export const Row = z.object({
  id: z.string().min(1),
  repo: z.string().default(''),
  kind: z.enum(['issue', 'pull_request', 'discussion']).default('issue'),
  title: z.string().default(''),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? ''),
  areas: z.array(z.string()).optional(),
  runtime: z.boolean().optional(),
  integration: z.enum(['ocm', 'kro', 'flux']).nullish(),
  playbook: z.union([z.array(z.string()), z.string().transform((one) => [one])]).nullish(),
  abstain: z.boolean().optional(),
  homonym: z.boolean().optional(),
});
export type Row = z.infer<typeof Row>;

export type RowErrorCode = 'READ' | 'JSON' | 'SCHEMA' | 'EMPTY';

/** A file of rows that cannot be used; the message names file, line and remedy. */
export class RowError extends Error {
  readonly code: RowErrorCode;

  constructor(code: RowErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RowError';
    this.code = code;
  }
}

/** Parses JSON lines; empty lines are skipped. @throws RowError naming `file:line` */
export function parseRows(file: string, source: string): Row[] {
  const rows = source.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parseRow(`${file}:${index + 1}`, line)]));
  if (rows.length === 0) throw new RowError('EMPTY', `${file}:1: no rows; give a file with one JSON object a line`);
  return rows;
}

function parseRow(where: string, line: string): Row {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new RowError(
      'JSON',
      `${where}: not JSON (${cause instanceof Error ? cause.message : 'unreadable'}); write one JSON object a line`,
      { cause },
    );
  }
  const parsed = Row.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RowError('SCHEMA', `${where}: ${issue?.path.join('.') || 'row'}: ${issue?.message ?? 'does not fit'}; correct this field`);
}

/** `a` when the first hexadecimal digit of SHA-256(id) is 0–7, else `b`. */
export function halfOf(id: string): 'a' | 'b' {
  return createHash('sha256').update(id).digest('hex').charCodeAt(0) <= '7'.charCodeAt(0) ? 'a' : 'b';
}
