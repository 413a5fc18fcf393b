import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { CatalogError } from './error.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A parsed data file that still knows its lines. */
export type ParsedFile<T> = {
  data: T;
  /** 1-based position of the value at a path, or of its nearest parent that exists. */
  locate: (path: Path) => { file: string; line: number; column: number };
};

/**
 * Parses YAML (or JSON, its subset) and checks it against a schema.
 * @param file name used in errors
 * @throws CatalogError `SYNTAX` when it does not parse, `INVALID` for the first thing in the file that breaks the schema
 */
export function parseDataFile<S extends z.ZodType>(schema: S, file: string, text: string): ParsedFile<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (broken) throw new CatalogError('SYNTAX', at(broken.pos[0]), lowerFirst(broken.message), syntaxRemedy(broken.code), { cause: broken });
  const locate = (path: Path) => at(offsetOf(document, path));
  const result = schema.safeParse(document.toJS());
  if (result.success) return { data: result.data, locate };
  const [first] = result.error.issues
    .map((issue) => ({ issue, at: at(issueOffset(document, issue)) }))
    .sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  if (first === undefined) throw new CatalogError('INVALID', at(0), 'the file breaks its schema', 'compare it with its JSON schema');
  const where = first.issue.path.length > 0 ? `${first.issue.path.map(String).join('.')}: ` : '';
  throw new CatalogError(
    'INVALID',
    first.at,
    `${where}${lowerFirst(first.issue.message)}`,
    schemaRemedy(first.issue, isMissing(document, first.issue.path)),
    {
      cause: result.error,
    },
  );
}

function offsetOf(document: Document.Parsed, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
    if (range?.[0] !== undefined) return range[0];
  }
  return 0;
}

function issueOffset(document: Document.Parsed, issue: Issue): number {
  if (issue.code !== 'unrecognized_keys') return offsetOf(document, issue.path);
  const map = issue.path.length === 0 ? document.contents : document.getIn(issue.path, true);
  const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === issue.keys[0]) : undefined;
  return (isScalar(pair?.key) ? pair.key.range?.[0] : undefined) ?? offsetOf(document, issue.path);
}

function syntaxRemedy(code: string): string {
  if (code === 'DUPLICATE_KEY') return 'keep one of the two keys';
  if (code === 'TAB_AS_INDENT') return 'indent with spaces';
  if (code === 'BAD_INDENT' || code === 'MISSING_CHAR') return 'check indentation and quotes of this line and the one before';
  return 'put the text in quotes if it holds : # { [ or starts with a special character';
}

function isMissing(document: Document.Parsed, path: Path): boolean {
  return path.length > 0 && !document.hasIn(path);
}

function schemaRemedy(issue: Issue, missing: boolean): string {
  if (missing) return `add the missing key "${String(issue.path.at(-1))}"`;
  if (issue.code === 'unrecognized_keys') return `remove ${issue.keys.map((key) => `"${key}"`).join(', ')} or correct the spelling`;
  if (issue.code === 'invalid_value') return `use one of: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type' && issue.expected === 'string') return 'put the value in quotes';
  if (issue.code === 'invalid_type') return `write a value of type ${issue.expected}`;
  if (issue.code === 'too_small') return 'write more than that';
  if (issue.code === 'too_big') return 'shorten it';
  return 'correct the value; the rule is in playbooks/catalog/src';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
