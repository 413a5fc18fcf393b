import type { Evidence } from '../types.ts';
import type { FoundObject } from './objects.ts';
import { ownerOf } from './objects.ts';
import type { Pair } from './pairs.ts';

const FIELDS = new Set(['type', 'status', 'reason', 'message']);
const MAX_GAP_LINES = 14;
const MAX_CONDITIONS = 200;
const REASON = /^[A-Za-z][A-Za-z0-9_,:]{0,120}$/;

/**
 * Conditions from runs of `type`/`status`/`reason`/`message` pairs, in any order, complete or cut off. A run ends where a field repeats
 * or other keys follow at length. Needs a status, or a reason together with a message or type.
 */
export function readConditions(text: string, pairs: readonly Pair[], objects: readonly FoundObject[]): Evidence[] {
  const found: Evidence[] = [];
  let run: Pair[] = [];
  const flush = (): void => {
    const evidence = toCondition(text, run, objects);
    if (evidence) found.push(evidence);
    run = [];
  };
  for (const pair of pairs) {
    if (found.length >= MAX_CONDITIONS) break;
    if (!FIELDS.has(pair.key)) {
      if (pair.key === 'apiVersion' || pair.key === 'kind') flush();
      continue;
    }
    const last = run.at(-1);
    if (last && (run.some((one) => one.key === pair.key) || pair.line - last.line > MAX_GAP_LINES)) flush();
    run.push(pair);
  }
  flush();
  return found;
}

function toCondition(text: string, run: readonly Pair[], objects: readonly FoundObject[]): Evidence | undefined {
  const value = (key: string): string | undefined => run.find((pair) => pair.key === key)?.value;
  const status = value('status');
  const message = value('message');
  const reason = value('reason');
  const type = value('type');
  const known = status !== undefined && /^(true|false|unknown)$/i.test(status);
  const first = run[0];
  const last = run.at(-1);
  if (
    !first ||
    !last ||
    run.length < 2 ||
    !(known || (reason !== undefined && message !== undefined) || (reason !== undefined && type !== undefined))
  ) {
    return undefined;
  }
  const start = first.start;
  const end = run.reduce((most, pair) => Math.max(most, pair.end), last.end);
  const object = ownerOf(objects, first.line, first.indent);
  // kro 0.2 and others put a sentence into `reason`: it is read as (part of) the message.
  const isReason = reason !== undefined && REASON.test(reason);
  const words = [message, isReason ? undefined : reason].filter((one) => one !== undefined && one !== '').join('; ');
  return {
    kind: 'condition',
    span: { start, end },
    text: text.slice(start, end),
    ...(object ? { object } : {}),
    condition: {
      type: type && /^[A-Za-z][\w./-]{0,80}$/.test(type) ? type : '',
      ...(known ? { status } : {}),
      ...(isReason ? { reason } : {}),
      ...(words === '' ? {} : { message: words }),
    },
  };
}
