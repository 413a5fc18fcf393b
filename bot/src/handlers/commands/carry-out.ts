import type { Command } from '../../commands/table.ts';
import type { Memo } from '../../decision.ts';
import type { Effect } from '../../effect.ts';
import type { History } from '../../facts.ts';
import type { DecideInput } from '../../handler.ts';
import { playbookAnswer } from '../../rendering/playbook-answer.ts';
import { type Caller, mayTriage } from './authorise.ts';
import { addLabels, declared, type LabelWorld, othersOf, removeLabels, resolveLabel, valuesOf } from './labels.ts';
import type { CommandsOptions } from './options.ts';
import * as say from './render.ts';
import { planUndo } from './undo.ts';
import { explain, standingVetoes } from './why.ts';

/** What a permitted command is carried out against. */
export type Scene = { caller: Caller; labels: LabelWorld; history: History; input: DecideInput<CommandsOptions> };

/**
 * `refused` names the rule behind a no. `reply` is a section of the reply comment; success without one is acknowledged by a reaction alone.
 */
export type Result = {
  because: string;
  refused?: string;
  effects: readonly Effect[];
  takesBack?: readonly number[];
  memos: readonly Memo[];
  reply?: string;
};

export function carryOut(command: Command, scene: Scene): Result {
  switch (command.command) {
    case 'sig-runtime':
      return addSig(scene);
    case 'remove-sig-runtime':
      return removeSig(scene);
    case 'why':
      return done('explained', { reply: say.why(explain(scene.history)) });
    case 'undo':
      return undo(command.args.what, scene);
    case 'triage':
      return triage(command.args, scene);
    case 'priority':
    case 'kind':
    case 'area':
      return setValues(command.command, command.args.values, scene);
    case 'assign-self':
    case 'unassign-self':
      return assign(command.command === 'assign-self' ? 'assign' : 'unassign', [scene.caller.login], scene);
    case 'assign':
    case 'unassign':
      return assign(command.command, command.args.logins, scene);
    case 'hold':
      return hold(command.args.cancel, scene);
    case 'playbook':
      return playbook(command.args.id, scene);
    case 'sla':
      return done(`SLA clocks ${command.args.action}d`, {
        memos: [{ type: command.args.action === 'pause' ? 'sla-paused' : 'sla-resumed', by: scene.caller.login }],
      });
    case 'help':
      return done('listed the commands', { reply: say.help() });
  }
}

function done(because: string, parts: Partial<Result> = {}): Result {
  return { because, effects: [], memos: [], ...parts };
}

function refuse(rule: string, because: string, usage: string): Result {
  return { because, refused: rule, effects: [], memos: [], reply: say.refused(usage, because) };
}

function addSig({ caller, labels, history, input }: Scene): Result {
  const label = input.options.labels.sig;
  const veto = standingVetoes(history).find((standing) => standing.label.toLowerCase() === label.toLowerCase());
  if (veto && veto.by !== caller.login && !mayTriage(caller)) {
    return refuse('veto', `${veto.by} removed ${label} from this item; somebody with triage rights can add it again`, '/sig runtime');
  }
  const memos: Memo[] = [
    ...(veto ? [{ type: 'veto-lifted', label, by: caller.login } as const] : []),
    { type: 'human-label', label, present: true, by: caller.login },
  ];
  return withLabels([label], memos, `${label} added`, { labels });
}

function removeSig({ caller, labels, input }: Scene): Result {
  const label = input.options.labels.sig;
  return done(`${label} removed; it is vetoed on this item`, {
    effects: removeLabels([label], labels),
    memos: [
      { type: 'veto', label, by: caller.login },
      { type: 'human-label', label, present: false, by: caller.login },
    ],
  });
}

