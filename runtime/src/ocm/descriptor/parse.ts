import type { z } from 'zod';
import { OcmError, quoted } from '../error.ts';
import { fromV2 } from './convert-v2.ts';
import { fromV3 } from './convert-v3.ts';
import { descriptorFindings } from './findings.ts';
import { type JsonObject, valueAt } from './json.ts';
import type { Descriptor } from './model.ts';
import { DescriptorSchemaError, type Finding, schemaFindings } from './schema-error.ts';
import { v2Schema } from './schema-v2.ts';
import { V3_API_VERSION, v3Schema } from './schema-v3.ts';
import { readDescriptorText, type TextFormat } from './text.ts';

/** A component descriptor as it was found, with what is read out of it. */
export interface DescriptorDocument {
  /** The bytes as received: hand these on to keep a descriptor unchanged. */
  readonly bytes: Uint8Array;
  readonly format: TextFormat;
  /** All values of the document, also those that no schema names. */
  readonly value: JsonObject;
  readonly descriptor: Descriptor;
  /** Breaches of the schema's patterns, which readers tolerate (see `descriptorFindings`). */
  readonly findings: readonly Finding[];
}

export interface ParseDescriptorOptions {
  /** Default: JSON if the text begins with `{`, else YAML. */
  readonly format?: TextFormat;
  /** Default 8 MiB. */
  readonly maxBytes?: number;
  /** Refuse findings too, as a writer should. Default false. */
  readonly strict?: boolean;
}

/**
 * Reads a component descriptor, schema v2 or v3alpha1, from JSON or YAML. Throws `OcmError` with `DESCRIPTOR_TOO_LARGE`,
 * `DESCRIPTOR_SYNTAX`, `DESCRIPTOR_UNSUPPORTED` (another schema) or `DESCRIPTOR_SCHEMA` (a `DescriptorSchemaError` with all findings).
 */
export function parseDescriptor(bytes: Uint8Array, options: ParseDescriptorOptions = {}): DescriptorDocument {
  const { format, value } = readDescriptorText(bytes, options.format, options.maxBytes);
  const descriptor = toModel(value);
  const findings = descriptorFindings(descriptor);
  if (options.strict === true && findings.length > 0) throw new DescriptorSchemaError(findings);
  return { bytes, format, value, descriptor, findings };
}

/** Writes values as a document of their own, JSON without blanks, and reads it back: what is written is known to be readable. */
export function composeDescriptor(value: JsonObject): DescriptorDocument {
  return parseDescriptor(new TextEncoder().encode(JSON.stringify(value)), { format: 'json' });
}

function toModel(value: JsonObject): Descriptor {
  if (value.apiVersion === V3_API_VERSION) return fromV3(check(v3Schema, value));
  const version = valueAt(value, ['meta', 'schemaVersion']) ?? value.apiVersion;
  if (typeof version === 'string' && !version.startsWith('v2')) {
    throw new OcmError('DESCRIPTOR_UNSUPPORTED', `descriptor has the schema ${quoted(version)}: write v2 or ${V3_API_VERSION}`);
  }
  return fromV2(check(v2Schema, value));
}

function check<T extends z.ZodType>(schema: T, value: JsonObject): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new DescriptorSchemaError(schemaFindings(result.error, value));
}
