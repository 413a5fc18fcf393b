import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { StoreCounts } from '../store/port.ts';

/** What the gauges are read from, at the moment somebody scrapes. */
export type MetricSources = {
  counts: () => Promise<StoreCounts>;
  slaBreaches: () => Promise<ReadonlyMap<string, number>>;
};

export type Metrics = {
  registry: Registry;
  delivery(result: 'accepted' | 'duplicate' | 'refused'): void;
  apiCall(call: { method: string; status: number; installationId?: number; remaining?: number }): void;
  handlerError(handler: string): void;
};

/** Names, types and help of everything under `/metrics`; docs/operate-the-bot.md lists them from here. */
export const METRICS = {
  sig_bot_deliveries_total: 'Deliveries that reached the webhook listener, by result.',
  sig_bot_inbox_deliveries: 'Deliveries in the inbox, by state.',
  sig_bot_inbox_lag_seconds: 'Age of the oldest delivery that is due and not decided.',
  sig_bot_outbox_effects: 'Effects in the outbox, by state.',
  sig_bot_outbox_lag_seconds: 'Age of the oldest effect that is due and not performed.',
  sig_bot_decisions: 'Decisions on record, by handler and verdict; `abstain` is a considered no.',
  sig_bot_handler_errors_total: 'Handlers that failed while deciding.',
  sig_bot_github_requests_total: 'Requests to GitHub, by method and status.',
  sig_bot_github_budget_remaining: 'Requests left before the primary rate limit, by installation.',
  sig_bot_sla_breaches: 'Open items whose clock has run out, by target.',
} as const;
type Name = keyof typeof METRICS;

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const gauge = (name: Name, labelNames: readonly string[], collect: (gauge: Gauge) => Promise<void>): Gauge =>
    new Gauge({
      name,
      help: METRICS[name],
      labelNames: [...labelNames],
      registers,
      collect: async function read() {
        this.reset();
        await collect(this);
      },
    });
  const counter = (name: Name, labelNames: readonly string[]): Counter =>
    new Counter({ name, help: METRICS[name], labelNames: [...labelNames], registers });

  gauge('sig_bot_inbox_deliveries', ['state'], async (g) => each((await sources.counts()).deliveries, (state, n) => g.set({ state }, n)));
  gauge('sig_bot_inbox_lag_seconds', [], async (g) => g.set((await sources.counts()).deliveryLagMs / 1000));
  gauge('sig_bot_outbox_effects', ['state'], async (g) => each((await sources.counts()).outbox, (state, n) => g.set({ state }, n)));
  gauge('sig_bot_outbox_lag_seconds', [], async (g) => g.set((await sources.counts()).outboxLagMs / 1000));
  gauge('sig_bot_decisions', ['handler', 'verdict'], async (g) => {
    for (const { handler, verdict, count } of (await sources.counts()).decisions) g.set({ handler, verdict }, count);
  });
  gauge('sig_bot_sla_breaches', ['target'], async (g) => {
    for (const [target, count] of await sources.slaBreaches()) g.set({ target }, count);
  });
  const deliveries = counter('sig_bot_deliveries_total', ['result']);
  const handlerErrors = counter('sig_bot_handler_errors_total', ['handler']);
  const requests = counter('sig_bot_github_requests_total', ['method', 'status']);
  const budget = new Gauge({
    name: 'sig_bot_github_budget_remaining',
    help: METRICS.sig_bot_github_budget_remaining,
    labelNames: ['installation'],
    registers,
  });

  return {
    registry,
    delivery: (result) => deliveries.inc({ result }),
    handlerError: (handler) => handlerErrors.inc({ handler }),
    apiCall: ({ method, status, installationId, remaining }) => {
      requests.inc({ method, status });
      if (remaining !== undefined) budget.set({ installation: installationId ?? 0 }, remaining);
    },
  };
}

function each(record: Readonly<Record<string, number>>, visit: (key: string, value: number) => void): void {
  for (const [key, value] of Object.entries(record)) visit(key, value);
}
