import type { Decision, Outcome } from '../decision.ts';
import type { BotEvent } from '../event.ts';
import type { Store, StoredDelivery } from '../store/port.ts';
import type { IsEarlier } from './as-it-was.ts';

const PAGE = 200;

/** One delivery whose outcome would differ: what was decided then, and what would be decided now. */
export type Difference = { guid: string; event: string; subject: string; before: readonly string[]; after: readonly string[] };

export type PolicyReplayReport = { deliveries: number; decided: number; expired: number; same: number; different: readonly Difference[] };

export type PolicyReplay = (request: { configuration: string; fromMs: number; toMs: number }) => Promise<PolicyReplayReport>;

export type PolicyReplayParts = {
  store: Pick<Store, 'deliveriesBetween' | 'decisions'>;
  normalise: (delivery: StoredDelivery) => BotEvent | undefined;
  /** A decider under the given configuration text, on what was known then. @throws when the text is not a valid configuration */
  deciderFor: (configuration: string) => (event: BotEvent, isEarlier: IsEarlier) => Promise<Outcome>;
};

/**
 * Decides stored deliveries again, each on what was known then (`as-it-was.ts`), and shows what another configuration would change.
 * Writes nothing, neither here nor on GitHub.
 */
export function createPolicyReplay({ store, normalise, deciderFor }: PolicyReplayParts): PolicyReplay {
  return async ({ configuration, fromMs, toMs }) => {
    const decide = deciderFor(configuration);
    const report = { deliveries: 0, decided: 0, expired: 0, same: 0, different: [] as Difference[] };
    const order = await orderSince(store, fromMs);
    for await (const delivery of deliveries(store, fromMs, toMs)) {
      report.deliveries += 1;
      if (delivery.payload === undefined || delivery.payload === null) {
        report.expired += 1;
        continue;
      }
      const event = normalise(delivery);
      if (!event) continue;
      report.decided += 1;
      const before = (await store.decisions({ guid: delivery.guid, limit: PAGE })).map(summary).sort();
      const after = (await decide(event, (guid) => (order.get(guid) ?? 0) < delivery.id)).decisions.map(summary).sort();
      if (before.join('\n') === after.join('\n')) report.same += 1;
      else report.different.push({ guid: delivery.guid, event: event.name, subject: delivery.subject, before, after });
    }
    return report;
  };
}

/** Place in the inbox of everything that arrived since then; what is not in it came before. */
async function orderSince(store: PolicyReplayParts['store'], fromMs: number): Promise<ReadonlyMap<string, number>> {
  const order = new Map<string, number>();
  for await (const { guid, id } of deliveries(store, fromMs, Number.MAX_SAFE_INTEGER)) order.set(guid, id);
  return order;
}

async function* deliveries(store: PolicyReplayParts['store'], fromMs: number, toMs: number): AsyncGenerator<StoredDelivery> {
  let afterId: number | undefined;
  for (;;) {
    const page = await store.deliveriesBetween({ fromMs, toMs, limit: PAGE, ...(afterId === undefined ? {} : { afterId }) });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    afterId = last.id;
  }
}

/** A decision as one comparable line: rule, verdict, and what it would write. */
function summary({ rule, verdict, effects }: Decision): string {
  const writes = effects.map((effect) =>
    'label' in effect ? `${effect.type} ${effect.label}` : 'slot' in effect ? `${effect.type} ${effect.slot}` : effect.type,
  );
  return [rule, verdict, ...writes].join(' · ');
}
