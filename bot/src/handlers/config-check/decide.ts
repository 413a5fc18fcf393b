import { lintConfiguration } from '../../configuration/lint.ts';
import { parseConfiguration } from '../../configuration/parse.ts';
import type { Section } from '../../configuration/schema.ts';
import type { Decision } from '../../decision.ts';
import type { Effect } from '../../effect.ts';
import type { DecideInput } from '../../handler.ts';
import type { ConfigCheckOptions } from './options.ts';
import { errorsTable, validSummary } from './render.ts';

export const CHECK_NAME = 'SIG Runtime configuration';

/** A Check on the head of a pull request that touches the configuration file; nothing on any other. */
export function decide(input: DecideInput<ConfigCheckOptions>, handlers: readonly Section[]): readonly Decision[] {
  const { event, facts, knowledge, options } = input;
  const proposed = facts.proposedConfiguration;
  const repository = event.item?.repository ?? event.repository;
  const headSha = facts.item?.headSha ?? event.snapshot?.headSha;
  if (!proposed || !repository || headSha === undefined) return [];
  const check = (conclusion: 'success' | 'failure', title: string, summary: string): Effect => {
    return { type: 'put-check', repository, headSha, name: CHECK_NAME, conclusion, title, summary };
  };
  const parsed = parseConfiguration(proposed.text, handlers);
  if (!parsed.ok) {
    const title = count(parsed.errors.length, 'error');
    return [decision('invalid', `${proposed.path} has ${title}`, check('failure', title, errorsTable(proposed.path, parsed.errors)))];
  }
  const warnings = lintConfiguration(parsed.configuration, handlers, {
    repositoryLabels: facts.repositoryLabels ?? [],
    owner: repository.owner,
    catalogue: knowledge.catalog.labels,
  });
  const title = warnings.length === 0 ? 'valid' : `valid, ${count(warnings.length, 'warning')}`;
  const conclusion = warnings.length > 0 && options.warningsFail ? 'failure' : 'success';
  const summary = validSummary(proposed.path, parsed.configuration, warnings);
  return [decision(warnings.length > 0 ? 'warnings' : 'valid', `${proposed.path} is ${title}`, check(conclusion, title, summary))];
}

function decision(rule: string, because: string, effect: Effect): Decision {
  return { handler: 'config-check', rule: `config-check/${rule}`, verdict: 'act', because, evidence: [], effects: [effect] };
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
