import type { RE2JS } from 're2js';
import { PlaybookError } from '../error.ts';
import type { MatchRule, Playbook } from '../schema.ts';
import { anchorsOf } from './anchors.ts';
import { checkPattern } from './pattern.ts';

/** A pattern ready to run: only where one of its literals was found, and only on that line unless it can cross lines. */
export type CompiledPattern = { source: string; re: RE2JS; anchors: readonly string[]; crossesLines: boolean };

export type CompiledRule = {
  rule: MatchRule;
  /** `PB-001 rule 2`, as shown in explanations. */
  name: string;
  pattern: CompiledPattern | undefined;
  requires: readonly CompiledPattern[];
  forbids: readonly CompiledPattern[];
};

export type CompiledPlaybook = { playbook: Playbook; rules: readonly CompiledRule[] };

/** Compiles every pattern once; equal patterns are shared. @throws PlaybookError `PATTERN` */
export function compilePlaybooks(playbooks: readonly Playbook[]): { compiled: CompiledPlaybook[]; literals: string[] } {
  const patterns = new Map<string, CompiledPattern>();
  const compile = (source: string, owner: string, anchored = true): CompiledPattern => {
    const known = patterns.get(source);
    if (known) return known;
    const made = compileOne(source, owner, anchored);
    patterns.set(source, made);
    return made;
  };
  const compiled = playbooks.map((playbook) => ({
    playbook,
    rules: playbook.rules.map((rule, index): CompiledRule => {
      const name = `${playbook.id} rule ${index + 1}`;
      return {
        rule,
        name,
        pattern: rule.pattern === undefined ? undefined : compile(rule.pattern, name, rule.requires === undefined),
        requires: (rule.requires ?? []).map((source) => compile(source, name)),
        forbids: (rule.forbids ?? []).map((source) => compile(source, name)),
      };
    }),
  }));
  return { compiled, literals: [...patterns.values()].flatMap(({ anchors }) => anchors) };
}

/** @throws PlaybookError `PATTERN` when the pattern is no RE2 or has no literal to look for */
export function compileOne(source: string, owner: string, anchored = true): CompiledPattern {
  const { re, problem } = checkPattern(source, anchored);
  if (problem !== undefined) throw new PlaybookError('PATTERN', `${owner}: ${problem}`);
  return { source, re, anchors: anchorsOf(source) ?? [], crossesLines: canCrossLines(source) };
}

const canCrossLines = (source: string): boolean => /\(\?[a-z]*s|\\[snWDr]|\[\^/.test(source);
