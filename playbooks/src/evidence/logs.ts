import type { Evidence } from '../types.ts';
import type { Line } from './lines.ts';
import { groupOfKind } from './vocabulary.ts';

/** Controller log lines: JSON (zap, logr), console (time, level, message, JSON) and klog (`E0812 …] "msg" err="…"`). */
export function readLogs(lines: readonly Line[]): Evidence[] {
  const found: Evidence[] = [];
  for (const line of lines) {
    if (line.text.length < 12 || found.length >= MAX_LOGS) continue;
    const text = line.text.trim();
    const parsed = text.startsWith('{') ? jsonLog(text) : consoleLog(text);
    if (!parsed) continue;
    const start = line.start + line.text.indexOf(text);
    const { object, message } = parsed;
    const condition = message === '' ? {} : { condition: { type: '', message } };
    found.push({ kind: 'log', span: { start, end: start + text.length }, text, ...(object ? { object } : {}), ...condition });
  }
  return found;
}

const MAX_LOGS = 200;

type Log = { message: string; object?: NonNullable<Evidence['object']> };
const LEVELS = /^(?:trace|debug|info|warn|warning|error|fatal|panic|dpanic)$/i;

function jsonLog(text: string): Log | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return /"level"[ ]?:|"msg"[ ]?:/.test(text) ? { message: text } : undefined;
  }
  return isFields(fields) && (typeof fields.msg === 'string' || typeof fields.level === 'string') ? fromFields(fields, '') : undefined;
}

function consoleLog(text: string): Log | undefined {
  const klog = /^[IWEF]\d{4} [\d:.]+ +\d+ [\w.-]+:\d+\]/.test(text.slice(0, 120));
  const words = text.slice(0, 80).split(/[ \t]+/, 4);
  const zap = /^(?:\d{4}-\d\d-\d\dT|\d{10}\.)/.test(text) && words.slice(1, 4).some((word) => LEVELS.test(word));
  const logfmt = /^(?:time|ts|level)=/.test(text);
  if (!klog && !zap && !logfmt && !/^(?:ERROR|INFO|WARN|DEBUG)[ \t:]/.test(text)) return undefined;
  const brace = text.indexOf('{');
  const fields = brace < 0 ? undefined : parseFields(text.slice(brace));
  return fields ? fromFields(fields, text.slice(0, brace).trim()) : { message: text };
}

function parseFields(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function fromFields(fields: Record<string, unknown>, prefix: string): Log {
  const word = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '');
  const message = [prefix, word('msg'), word('message'), word('error'), word('err')].filter((part) => part !== '').join(': ');
  const kind = word('controllerKind') || word('reconciler kind') || kindOfKey(fields);
  const group = word('controllerGroup') || word('reconciler group') || (kind ? (groupOfKind(kind) ?? '') : '');
  const name = word('name');
  const namespace = word('namespace');
  if (!kind) return { message };
  return { message, object: { kind, ...(group ? { group } : {}), ...(name ? { name } : {}), ...(namespace ? { namespace } : {}) } };
}

/** controller-runtime names the object in a field called after its kind: `"Component": {"name": …}`. */
function kindOfKey(fields: Record<string, unknown>): string {
  return Object.keys(fields).find((key) => /^[A-Z][A-Za-z]{2,60}$/.test(key) && isFields(fields[key])) ?? '';
}

const isFields = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
