import type { Evidence } from '../types.ts';
import type { Line } from './lines.ts';
import { parseResourceName } from './vocabulary.ts';

type Column = { name: string; start: number };
const KNOWN = new Set(['NAME', 'READY', 'STATUS', 'REASON', 'MESSAGE', 'AGE', 'TYPE', 'OBJECT', 'REVISION', 'SUSPENDED', 'STATE', 'SYNCED', 'NAMESPACE', 'APIVERSION', 'KIND', 'SYNC STATUS', 'HEALTH STATUS']); // biome-ignore format: one row
const MAX_ROWS = 200;

/** Rows of `kubectl get`, `kubectl get events`, `flux get` and the events below `kubectl describe`. */
export function readTables(lines: readonly Line[]): Evidence[] {
  const found: Evidence[] = [];
  let command = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.text.length < 8 || found.length >= MAX_ROWS) continue;
    if (/\b(?:kubectl|flux|oc|k)[ \t]/.test(line.text)) command = line.text;
    const columns = headerOf(line.text);
    if (!columns) continue;
    for (let row = at + 1; row < lines.length && row - at <= MAX_ROWS; row++) {
      const next = lines[row] as Line;
      at = row;
      if (next.text.trim() === '' || next.text.trim().startsWith('```')) break;
      if (/^[\s-]+$/.test(next.text)) continue;
      const evidence = toEvidence(cells(columns, next.text), next, command);
      if (evidence) found.push(evidence);
    }
  }
  return found;
}

/** Columns of a header line: at least two known words, set apart by two blanks or a tab. */
function headerOf(text: string): Column[] | undefined {
  if (text.length > 400 || !/[A-Z]{4}|Type|Reason/.test(text)) return undefined;
  const columns: Column[] = [];
  for (const found of text.matchAll(/[A-Za-z]+(?: [A-Za-z]+)?/g)) columns.push({ name: found[0].toUpperCase(), start: found.index });
  const upper = text.trim() === text.trim().toUpperCase();
  const described =
    columns.length >= 3 && columns.every(({ name }) => ['TYPE', 'REASON', 'AGE', 'FROM', 'MESSAGE', 'STATUS'].includes(name));
  const known = columns.filter(({ name }) => KNOWN.has(name)).length;
  return (upper && known >= 2) || described ? columns : undefined;
}

/** Cells by what starts at a column; a last column takes the rest. Rows pasted with other spacing are split at double blanks. */
function cells(columns: readonly Column[], text: string): Map<string, string> {
  const parts = text.includes('\t') ? text.split('\t') : text.trim().split(/ {2,}/);
  const row = new Map<string, string>();
  const bySpacing = parts.length === columns.length;
  columns.forEach((column, index) => {
    const end = columns[index + 1]?.start ?? text.length;
    row.set(column.name, (bySpacing ? (parts[index] ?? '') : text.slice(column.start, end)).trim());
  });
  return row;
}

function toEvidence(row: ReadonlyMap<string, string>, line: Line, command: string): Evidence | undefined {
  const span = { start: line.start, end: line.start + line.text.length };
  const message = row.get('MESSAGE');
  const object = objectOf(row, command);
  const isEvent = row.get('TYPE') === 'Normal' || row.get('TYPE') === 'Warning';
  if (isEvent) {
    const reason = row.get('REASON') ?? '';
    return {
      kind: 'event',
      span,
      text: line.text,
      ...(object ? { object } : {}),
      condition: { type: '', reason, ...(message ? { message } : {}) },
    };
  }
  const ready = row.get('READY') ?? row.get('SYNCED') ?? '';
  const status = row.get('STATUS') ?? row.get('STATE') ?? '';
  if (ready === '' && status === '' && !message) return undefined;
  const words = message ?? status;
  const reason = row.get('REASON');
  const condition = {
    type: 'Ready',
    ...(/^(true|false|unknown)$/i.test(ready) ? { status: ready } : {}),
    ...(reason ? { reason } : {}),
    ...(words ? { message: words } : {}),
  };
  return { kind: 'condition', span, text: line.text, ...(object ? { object } : {}), condition };
}

function objectOf(row: ReadonlyMap<string, string>, command: string): Evidence['object'] {
  const [typeName, name] = splitSlash(row.get('OBJECT') ?? row.get('NAME') ?? '');
  const asked = /\bget[ \t]{1,4}(?:sources?[ \t]{1,4})?([a-z][a-z0-9.]{1,100})/.exec(command)?.[1];
  const kind = (typeName && parseResourceName(typeName)) || (asked ? parseResourceName(asked) : undefined);
  const namespace = row.get('NAMESPACE');
  if (!kind && !name) return undefined;
  return { ...kind, ...(name ? { name } : {}), ...(namespace ? { namespace } : {}) };
}

function splitSlash(cell: string): [type: string | undefined, name: string | undefined] {
  const slash = cell.indexOf('/');
  return slash < 0 ? [undefined, cell || undefined] : [cell.slice(0, slash), cell.slice(slash + 1)];
}