/** Adds labels; those the repository lacks are reported with the patch that would declare them. */
function withLabels(
  names: readonly string[],
  memos: readonly Memo[],
  because: string,
  { labels, first = [], reply }: { labels: LabelWorld; first?: readonly Effect[]; reply?: string },
): Result {
  const change = addLabels(names, labels);
  const sections = [
    ...(reply === undefined ? [] : [reply]),
    ...(change.missing.length > 0 ? [say.labelMissing(change.missing, (name) => declared(name, labels.catalogue))] : []),
  ];
  return {
    because: change.missing.length > 0 ? `${because}; not in this repository, so not written: ${change.missing.join(', ')}` : because,
    effects: [...(change.missing.length > 0 ? [] : first), ...change.effects],
    memos: [...memos, ...change.memos],
    ...(sections.length > 0 ? { reply: sections.join('\n\n') } : {}),
    ...(change.missing.length > 0 ? { refused: 'label-missing' } : {}),
  };
}

function undo(what: Parameters<typeof planUndo>[0], { caller, history }: Scene): Result {
  const plan = planUndo(what, history, caller.login);
  if (plan.steps.length === 0) return refuse('nothing', `there is nothing to take back (${what})`, '/sig undo [last|label|answer|all]');
  return done(`took back ${plan.steps.length} ${plan.steps.length === 1 ? 'change' : 'changes'} (${what})`, {
    effects: plan.steps.map(({ effect }) => effect),
    takesBack: plan.steps.map(({ takesBack }) => takesBack),
    memos: plan.memos,
  });
}

function triage(args: Extract<Command, { command: 'triage' }>['args'], { labels, input }: Scene): Result {
  const names = input.options.labels;
  if (args.verdict === 'duplicate' && args.of === labels.item.number) {
    return refuse('itself', 'an item is no duplicate of itself', '/triage duplicate #number');
  }
  const label = { accepted: names.accepted, 'needs-info': names.needsInfo, duplicate: names.duplicate }[args.verdict];
  const decisions = [names.accepted, names.needsInfo, names.duplicate].filter((name) => name !== label);
  return withLabels([label], [], `triage decision: ${args.verdict}`, {
    labels,
    first: removeLabels(decisions, labels),
    ...(args.verdict === 'duplicate' ? { reply: say.duplicate(args.of) } : {}),
  });
}

function setValues(group: 'priority' | 'kind' | 'area', values: readonly string[], { labels }: Scene): Result {
  const resolved = values.map((value) => resolveLabel(`${group}/${value}`, labels));
  const unknown = values.filter((_, index) => resolved[index] === undefined);
  if (unknown.length > 0) {
    return {
      because: `no ${group} label is called ${unknown.join(', ')}`,
      refused: 'unknown-value',
      effects: [],
      memos: [],
      reply: say.unknownValues(group, unknown, valuesOf(group, labels)),
    };
  }
  const names = resolved.filter((name) => name !== undefined);
  const first = group === 'priority' ? removeLabels(othersOf('priority', names[0] ?? '', labels), labels) : [];
  return withLabels(names, [], `${names.join(', ')} added`, { labels, first });
}

function assign(type: 'assign' | 'unassign', logins: readonly string[], { labels }: Scene): Result {
  if (labels.item.kind === 'discussion') return refuse('kind', 'discussions have no assignees', `/${type} @user …`);
  return done(`${type}ed ${logins.join(', ')}`, { effects: [{ type, item: labels.item, logins }] });
}

function hold(cancel: boolean, { caller, labels, input }: Scene): Result {
  const label = input.options.labels.hold;
  const memos: Memo[] = [{ type: cancel ? 'hold-released' : 'hold', by: caller.login }];
  if (cancel) return done('hold released', { effects: removeLabels([label], labels), memos });
  return labels.item.kind === 'pull_request' ? withLabels([label], memos, 'held', { labels }) : done('held', { memos });
}

function playbook(id: string, { caller, labels, input }: Scene): Result {
  const found = input.knowledge.playbooks.find((candidate) => candidate.id === id);
  if (!found) return refuse('unknown-playbook', `there is no playbook ${id}`, '/playbook PB-NNN');
  const body = playbookAnswer(found, { siteUrl: input.knowledge.siteUrl, requestedBy: caller.login });
  return done(`${id} put into the answer`, {
    effects: [{ type: 'put-comment', item: labels.item, slot: 'answer', body }],
    memos: [{ type: 'playbook', id, by: caller.login }],
  });
}
