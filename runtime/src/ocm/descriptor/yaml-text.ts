import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, Scalar } from 'yaml';
import { OcmError, quoted } from '../error.ts';
import { type JsonPath, type JsonValue, printPath } from './json.ts';
import { MAX_DEPTH } from './json-text.ts';
import { goKey, goScalar } from './yaml-scalar.ts';

export interface YamlOptions {
  /** What errors call the text. Default `descriptor`. */
  readonly subject?: string;
  /**
   * What becomes of plain scalars that YAML 1.1 and 1.2 read differently: `refuse` (default), or `go`, the reading of the Go tools, in which
   * the key `n` is `"false"`.
   */
  readonly ambiguous?: 'refuse' | 'go';
}

/**
 * Reads one YAML document as JSON values. Refused, each with `DESCRIPTOR_SYNTAX`: anchors, aliases and tags (a descriptor needs none, and
 * aliases can expand without bound), several documents, keys that are not text or occur twice, scalars that YAML 1.1 and 1.2 read
 * differently, numbers that JSON does not have. Dates stay text.
 */
export function parseYaml(text: string, options: YamlOptions = {}): JsonValue {
  return new Reader(options).read(text);
}

class Reader {
  readonly #subject: string;
  readonly #ambiguous: 'refuse' | 'go';

  constructor({ subject = 'descriptor', ambiguous = 'refuse' }: YamlOptions) {
    this.#subject = subject;
    this.#ambiguous = ambiguous;
  }

  read(text: string): JsonValue {
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
      if (problem?.code === 'RESOURCE_EXHAUSTION') throw this.#tooDeep(problem);
      if (problem !== undefined) throw this.#refused(`is not valid YAML: ${problem.message.split('\n', 1)[0] ?? problem.code}`);
      return this.#value(document.contents, []);
    } catch (cause) {
      if (cause instanceof RangeError) throw this.#tooDeep(cause);
      throw cause;
    }
  }

  #value(node: Node | null | undefined, path: JsonPath): JsonValue {
    if (path.length > MAX_DEPTH) throw this.#tooDeep();
    if (node === null || node === undefined) return null;
    if (isAlias(node)) throw this.#refused(`has an alias at ${printPath(path)}: write the value out`);
    this.#checkProperties(node, path);
    if (isSeq<Node>(node)) return node.items.map((item, index) => this.#value(item, [...path, index]));
    if (isMap<Node, Node>(node)) return this.#mapping(node.items, path);
    const value = isScalar(node) ? this.#scalar(node, path) : undefined;
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.#refused(`has a value at ${printPath(path)} that JSON cannot hold: put it in quotes`);
  }

  #mapping(items: readonly { readonly key: Node; readonly value: Node | null }[], path: JsonPath): JsonValue {
    const entries = new Map<string, JsonValue>();
    for (const { key, value } of items) {
      const name = this.#key(key, path);
      if (entries.has(name)) throw this.#refused(`has the key ${quoted(name)} twice in ${printPath(path)}: keep one`);
      entries.set(name, this.#value(value, [...path, name]));
    }
    return Object.fromEntries(entries);
  }

  /** Keys are text; the tools print numbers and booleans anew, so only those that print as they are written pass for text. */
  #key(key: Node, path: JsonPath): string {
    if (!isScalar(key)) throw this.#refused(`has a key that is not text in ${printPath(path)}: put it in quotes`);
    this.#checkProperties(key, path);
    const source = key.source ?? '';
    if (key.type !== Scalar.PLAIN) return String(key.value);
    if (source === '<<') throw this.#refused(`has a merge key in ${printPath(path)}: write the members out`);
    const name = goKey(source);
    if (name !== undefined && (name === source || this.#ambiguous === 'go')) return name;
    throw this.#refused(`has the key ${quoted(source)} in ${printPath(path)}, which YAML readers disagree about: put it in quotes`);
  }

  #scalar(scalar: Scalar, path: JsonPath): unknown {
    const source = scalar.source ?? '';
    if (scalar.type !== Scalar.PLAIN || (typeof scalar.value === 'number' && !Number.isFinite(scalar.value))) return scalar.value;
    const read = goScalar(source);
    if (read === scalar.value || this.#ambiguous === 'go') return read;
    throw this.#refused(
      `has ${quoted(source)} at ${printPath(path)}, which YAML readers disagree about: put it in quotes, or write true, false or a decimal number`,
    );
  }

  #checkProperties(node: Node, path: JsonPath): void {
    if ('anchor' in node && node.anchor !== undefined) throw this.#refused(`has an anchor at ${printPath(path)}: remove it`);
    if ('tag' in node && node.tag !== undefined)
      throw this.#refused(`has a tag at ${printPath(path)}: remove it and quote the value if it is text`);
  }

  #tooDeep(cause?: unknown): OcmError {
    return this.#refused(`is nested deeper than ${MAX_DEPTH} levels: flatten it`, cause);
  }

  #refused(problem: string, cause?: unknown): OcmError {
    return new OcmError('DESCRIPTOR_SYNTAX', `${this.#subject} ${problem}`, cause === undefined ? undefined : { cause });
  }
}
