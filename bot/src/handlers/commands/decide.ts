import { type CommandError, type Parsed, type ParsedCommand, parseCommands } from '../../commands/parse.ts';
import { COMMANDS } from '../../commands/table.ts';
import type { Decision, Memo } from '../../decision.ts';
import type { Effect } from '../../effect.ts';
import type { History } from '../../facts.ts';
import type { DecideInput } from '../../handler.ts';
import type { ItemRef } from '../../item.ts';
import { callerOf, refusal } from './authorise.ts';
import { carryOut, type Result, type Scene } from './carry-out.ts';
import { after } from './labels.ts';
import type { CommandsOptions } from './options.ts';
import { mistake, notAllowed, reply } from './render.ts';
import { type CommandSource, sourceOf } from './source.ts';

const HOUR_MS = 3_600_000;
const NO_HISTORY: History = { decisions: [], effects: [], memos: [], timeline: [] };

/**
 * One decision per command, in the order of the text, and one for the reply. Later commands see the labels as earlier ones leave them.
 */
export function decide(input: DecideInput<CommandsOptions>): readonly Decision[] {
  const { event, options } = input;
  const source = sourceOf(event);
  if (!source || !event.item || !event.actor) return [];
  const parsed = parseCommands(source.text, source.previousText, { byAnother: source.byAnother ?? false });
  if (parsed.length === 0) return [];
  const history = input.facts.history ?? NO_HISTORY;
  const allowance = options.commandsPerHour - givenLastHour(history, event.actor.login, input.now);
  if (allowance <= 0) return [overLimit(event.actor.login, options.commandsPerHour)];
  return answerAll(parsed.slice(0, allowance), sceneOf(input, source, event.item, history), source);
}

function sceneOf(input: DecideInput<CommandsOptions>, source: CommandSource, item: ItemRef, history: History): Scene {
  const { event, facts, configuration, knowledge, options } = input;
  const author = facts.item?.author ?? event.snapshot?.author;
  return {
    input,
    history,
    caller: callerOf({
      login: event.actor?.login ?? '',
      isAuthor: author !== undefined && author.id === event.actor?.id,
      permission: facts.permission,
      association: source.association,
      people: configuration.people,
    }),
    labels: {
      item,
      onItem: facts.item?.labels ?? event.snapshot?.labels ?? [],
      inRepository: facts.repositoryLabels ?? [],
      catalogue: knowledge.catalog.labels,
      mayCreate: configuration.settings?.labels.create ?? false,
      aliases: options.aliases,
    },
  };
}

function answerAll(parsed: readonly Parsed[], scene: Scene, source: CommandSource): readonly Decision[] {
  const decisions: Decision[] = [];
  const sections: string[] = [];
  let onItem = scene.labels.onItem;
  let refusedAny = false;
  for (const entry of parsed) {
    const result = 'error' in entry ? misread(entry) : permitted(entry, { ...scene, labels: { ...scene.labels, onItem } });
    onItem = after(onItem, result.effects);
    refusedAny ||= result.refused !== undefined;
    if (result.reply !== undefined) sections.push(result.reply);
    decisions.push(decisionOf(entry, result, scene.caller.login));
  }
  const effects = replyEffects(sections, refusedAny, scene.labels.item, source);
  if (effects.length === 0) return decisions;
  return [...decisions, { ...base('reply', `answered ${scene.caller.login}`), verdict: 'act', effects }];
}

function permitted(entry: ParsedCommand, scene: Scene): Result {
  const declaration = COMMANDS[entry.command];
  const reason = refusal(declaration, scene.caller);
  if (!reason) return carryOut(entry, scene);
  return {
    because: `${scene.caller.login} may not use ${declaration.usage} (${reason})`,
    refused: reason,
    effects: [],
    memos: [],
    reply: notAllowed(declaration.usage, declaration.who, reason),
  };
}

function misread({ error, usage, line }: CommandError): Result {
  return { because: `line ${line}: ${error}`, refused: 'usage', effects: [], memos: [], reply: mistake(usage, error, line) };
}

function decisionOf(entry: Parsed, result: Result, by: string): Decision {
  const name = entry.command ?? 'text';
  const counted: Memo = { type: 'command', command: name, by };
  return {
    ...base(result.refused === undefined ? name : `${name}/${result.refused}`, `${by}, line ${entry.line}: ${result.because}`),
    verdict: result.refused !== undefined && result.effects.length === 0 ? 'abstain' : 'act',
    effects: result.effects,
    memos: [...result.memos, counted],
    ...(result.takesBack ? { takesBack: result.takesBack } : {}),
  };
}

function replyEffects(sections: readonly string[], refusedAny: boolean, item: ItemRef, { nodeId }: CommandSource): readonly Effect[] {
  return [
    ...(sections.length > 0 ? [{ type: 'put-comment', item, slot: 'command', body: reply(sections) } as const] : []),
    ...(nodeId === undefined ? [] : [{ type: 'react', item, commentNodeId: nodeId, content: refusedAny ? 'confused' : '+1' } as const]),
  ];
}

function overLimit(login: string, limit: number): Decision {
  return {
    ...base('limit', `${login} gave ${limit} commands on this item within an hour; the rest is ignored`),
    verdict: 'abstain',
    effects: [],
  };
}

function givenLastHour({ memos }: History, login: string, now: string): number {
  const since = Date.parse(now) - HOUR_MS;
  return memos.filter((memo) => memo.type === 'command' && memo.by === login && Date.parse(memo.at) > since).length;
}

function base(rule: string, because: string): Pick<Decision, 'handler' | 'rule' | 'because' | 'evidence'> {
  return { handler: 'commands', rule: `commands/${rule}`, because, evidence: [] };
}
