import type { MatchRule } from '../schema.ts';
import type { Evidence, EvidenceSet, Span } from '../types.ts';
import type { CompiledRule } from './compile.ts';
import type { Finder } from './finder.ts';

export type Fired = { rule: CompiledRule; confidence: number; by: 'condition' | 'signature'; span: Span };

/** A rule about objects of a kind is a little less sure when the pasted text does not say the kind. */
const UNKNOWN_KIND = 0.03;

/** Where and how surely a rule applies to an item, or `undefined`. */
export function applyRule(compiled: CompiledRule, set: EvidenceSet, finder: Finder): Fired | undefined {
  const { rule } = compiled;
  if (compiled.requires.some((pattern) => finder.appears(pattern) !== true)) return undefined;
  const scoped = rule.kinds !== undefined || rule.conditions !== undefined || rule.reasons !== undefined;
  const fired = scoped ? inConditions(compiled, set, finder) : inText(compiled, finder);
  if (!fired) return undefined;
  if (compiled.forbids.some((pattern) => finder.appears(pattern) !== false)) return undefined;
  return fired;
}

const isSpan = (found: Span | undefined | 'spent'): found is Span => found !== undefined && found !== 'spent';

function inText(compiled: CompiledRule, finder: Finder): Fired | undefined {
  const span = compiled.pattern ? finder.inText(compiled.pattern) : undefined;
  return isSpan(span) ? { rule: compiled, confidence: compiled.rule.confidence, by: 'signature', span } : undefined;
}

function inConditions(compiled: CompiledRule, set: EvidenceSet, finder: Finder): Fired | undefined {
  let best: Fired | undefined;
  for (const evidence of set.evidence) {
    const fit = scopeFit(compiled.rule, evidence);
    if (fit === undefined) continue;
    const span = compiled.pattern ? spanOf(compiled, evidence, set.text, finder) : evidence.span;
    if (!span) continue;
    const confidence = Math.max(0, compiled.rule.confidence - fit);
    if (!best || confidence > best.confidence) best = { rule: compiled, confidence, by: 'condition', span };
  }
  return best;
}

/** How much confidence is lost to what the evidence leaves open; `undefined` when it contradicts the rule's scope. */
function scopeFit(rule: MatchRule, { kind: source, object, condition }: Evidence): number | undefined {
  if (!condition || (source !== 'condition' && source !== 'event' && source !== 'log')) return undefined;
  if (rule.reasons && !(condition.reason !== undefined && rule.reasons.includes(condition.reason))) return undefined;
  if (rule.conditions && condition.type !== '' && !rule.conditions.includes(condition.type)) return undefined;
  if (rule.conditions && condition.type === '' && !rule.reasons) return undefined;
  if (!rule.kinds) return 0;
  if (!object?.kind) return rule.reasons ? UNKNOWN_KIND : undefined;
  const { kind, group } = object;
  return rule.kinds.some((wanted) => wanted === kind || wanted === `${kind}.${group}` || (!group && wanted.startsWith(`${kind}.`)))
    ? 0
    : undefined;
}

/** Offsets of the match in the item's text when the message stands there as it is, else the evidence's whole span. */
function spanOf(compiled: CompiledRule, evidence: Evidence, text: string, finder: Finder): Span | undefined {
  const { pattern } = compiled;
  const message = evidence.condition?.message;
  if (!pattern || message === undefined) return undefined;
  const found = finder.inMessage(pattern, message);
  if (!found) return undefined;
  const raw = text.slice(evidence.span.start, evidence.span.end);
  const at = raw.indexOf(message.slice(found.start, found.end));
  return at < 0 ? evidence.span : { start: evidence.span.start + at, end: evidence.span.start + at + found.end - found.start };
}
