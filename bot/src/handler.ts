import type { Item, Matcher, Playbook, ScopeModel, Triage } from '@sig-runtime/playbooks';
import type { Catalog } from '@sig-runtime/playbooks/catalog';
import type { z } from 'zod';
import type { Settings } from './configuration/settings.ts';
import type { Decision } from './decision.ts';
import type { BotEvent } from './event.ts';
import type { FactName, Facts } from './facts.ts';
import type { People } from './sla/timeline.ts';

/** GitHub App permissions a handler needs; the App manifest is the union over all handlers. */
export type Permissions = Partial<
  Record<'metadata' | 'issues' | 'pull_requests' | 'discussions' | 'contents' | 'checks' | 'members', 'read' | 'write'>
>;

/** Facts written once under playbooks/, loaded at start. */
export type Knowledge = {
  playbooks: readonly Playbook[];
  /** Scope and diagnosis of an item from one reading of its text; what `npm run eval` measures. Handlers decide with this. */
  triage: (item: Item) => Triage;
  matcher: Matcher;
  scope: ScopeModel;
  catalog: Catalog;
  siteUrl: string;
};

export type DecideInput<Options> = {
  event: BotEvent;
  facts: Facts;
  options: Options;
  /** Where the configuration came from: `sha` of the file's blob, or `default` when none exists. */
  configuration: {
    sha: string;
    source: string;
    /** Top-level settings of the file that handlers share; absent means the defaults. */
    settings?: Pick<Settings, 'labels'>;
    /** Who counts as a maintainer, teams already resolved to their members; absent means by association alone. */
    people?: People;
  };
  knowledge: Knowledge;
  /** The App: its numeric id and the login its comments appear under (`sig-runtime[bot]`). */
  app: { id: number; login: string };
  /** RFC 3339 UTC. Decisions never read a clock. */
  now: string;
};

/**
 * One behaviour of the bot: folder `handlers/<name>/` with `index.ts` (this object), `decide.ts`, `render.ts` (pure), `README.md`, `golden/`.
 * `name` = folder = section of `.github/sig-runtime.yml` (an absent section switches the handler off) = title of the README = anchor in help.
 */
export type Handler<Options = unknown> = {
  name: string;
  /** Events it looks at: `issues.opened`, `push`, `schedule.sla`. */
  on: readonly string[];
  needs: readonly FactName[];
  permissions: Permissions;
  /** Webhook events the App must subscribe to follow from `on`. */
  options: z.ZodType<Options>;
  help: { summary: string; example: string };
  /** Pure: no I/O, no clock, no randomness. Effects in the order in which they should happen. */
  decide(input: DecideInput<Options>): readonly Decision[];
};

/** Checks a handler's shape while keeping its options type. */
export function defineHandler<Options>(handler: Handler<Options>): Handler<Options> {
  return handler;
}
