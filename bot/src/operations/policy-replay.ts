import type { Decider, Decision } from '../decision.ts';
import type { BotEvent } from '../event.ts';
import type { Store, StoredDelivery } from '../store/port.ts';

const PAGE = 200;

/** One delivery whose outcome would differ: what was decided then, and what would be decided now. */
export type Difference = { guid: string; event: string; subject: string; before: readonly string[]; after: readonly string[] };

export type PolicyReplayReport = { deliveries: number; decided: number; expired: number; same: number; different: readonly Difference[] };

export type PolicyReplay = (request: { configuration: string; fromMs: number; toMs: number }) => Promise<PolicyReplayReport>;

export type PolicyReplayParts = {
  store: Pick<Store, 'deliveriesBetween' | 'decisions'>;
  normalise: (delivery: StoredDelivery) => BotEvent | undefined;
  /** A decider under the given configuration text. @throws when the text is not a valid configuration */
  deciderFor: (configuration: string) => Decider;
};

/** Decides stored deliveries again under another configuration and shows what would change. Writes nothing, neither here nor on GitHub. */
export function createPolicyReplay({ store, normalise, deciderFor }: PolicyReplayParts): PolicyReplay {
  return async ({ configuration, fromMs, toMs }) => {
    const decide = deciderFor(configuration);
    const report = { deliveries: 0, decided: 0, expired: 0, same: 0, different: [] as Difference[] };
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
      const after = (await decide(event)).decisions.map(summary).sort();
      if (before.join('\n') === after.join('\n')) report.same += 1;
      else report.different.push({ guid: delivery.guid, event: event.name, subject: delivery.subject, before, after });
    }
    return report;
  };
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
