import { z } from 'zod';
import type { EffectState } from '../effect.ts';
import type { OutboxEntry, Store } from '../store/port.ts';
import type { PolicyReplay } from './policy-replay.ts';
import { type ShadowReport, shadowReport } from './shadow.ts';
import { planUndo } from './undo.ts';

const PAGE = 1_000;
const Guid = z.string().min(1).max(200);
const Time = z.iso.datetime({ offset: true });

/** What an operator may ask of a running bot; each request is checked before anything is read. */
export const requests = {
  'dead-letters': z.strictObject({}),
  'dead-letters/replay': z.strictObject({ guids: z.array(Guid).max(PAGE).optional() }),
  decisions: z.strictObject({
    subject: z.string().max(200).optional(),
    handler: z.string().max(50).optional(),
    limit: z.int().min(1).max(PAGE).default(50),
  }),
  shadow: z.strictObject({ label: z.string().min(1).max(50).default('sig/runtime') }),
  undo: z
    .strictObject({
      ids: z.array(z.int()).max(PAGE).optional(),
      from: Time.optional(),
      to: Time.optional(),
      apply: z.boolean().default(false),
    })
    .refine(({ ids, from }) => (ids === undefined) !== (from === undefined), 'say either which effects (ids) or since when (from)'),
  'policy-replay': z.strictObject({ configuration: z.string().max(65_536), from: Time, to: Time.optional() }),
} as const;
export type OperationName = keyof typeof requests;

export type Operations = { [Name in OperationName]: (request: z.output<(typeof requests)[Name]>) => Promise<unknown> };

export type OperationSources = { store: Store; nowMs: () => number; policyReplay: PolicyReplay; wake: () => void };

export function createOperations({ store, nowMs, policyReplay, wake }: OperationSources): Operations {
  return {
    'dead-letters': () => store.deadLetters({ limit: PAGE }),
    'dead-letters/replay': async ({ guids }) => {
      const replayed = await store.replayDeadLetters({ nowMs: nowMs(), ...(guids ? { guids } : {}) });
      wake();
      return { replayed };
    },
    decisions: ({ subject, handler, limit }) =>
      store.decisions({ limit, ...(subject ? { subject } : {}), ...(handler ? { handler } : {}) }),
    shadow: ({ label }) => readShadow(store, label),
    undo: async ({ ids, from, to, apply }) => {
      const range = from === undefined ? {} : { fromMs: Date.parse(from), toMs: to === undefined ? nowMs() + 1 : Date.parse(to) };
      const plan = planUndo(await effectsOf(store, 'done', range, ids));
      const waiting = (await effectsOf(store, 'pending', range, ids))
        .filter(({ inverseOf }) => inverseOf === undefined)
        .map(({ id }) => id);
      const stopped = apply ? await stop(store, waiting, nowMs()) : 0;
      const added = apply ? await store.addEffects(plan.effects, nowMs()) : 0;
      if (added > 0) wake();
      return {
        applied: apply,
        added,
        waiting: waiting.length,
        stopped,
        effects: plan.effects.map(({ effect, inverseOf }) => ({ takesBack: inverseOf, effect })),
        left: plan.left,
      };
    },
    'policy-replay': ({ configuration, from, to }) =>
      policyReplay({ configuration, fromMs: Date.parse(from), toMs: to === undefined ? nowMs() + 1 : Date.parse(to) }),
  };
}

/** What is still on its way must not be performed behind an undo. */
async function stop(store: Store, ids: readonly number[], nowMs: number): Promise<number> {
  let stopped = 0;
  for (let from = 0; from < ids.length; from += PAGE)
    stopped += await store.withholdEffects(ids.slice(from, from + PAGE), { nowMs, because: 'undo by an operator' });
  return stopped;
}

type Range = { fromMs?: number; toMs?: number };

/** Every effect of the range in this state, or those of the ids, page by page: an undo that stops half-way would be none. */
async function effectsOf(store: Store, state: EffectState, range: Range, ids?: readonly number[]): Promise<OutboxEntry[]> {
  const wanted = ids && new Set(ids);
  const oldest = Math.min(...(ids ?? [0]));
  const found: OutboxEntry[] = [];
  let beforeId = ids === undefined ? undefined : Math.max(0, ...ids) + 1;
  for (;;) {
    const page = await store.effects({ limit: PAGE, states: [state], ...range, ...(beforeId === undefined ? {} : { beforeId }) });
    found.push(...page.filter(({ id }) => !wanted || wanted.has(id)));
    beforeId = page.at(-1)?.id;
    if (page.length < PAGE || beforeId === undefined || beforeId <= oldest) return found;
  }
}

async function readShadow(store: Store, label: string): Promise<ShadowReport> {
  const decisions = await store.decisions({ limit: PAGE, handler: 'label' });
  const subjects = [...new Set(decisions.map(({ subject }) => subject))];
  const histories = new Map(await Promise.all(subjects.map(async (subject) => [subject, await store.history(subject)] as const)));
  return shadowReport(label, decisions, histories);
}
