import { cleanText } from '../clean.ts';
import { redact } from '../redact.ts';
import type { Evidence, EvidenceSet } from '../types.ts';
import { readConditions } from './conditions.ts';
import { readImages } from './images.ts';
import { type Line, splitLines } from './lines.ts';
import { readLogs } from './logs.ts';
import { readObjects } from './objects.ts';
import { readPairs } from './pairs.ts';
import { readTables } from './tables.ts';
import { readVersions } from './versions.ts';

/** Texts above this many UTF-16 units are read at their head and tail only. */
export const MAX_TEXT = 65_536;
const HEAD = 40_960;
const MAX_EVIDENCE = 600;

/**
 * What an item says that can decide a diagnosis. `text` is title, two line breaks, body: cleaned (see `cleanText`) and redacted (see
 * `redact`), both of which keep the length, so spans are offsets into `${title}\n\n${body}`. Of longer texts the first 40 Ki and the
 * last 24 Ki units are kept; `omitted` says where the middle was, and `originalOffset` maps a span back. Pure, linear in the text.
 */
export function extractEvidence(title: string, body: string): EvidenceSet {
  const { text, omitted } = shorten(`${title}\n\n${body}`);
  const prepared = redact(cleanText(text));
  const lines = splitLines(prepared);
  const evidence = readEvidence(prepared, lines);
  const versions = evidence.flatMap(({ version, span }) => (version ? [{ ...version, span }] : []));
  const present = (kind: Evidence['kind']): boolean => evidence.some((one) => one.kind === kind);
  return {
    text: prepared,
    ...(omitted ? { omitted } : {}),
    evidence,
    versions,
    has: {
      conditions: evidence.some(
        ({ kind, condition }) => kind === 'condition' && (condition?.reason !== undefined || condition?.message !== undefined),
      ),
      manifests: evidence.some(({ kind, object }) => kind === 'object' && object?.kind !== undefined),
      'controller-logs': present('log'),
      versions: versions.length > 0,
      events: present('event'),
    },
  };
}

/** Where an offset into `EvidenceSet.text` lies in the text that was handed in. */
export function originalOffset(set: Pick<EvidenceSet, 'omitted'>, offset: number): number {
  return set.omitted && offset >= set.omitted.at ? offset + set.omitted.length : offset;
}

function shorten(text: string): { text: string; omitted?: { at: number; length: number } } {
  if (text.length <= MAX_TEXT) return { text };
  const tail = MAX_TEXT - HEAD;
  return { text: `${text.slice(0, HEAD - 1)}\n${text.slice(text.length - tail)}`, omitted: { at: HEAD, length: text.length - MAX_TEXT } };
}

function readEvidence(text: string, lines: readonly Line[]): Evidence[] {
  const pairs = readPairs(lines);
  const objects = readObjects(pairs);
  const found = [
    ...readConditions(text, pairs, objects),
    ...readTables(lines),
    ...readLogs(lines),
    ...objects.map(
      ({ ref, start, end }): Evidence => ({ kind: 'object', span: { start, end }, text: text.slice(start, end), object: ref }),
    ),
    ...readImages(lines),
    ...readVersions(lines),
    ...readErrorLines(lines),
  ];
  return found.slice(0, MAX_EVIDENCE).sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
}

const FAILURE =
  /\b(?:error|failed|failure|forbidden|denied|invalid|cannot|unable|not found|timed? ?out|refused|exceeded|unauthorized|is not ready|panic)\b/i;

const MAX_ERROR_LINES = 200;

function readErrorLines(lines: readonly Line[]): Evidence[] {
  const found: Evidence[] = [];
  for (const { start, text } of lines) {
    if (found.length >= MAX_ERROR_LINES) break;
    if (text.length < 5 || !FAILURE.test(text)) continue;
    const from = start + text.length - text.trimStart().length;
    found.push({ kind: 'error-line', span: { start: from, end: start + text.trimEnd().length }, text: text.trim() });
  }
  return found;
}
