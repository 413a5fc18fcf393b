import { isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode, parseDocument, Scalar } from 'yaml';
import { OcmError, quoted } from '../error.ts';
import { type JsonPath, type JsonValue, printPath } from './json.ts';
import { MAX_DEPTH } from './json-text.ts';

/**
 * Plain scalars that YAML 1.1 (the Go tools) and YAML 1.2 (everybody else) read as different values: words for booleans, octal and binary
 * numbers, underscores in numbers, the merge key. Each alternative is linear.
 */
const READ_DIFFERENTLY =
  /^(?:[yY]|yes|Yes|YES|[nN]|no|No|NO|on|On|ON|off|Off|OFF|<<|[-+]?0[0-9_]+|[-+]?0b[01_]+|[-+]0[xo][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*_[0-9_.]*)$/;

/**
 * Reads one YAML document as JSON values. Refused, each with `DESCRIPTOR_SYNTAX`: anchors, aliases and tags (a descriptor needs none, and
 * aliases can expand without bound), several documents, keys that are not text or occur twice, scalars that YAML 1.1 and 1.2 read
 * differently, numbers that JSON does not have. Dates stay text.
 */
export function parseYaml(text: string): JsonValue {
  try {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      uniqueKeys: false,
      stringKeys: true,
      merge: false,
      logLevel: 'error',
    });
    const [problem] = document.errors;
    if (problem?.code === 'RESOURCE_EXHAUSTION') throw tooDeep(problem);
    if (problem !== undefined) throw refused(`is not valid YAML: ${problem.message.split('\n', 1)[0] ?? problem.code}`);
    return toJson(document.contents, []);
  } catch (cause) {
    if (cause instanceof RangeError) throw tooDeep(cause);
    throw cause;
  }
}

function toJson(node: ParsedNode | Node | null | undefined, path: JsonPath): JsonValue {
  if (path.length > MAX_DEPTH) throw tooDeep();
  if (node === null || node === undefined) return null;
  if (isAlias(node)) throw refused(`has an alias at ${printPath(path)}: write the value out`);
  checkProperties(node, path);
  if (isSeq<Node>(node)) return node.items.map((item, index) => toJson(item, [...path, index]));
  if (isMap<Node, Node>(node)) {
    const entries = new Map<string, JsonValue>();
    for (const { key, value } of node.items) {
      const name = keyText(key, path);
      if (entries.has(name)) throw refused(`has the key ${quoted(name)} twice in ${printPath(path)}: keep one`);
      entries.set(name, toJson(value, [...path, name]));
    }
    return Object.fromEntries(entries);
  }
  return scalarValue(node, path);
}

function checkProperties(node: Node, path: JsonPath): void {
  if ('anchor' in node && node.anchor !== undefined) throw refused(`has an anchor at ${printPath(path)}: remove it`);
  if ('tag' in node && node.tag !== undefined)
    throw refused(`has a tag at ${printPath(path)}: remove it and quote the value if it is text`);
}

function keyText(key: Node, path: JsonPath): string {
  if (isAlias(key) || !isScalar(key) || typeof key.value !== 'string') {
    throw refused(`has a key that is not text in ${printPath(path)}: put it in quotes`);
  }
  checkProperties(key, path);
  checkPlain(key, path);
  return key.value;
}

function scalarValue(node: Node, path: JsonPath): JsonValue {
  const value = isScalar(node) ? node.value : undefined;
  if (isScalar(node)) checkPlain(node, path);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw refused(`has a value at ${printPath(path)} that JSON cannot hold: put it in quotes`);
}

function checkPlain(scalar: Scalar, path: JsonPath): void {
  if (scalar.type === Scalar.PLAIN && READ_DIFFERENTLY.test(scalar.source ?? '')) {
    throw refused(
      `has ${quoted(scalar.source ?? '')} at ${printPath(path)}, which YAML readers disagree about: put it in quotes, or write true, false or a decimal number`,
    );
  }
}

function tooDeep(cause?: unknown): OcmError {
  return refused(`is nested deeper than ${MAX_DEPTH} levels: flatten it`, cause);
}

function refused(problem: string, cause?: unknown): OcmError {
  return new OcmError('DESCRIPTOR_SYNTAX', `descriptor ${problem}`, cause === undefined ? undefined : { cause });
}
