import * as z from 'zod';
import { ConfigError } from './error.ts';

/** A typed object of an OCM configuration: `type` is `<name>[/<version>]`, the rest belongs to that type. */
export type ConfigEntry = { readonly type: string; readonly [field: string]: unknown };

export const entrySchema = z.looseObject({ type: z.string().min(1).max(256) });

/** Whether an entry is of this type, written with its version or without: the unversioned name stands for it. */
export const isOfType = ({ type }: ConfigEntry, name: string, version: string): boolean => type === name || type === `${name}/${version}`;

/** The name of a type without its version: `credentials.config.ocm.software` of `credentials.config.ocm.software/v1`. */
export const typeName = (type: string): string => type.split('/')[0] ?? type;

/**
 * `value` in the form a schema asks for.
 * @throws ConfigError `SCHEMA`: names the path and what was expected there, never what was found
 */
export function parseShape<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  const expected = issue?.code === 'invalid_type' ? `expected ${issue.expected}` : 'not of the kind expected there';
  throw new ConfigError('SCHEMA', `${what}${path === '' ? '' : `, ${path}`}: ${expected}`);
}
