import { type Document, isAlias, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { configurationJsonSchema, type JsonSchema } from './json-schema.ts';
import { nearest } from './nearest.ts';
import { type Configuration, configurationSchema, type Section, toConfiguration } from './schema.ts';

/** One thing wrong with the file; `line` and `column` count from 1. `remedy` says what to do about it. */
export type ConfigurationProblem = { line: number; column: number; message: string; remedy: string };

/** `raw`: the top-level keys as written, for merging with another file; sections that are empty or `false` included. */
export type ParsedConfiguration =
  | { ok: true; configuration: Configuration; raw: Readonly<Record<string, unknown>> }
  | { ok: false; errors: readonly ConfigurationProblem[] };

const MAX_SIZE_BYTES = 65_536;
const MAX_LINES = 2000;
const MAX_NESTING = 20;
/** Keys, list entries and anchors: the parser compares every key with every other. */
const MAX_ENTRIES = 1000;
/** Problems that are explained; each is located in the document, and nobody reads more. */
const MAX_PROBLEMS = 100;

/**
 * Reads `.github/sig-runtime.yml`. At most 64 KiB, 2,000 lines and 1,000 entries, no anchors or aliases, one document. Never throws:
 * what is wrong (the first hundred) is in `errors`, in the order of the file.
 */
export function parseConfiguration(text: string, handlers: readonly Section[]): ParsedConfiguration {
  const early = tooMuch(text);
  if (early) return { ok: false, errors: [early] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, stringKeys: true, logLevel: 'error', prettyErrors: false });
  const syntax = [...syntaxErrors(document, lines), ...aliases(document, lines)];
  if (syntax.length > 0) return { ok: false, errors: syntax };
  const raw: unknown = document.toJS({ maxAliasCount: 0 });
  if (!isRecord(raw)) {
    return { ok: false, errors: [problem({ line: 1, col: 1 }, 'the file is not a mapping', 'start with `version: 1`')] };
  }
  const checked = checkConfiguration(raw, handlers);
  if (checked.ok) return { ...checked, raw };
  const schema = configurationJsonSchema(handlers);
  const errors = checked.issues.slice(0, MAX_PROBLEMS).flatMap((issue) => {
    if (issue.path.length > 0 && !document.hasIn(issue.path)) return missing(issue, positionOf(document, lines, issue.path));
    return explain(issue, schema, (path, key) => positionOf(document, lines, path, key));
  });
  return { ok: false, errors: errors.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** Checks a mapping of top-level keys. Empty sections mean all defaults, `false` means absent. */
export function checkConfiguration(
  raw: Readonly<Record<string, unknown>>,
  handlers: readonly Section[],
): { ok: true; configuration: Configuration } | { ok: false; issues: readonly z.core.$ZodIssue[] } {
  const names = new Set(handlers.map(({ name }) => name));
  const entries = Object.entries(raw)
    .filter(([name, value]) => !(names.has(name) && value === false))
    .map(([name, value]) => [name, value === null ? (name === 'version' || name === 'mode' ? value : {}) : value]);
  const result = configurationSchema(handlers).safeParse(Object.fromEntries(entries));
  return result.success ? { ok: true, configuration: toConfiguration(result.data, handlers) } : { ok: false, issues: result.error.issues };
}

type Position = { line: number; col: number };
type Locate = (path: readonly PropertyKey[], key?: string) => Position;

function explain(issue: z.core.$ZodIssue, schema: JsonSchema, locate: Locate): readonly ConfigurationProblem[] {
  const where = issue.path.length > 0 ? issue.path.map(String).join('.') : 'the file';
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schemaAt(schema, issue.path)?.properties ?? {});
    return issue.keys.slice(0, MAX_PROBLEMS).map((key) => {
      const meant = nearest(key, known);
      const list = known.length > 0 ? `known here: ${known.join(', ')}` : 'nothing is set here';
      const remedy = meant === undefined ? `remove it; ${list}` : `did you mean ${meant}?`;
      return problem(locate(issue.path, key), `unknown key ${key} in ${where}`, remedy);
    });
  }
  if (issue.code === 'invalid_value') {
    return [problem(locate(issue.path), `${where}: ${issue.message.toLowerCase()}`, `one of: ${issue.values.map(String).join(', ')}`)];
  }
  return [
    problem(
      locate(issue.path),
      `${where}: ${issue.message}`,
      `see what ${String(issue.path[0] ?? 'the file')} allows in docs/reference/configuration.md`,
    ),
  ];
}

