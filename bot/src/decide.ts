import type { Decider, Decision, Outcome } from './decision.ts';
import type { BotEvent } from './event.ts';
import type { FactName, History } from './facts.ts';
import { type Gathered, type GatherGitHub, type GatherStore, gather } from './gather.ts';
import type { GitHubError } from './github/port.ts';
import type { DecideInput, Handler, Knowledge } from './handler.ts';
import { fullName, type RepositoryRef, subjectOf } from './item.ts';
import { type Mode, type NoiseBudget, plan } from './plan.ts';
import { type People, timelineOf } from './sla/timeline.ts';

/** The configuration that holds for one repository: its own file over the organisation's, over nothing. */
export type EffectiveConfiguration = {
  sha: string;
  source: string;
  mode: Mode;
  noise: NoiseBudget;
  people: People;
  settings: NonNullable<DecideInput<unknown>['configuration']['settings']>;
  /** Parsed options of each handler that is switched on, by name. */
  sections: ReadonlyMap<string, unknown>;
};

export type DeciderParts = {
  handlers: readonly Handler[];
  knowledge: Knowledge;
  store: GatherStore;
  /** GitHub as the installation sees it. */
  github: (installationId: number) => Promise<GatherGitHub>;
  configurationOf: (repository: RepositoryRef | undefined) => Promise<EffectiveConfiguration>;
  app: DecideInput<unknown>['app'];
  nowMs: () => number;
  onHandlerError: (handler: string, guid: string, error: unknown) => void;
};

/** What planning and the timeline need, whoever decides. */
const ALWAYS: readonly FactName[] = ['history'];

/** After these the item is somewhere else or nowhere, and reading it would fail. */
const LEAVING: ReadonlySet<string> = new Set(['issues.deleted', 'issues.transferred', 'discussion.deleted', 'discussion.transferred']);

/** GitHub can lag behind its own webhooks: what it does not find is looked for again until this attempt. */
const GONE_AT_ATTEMPT = 3;

/**
 * Gather, decide, plan: what one event leads to. Reads GitHub and the store, writes neither.
 * A handler that throws is recorded as an abstention and does not stop the others: handlers are pure, so trying again would not help.
 * The same holds for a handler whose facts cannot be read (a permission is missing). An item that is gone is filed as closed.
 */
export function createDecider(parts: DeciderParts): Decider {
  return async (event, attempt = GONE_AT_ATTEMPT) => {
    const repository = event.item?.repository ?? event.repository;
    const configuration = await parts.configurationOf(repository);
    if (LEAVING.has(event.name)) return departed(event, configuration);
    const interested = parts.handlers.filter(({ name, on }) => configuration.sections.has(name) && on.includes(event.name));
    const nowMs = parts.nowMs();
    const { facts, unreadable } = await gatherFor(event, interested, parts, nowMs);
    const missing = [...unreadable.values()].find(({ code }) => code === 'NOT_FOUND');
    if (missing && attempt < GONE_AT_ATTEMPT) throw missing;
    if (unreadable.get('item')?.code === 'NOT_FOUND') return departed(event, configuration);
    const input = { event, facts, configuration, knowledge: parts.knowledge, app: parts.app, now: new Date(nowMs).toISOString() };
    const concluded = interested.flatMap((handler) => {
      const lacking = handler.needs.flatMap((name) => unreadable.get(name) ?? [])[0];
      return lacking ? [unread(handler, lacking)] : run(handler, { ...input, options: configuration.sections.get(handler.name) }, parts);
    });
    const decisions = concluded.filter((decision) => !isRepeated(decision, facts.history));
    const planned = plan(decisions, {
      mode: configuration.mode,
      budget: configuration.noise,
      history: facts.history,
      repositoryCommentsLastHour: facts.repositoryCommentsLastHour ?? 0,
      now: input.now,
    });
    return {
      subject: subjectOf(event),
      configSha: configuration.sha,
      decisions: planned,
      timeline: timelineOf(event, configuration.people, decisions),
      ...(event.item && facts.item ? { item: { ref: event.item, snapshot: facts.item } } : {}),
    };
  };
}

/** Staying silent once more for the same reason is nothing to put on record. */
function isRepeated({ handler, rule, verdict, because }: Decision, history: History | undefined): boolean {
  const last = history?.decisions.findLast((decision) => decision.handler === handler);
  return verdict === 'abstain' && last?.verdict === 'abstain' && last.rule === rule && last.because === because;
}

/** Nobody decides about an item that is not there any more; its clocks stop and it leaves the list of open items. */
function departed(event: BotEvent, { sha, people }: EffectiveConfiguration): Outcome {
  const { item, snapshot } = event;
  const last = snapshot && { locked: false, assignees: [], ...snapshot, state: 'closed' as const };
  return {
    subject: subjectOf(event),
    configSha: sha,
    decisions: [],
    timeline: timelineOf(event, people),
    ...(item && last ? { item: { ref: item, snapshot: last } } : {}),
  };
}

async function gatherFor(event: BotEvent, interested: readonly Handler[], parts: DeciderParts, nowMs: number): Promise<Gathered> {
  const repository = event.item?.repository ?? event.repository;
  const installationId = repository?.installationId ?? event.installationId;
  const needs = new Set<FactName>([...(event.item ? ALWAYS : []), ...interested.flatMap((handler) => handler.needs)]);
  if (event.item) needs.add('item').add('repositoryCommentsLastHour');
  if (installationId === undefined || needs.size === 0) return { facts: {}, unreadable: new Map() };
  return gather(needs, { event, github: await parts.github(installationId), store: parts.store, nowMs });
}

function unread({ name }: Handler, { message }: GitHubError): Decision {
  return { handler: name, rule: `${name}/unreadable`, verdict: 'abstain', because: `not decided: ${message}`, evidence: [], effects: [] };
}

function run(handler: Handler, input: DecideInput<unknown>, parts: DeciderParts): readonly Decision[] {
  try {
    return handler.decide(input);
  } catch (error) {
    parts.onHandlerError(handler.name, input.event.guid, error);
    const repository = input.event.repository ? ` in ${fullName(input.event.repository)}` : '';
    const because = `the handler failed on ${input.event.name}${repository}; the log line of delivery ${input.event.guid} has the cause`;
    return [{ handler: handler.name, rule: `${handler.name}/error`, verdict: 'abstain', because, evidence: [], effects: [] }];
  }
}
