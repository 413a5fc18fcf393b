import type { PlaybookId, Product } from './schema.ts';

/** Half-open range of UTF-16 offsets into the text that was handed in. */
export type Span = { start: number; end: number };

export type EvidenceKind = 'condition' | 'event' | 'log' | 'object' | 'image' | 'version' | 'error-line';

/** One fact found in a pasted text, with the span it was read from. */
export type Evidence = {
  kind: EvidenceKind;
  span: Span;
  /** The text of the span, already redacted. */
  text: string;
  /** Kubernetes object the fact is about, when it could be told. */
  object?: { kind?: string; group?: string; namespace?: string; name?: string };
  condition?: { type: string; status?: string; reason?: string; message?: string };
  version?: { product: Product; version: string };
};

/** What `extractEvidence` makes of an item's text. Offsets refer to `text`; cleaning replaces removed parts by spaces. */
export type EvidenceSet = {
  /** Title, two newlines, body; comments and unfilled template parts blanked, secrets masked, same length rules as documented there. */
  text: string;
  /** The middle of a text above 64 Ki units that was left out: `length` units before offset `at` of `text`. */
  omitted?: { at: number; length: number };
  evidence: readonly Evidence[];
  versions: readonly { product: Product; version: string; span: Span }[];
  /** Which diagnosable parts are there (see FrontMatter.needs). */
  has: Record<'conditions' | 'manifests' | 'controller-logs' | 'versions' | 'events', boolean>;
};

export type Candidate = {
  playbook: PlaybookId;
  /** 0–1, calibrated: of the answers given with 0.8, about 80 % are right. */
  confidence: number;
  /** `condition` (kind + reason + message), `signature` (message or log pattern), `text` (BM25 only). */
  by: 'condition' | 'signature' | 'text';
  /** Exactly what decided; quoted in the answer. */
  spans: readonly (Span & { text: string; rule: string })[];
};

export type Diagnosis =
  | { verdict: 'answer'; best: Candidate; others: readonly Candidate[] }
  | { verdict: 'abstain'; why: string; missing: readonly string[]; others: readonly Candidate[] };
