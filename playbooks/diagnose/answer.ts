import { createMatcher, type Diagnosis, type EvidenceSet, extractEvidence, originalOffset, type Playbook } from '../src/index.ts';

export type Position = { line: number; column: number };
export type ShownSpan = Position & { text: string; rule: string };
export type ShownCandidate = { playbook: string; title: string; confidence: number; by: string; spans: ShownSpan[] };

/** What `--json` prints. Positions count from 1; `text` is redacted. */
export type Answer = {
  verdict: 'answer' | 'abstain';
  best: (ShownCandidate & { summary: string; slug: string }) | null;
  others: ShownCandidate[];
  why: string | null;
  missing: readonly string[];
  versions: (Position & { product: string; version: string })[];
};

/** Diagnoses one text (no title) with the given playbooks. */
export function diagnoseText(text: string, playbooks: readonly Playbook[]): Answer {
  const set = extractEvidence('', text);
  return show(createMatcher(playbooks).diagnose(set), set, text, new Map(playbooks.map((playbook) => [playbook.id, playbook])));
}

function show(diagnosis: Diagnosis, set: EvidenceSet, text: string, byId: ReadonlyMap<string, Playbook>): Answer {
  const positionOf = positions(text, set);
  const candidate = (one: Diagnosis['others'][number]): ShownCandidate => ({
    playbook: one.playbook,
    title: byId.get(one.playbook)?.title ?? '',
    confidence: one.confidence,
    by: one.by,
    spans: one.spans.map(({ start, text: quoted, rule }) => ({ ...positionOf(start), text: quoted, rule })),
  });
  const best = diagnosis.verdict === 'answer' ? diagnosis.best : undefined;
  const playbook = best && byId.get(best.playbook);
  return {
    verdict: diagnosis.verdict,
    best: best ? { ...candidate(best), summary: playbook?.summary ?? '', slug: playbook?.slug ?? '' } : null,
    others: diagnosis.others.map(candidate),
    why: diagnosis.verdict === 'abstain' ? diagnosis.why : null,
    missing: diagnosis.verdict === 'abstain' ? diagnosis.missing : [],
    versions: set.versions.map(({ product, version, span }) => ({ product, version, ...positionOf(span.start) })),
  };
}

/** Extraction puts two line breaks between the (empty) title and the text. */
const TITLE_GAP = 2;

function positions(text: string, set: EvidenceSet): (offset: number) => Position {
  return (offset) => {
    const at = Math.max(0, originalOffset(set, offset) - TITLE_GAP);
    const before = text.slice(0, at);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { line: before.split('\n').length, column: at - lineStart + 1 };
  };
}
