import type { Bot } from './app.ts';
import { type Answerer, listen } from './listen.ts';
import { createAdmin, NotReady, type Route } from './operations/admin.ts';
import type { Logger } from './operations/log.ts';
import type { Metrics } from './operations/metrics.ts';
import { createOperationRoutes } from './operations/operation-routes.ts';
import type { Operations } from './operations/operations.ts';
import { onlyOwnHost } from './operations/own-host.ts';
import { remembered } from './operations/remembered.ts';
import { type Job, runJobs } from './operations/schedule.ts';
import { type Status, statusJson } from './operations/status.ts';
import { renderStatusPage } from './operations/status-page.ts';
import type { Store } from './store/port.ts';

export type ServiceParts = {
  bot: Bot;
  store: Store;
  metrics: Metrics;
  operations: Operations;
  jobs: readonly Job[];
  readStatus: () => Promise<Status>;
  slaFeed: () => Promise<unknown>;
  log: Logger;
  addresses: { host: string; port: number; adminHost: string; adminPort: number };
  /** The set-up page, absent in production. */
  setUp?: Answerer;
};

export type Service = {
  publicUrl: string;
  adminUrl: string;
  /** Starts deciding, performing and the schedules. */
  start(): void;
  /** Stops taking deliveries, finishes what was begun, closes the ports. */
  stop(): Promise<void>;
};

/** Less than the 30 s that Kubernetes and container engines give before they kill. */
const DRAIN_MS = 25_000;
/** The feed reads every known item; the public one is read no more often than this, however many ask. */
const PUBLIC_FEED_MS = 30_000;

/**
 * Two listeners: the public one has the webhook door, health and the SLA feed (aggregates of public repositories); status, metrics and
 * operations are on the admin one, which listens on loopback unless told otherwise.
 */
export async function createService(parts: ServiceParts): Promise<Service> {
  const { bot, log } = parts;
  const stopping = new AbortController();
  const onError = (path: string, error: unknown) => log.error({ path, err: error }, 'request failed');
  const unhandled = (error: unknown) => log.error({ err: error }, 'request failed');
  const health = healthRoutes(parts, stopping.signal);
  const open = createAdmin({ ...health, '/api/v1/sla.json': json(remembered(parts.slaFeed, PUBLIC_FEED_MS)) }, onError);
  const admin = createAdmin({ ...health, ...adminRoutes(parts) }, onError);
  const operations = createOperationRoutes(parts.operations, onError);
  const { host, port, adminHost, adminPort } = parts.addresses;
  const publicListener = await listen(host, port, [bot.door, open], unhandled);
  const answerers = [onlyOwnHost(adminHost), operations, admin, ...(parts.setUp ? [parts.setUp] : [])];
  const adminListener = await listen(adminHost, adminPort, answerers, unhandled).catch(async (error: unknown) => {
    await publicListener.close();
    throw error;
  });
  let running: Promise<unknown> = Promise.resolve();
  return {
    publicUrl: publicListener.url,
    adminUrl: adminListener.url,
    start: () => {
      const onJobError = (job: string, error: unknown) =>
        log.error({ job, err: error }, 'scheduled job failed; it runs again at its next turn');
      running = Promise.all([bot.run(stopping.signal), runJobs(parts.jobs, stopping.signal, onJobError)]);
    },
    stop: async () => {
      stopping.abort();
      const finished = Promise.all([publicListener.close(), running]);
      const inTime = await Promise.race([finished.then(() => true), after(DRAIN_MS)]);
      if (!inTime) {
        log.warn('work did not end in time; what is held goes back for the next start');
        await bot.returnLeases();
      }
      await adminListener.close();
    },
  };
}

function after(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms).unref());
}

function healthRoutes({ store }: ServiceParts, stopping: AbortSignal): Record<string, Route> {
  return {
    '/healthz': { contentType: 'text/plain', answer: async () => 'ok\n' },
    '/readyz': {
      contentType: 'text/plain',
      answer: async () => {
        if (stopping.aborted) throw new NotReady('stopping');
        await store.ping().catch(() => {
          throw new NotReady('the store does not answer');
        });
        return 'ok\n';
      },
    },
  };
}

function adminRoutes(parts: ServiceParts): Record<string, Route> {
  return {
    '/': { contentType: 'text/html', answer: async () => renderStatusPage(await parts.readStatus()) },
    '/metrics': { contentType: 'text/plain; version=0.0.4', answer: () => parts.metrics.registry.metrics() },
    '/api/v1/status.json': json(async () => statusJson(await parts.readStatus())),
    '/api/v1/sla.json': json(parts.slaFeed),
  };
}

function json(read: () => Promise<unknown>): Route {
  return { contentType: 'application/json', answer: async () => JSON.stringify(await read()) };
}
