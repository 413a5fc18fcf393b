import { isMap, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { PlaybookError } from './error.ts';

/**
 * Parses one of the repository's own YAML files against a schema.
 * @param linesBefore lines of the file that stand before `source`
 * @throws PlaybookError `SYNTAX` | `SCHEMA`, naming file, line and remedy
 */
export function parseYaml<T>(file: string, source: string, schema: z.ZodType<T>, linesBefore: number): T {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, merge: false });
  const broken = document.errors[0];
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line + linesBefore;
    throw new PlaybookError('SYNTAX', `${file}:${line}: ${firstLine(broken.message)}; correct the YAML there`, { cause: broken });
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? String(part) : part));
  const offset = nodeOffset(document.contents, path);
  const line = lines.linePos(offset).line + linesBefore;
  throw new PlaybookError(
    'SCHEMA',
    `${file}:${line}: ${path.join('.') || 'document'}: ${issue?.message ?? 'does not fit the schema'}; see playbooks/src/schema.ts`,
  );
}

/** Offset of the deepest node on `path` that exists. */
function nodeOffset(root: Node | null, path: readonly (string | number)[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of path) {
    const next: unknown =
      node !== null && typeof node === 'object' && 'get' in node && typeof node.get === 'function' ? node.get(key, true) : undefined;
    if (next === undefined || next === null || typeof next !== 'object' || !('range' in next)) break;
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      const at = (pair?.key as Node | undefined)?.range?.[0];
      offset = at ?? offset;
    } else {
      offset = (next as Node).range?.[0] ?? offset;
    }
    node = next;
  }
  return offset;
}

const firstLine = (message: string): string => message.split('\n')[0] ?? message;