function missing(issue: z.core.$ZodIssue, at: Position): ConfigurationProblem {
  const where = issue.path.map(String).join('.');
  const value = issue.code === 'invalid_value' ? issue.values.map(String).join(' or ') : 'a value';
  return problem(at, `${where} is missing`, `add ${where}: ${value}`);
}

function problem({ line, col }: Position, message: string, remedy: string): ConfigurationProblem {
  return { line, column: col, message, remedy };
}

/** The schema below a path; through arrays, records and the alternatives of a section. */
function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema | undefined {
  let current: JsonSchema | undefined = schema;
  for (const key of path) {
    const object: JsonSchema | undefined = current?.anyOf?.find(({ properties }) => properties) ?? current;
    const rest: JsonSchema | undefined = typeof object?.additionalProperties === 'object' ? object.additionalProperties : undefined;
    current = typeof key === 'number' ? object?.items : (object?.properties?.[String(key)] ?? rest);
  }
  return current?.anyOf?.find(({ properties }) => properties) ?? current;
}

/** Where a value stands; where its nearest existing parent stands when it is missing; where the key stands when one is named. */
function positionOf(document: Document, lines: LineCounter, path: readonly PropertyKey[], key?: string): Position {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const named =
      key !== undefined && length === path.length && isMap(node) ? node.items.find((pair) => keyOf(pair.key) === key)?.key : node;
    const start = rangeStart(named) ?? rangeStart(node);
    if (start !== undefined) return lines.linePos(start);
  }
  return { line: 1, col: 1 };
}

function keyOf(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function rangeStart(node: unknown): number | undefined {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}

function syntaxErrors(document: Document, lines: LineCounter): readonly ConfigurationProblem[] {
  return document.errors.slice(0, MAX_PROBLEMS).map(({ pos, message }) => {
    const first = message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
    return problem(lines.linePos(pos[0]), `not valid YAML: ${first}`, 'fix the syntax; indentation is by spaces');
  });
}

function aliases(document: Document, lines: LineCounter): readonly ConfigurationProblem[] {
  const found: ConfigurationProblem[] = [];
  visit(document, {
    Node: (_, node) => {
      const named = isAlias(node) || ('anchor' in node && node.anchor !== undefined);
      if (named) found.push(problem(lines.linePos(rangeStart(node) ?? 0), 'anchors and aliases are not allowed', 'write the value out'));
      return found.length < MAX_PROBLEMS ? undefined : visit.BREAK;
    },
  });
  return found;
}

/** Refuses what is too large or too deep before any parsing: the parser recurses. */
function tooMuch(text: string): ConfigurationProblem | undefined {
  if (new TextEncoder().encode(text).length > MAX_SIZE_BYTES) {
    return problem({ line: 1, col: 1 }, 'the file is larger than 64 KiB', 'shorten it');
  }
  const source = text.split('\n');
  if (source.length > MAX_LINES) return problem({ line: MAX_LINES, col: 1 }, `the file has more than ${MAX_LINES} lines`, 'shorten it');
  let entries = 0;
  for (const [index, line] of source.entries()) {
    let depth = 0;
    for (const [at, char] of [...line].entries()) {
      if ('[{'.includes(char) || ('-?:'.includes(char) && ' \t'.includes(line[at + 1] ?? ' '))) depth += 1;
      if (depth > MAX_NESTING)
        return problem({ line: index + 1, col: at + 1 }, 'too much nesting on one line', 'write it over several lines');
    }
    entries += entriesIn(line);
    if (entries > MAX_ENTRIES) return problem({ line: index + 1, col: 1 }, `the file has more than ${MAX_ENTRIES} entries`, 'shorten it');
  }
  return undefined;
}

/** Upper bound of what a line adds to the document; comments add nothing. */
function entriesIn(line: string): number {
  if (line.trimStart().startsWith('#')) return 0;
  let count = 0;
  for (const char of line) if (char === ':' || char === ',' || char === '&' || char === '?') count += 1;
  return count;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
