import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { ConfigError, type ConfigErrorCode } from './error.ts';

/** Far above any configuration in use; the parser needs seconds for a hostile megabyte. */
export const maxConfigBytes = 256 * 1024;
const maxDepth = 64;

/**
 * One YAML or JSON document as plain data (YAML 1.2 core schema: dates stay text).
 * Refused instead of guessed: several documents, aliases, custom tags, duplicate or non-text keys, `__proto__`.
 * Duplicates are looked for here, in one pass: the parser's own search is quadratic in the number of keys.
 * @param source what to call the text in messages, for example a file name; the text itself never appears in them
 * @throws ConfigError `TOO_LARGE` above 256 KiB, `TOO_DEEP`, `SYNTAX`
 */
export function readYaml(text: string, source: string): unknown {
  if (text.length > maxConfigBytes) throw new ConfigError('TOO_LARGE', `${source} is larger than ${maxConfigBytes} bytes`);
  const lines = new LineCounter();
  const options = { lineCounter: lines, merge: false, prettyErrors: false, uniqueKeys: false, schema: 'core' } as const;
  const document = parseDocument(text, options);
  const place = (offset: number): string => `${source}, line ${lines.linePos(offset).line}`;
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const code: ConfigErrorCode = problem.code === 'RESOURCE_EXHAUSTION' ? 'TOO_DEEP' : 'SYNTAX';
    throw new ConfigError(code, `${place(problem.pos[0])}: not readable as one YAML document (${problem.code})`);
  }
  return plain(document.contents, 0, place);
}

type Place = (offset: number) => string;

function plain(node: unknown, depth: number, place: Place): unknown {
  if (node === null || node === undefined) return null;
  const at = place((node as Node).range?.[0] ?? 0);
  if (depth > maxDepth) throw new ConfigError('TOO_DEEP', `${at}: nested more than ${maxDepth} deep`);
  if (isAlias(node)) throw new ConfigError('SYNTAX', `${at}: aliases are not allowed; write the value out`);
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item) => plain(item, depth + 1, place));
  if (!isMap(node)) throw new ConfigError('SYNTAX', `${at}: not a value`);
  const fields = new Map<string, unknown>();
  for (const pair of node.items) {
    const key = keyText(pair, at, place);
    if (fields.has(key)) throw new ConfigError('SYNTAX', `${place((pair.key as Node).range?.[0] ?? 0)}: a key stands twice in one mapping`);
    fields.set(key, plain(pair.value, depth + 1, place));
  }
  return Object.fromEntries(fields);
}

function keyText({ key }: Pair, at: string, place: Place): string {
  if (!isScalar(key) || typeof key.value !== 'string' || key.value === '__proto__') {
    throw new ConfigError('SYNTAX', `${isScalar(key) ? place(key.range?.[0] ?? 0) : at}: a key is not plain text; quote it`);
  }
  return key.value;
}
