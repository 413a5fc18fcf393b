import { redactJson } from '@sig-runtime/playbooks';
import { type Bot, createBot } from './app.ts';
import { createConfigurations } from './configuration/load.ts';
import { createDecider } from './decide.ts';
import { degradedHandlers } from './degraded.ts';
import { createSetUp } from './github/manifest-flow.ts';
import type { GitHubApp } from './github/port.ts';
import type { Knowledge } from './handler.ts';
import { handlers } from './handlers/index.ts';
import { ingestEvent } from './intake/ingest.ts';
import { normalise } from './intake/normalise.ts';
import { githubAt, storeBefore } from './operations/as-it-was.ts';
import type { Logger } from './operations/log.ts';
import { createMetrics } from './operations/metrics.ts';
import { createOperations } from './operations/operations.ts';
import { createPolicyReplay, type PolicyReplayParts } from './operations/policy-replay.ts';
import { replaceFile } from './operations/replace-file.ts';
import type { Job } from './operations/schedule.ts';
import { createSlaView, type SlaView } from './operations/sla-view.ts';
import { readStatus } from './operations/status.ts';
import { type BotOptions, credentialsFile, webUrlOf } from './options.ts';
import { recover } from './recovery/recovery.ts';
import { createService, type Service } from './service.ts';
import { slaDigestEvents } from './sla-schedule.ts';
import type { Store } from './store/port.ts';

export type Composition = {
  options: BotOptions;
  store: Store;
  app: GitHubApp;
  knowledge: Knowledge;
  githubUrl: string;
  secrets: readonly string[];
  clock: () => number;
  random: () => number;
  log: Logger;
  minSpacingMs: number;
  onApiCall: (listener: (call: { method: string; status: number; remaining?: number }) => void) => void;
};

export type Composed = {
  bot: Bot;
  sla: SlaView;
  jobs: Readonly<Record<'recovery' | 'installations' | 'sla-digest', () => Promise<void>>>;
  service(): Promise<Service>;
};

const TEN_MINUTES_MS = 600_000;
const HOUR_MS = 3_600_000;

/** The whole program around a store and a GitHub: what `npm start` runs, embedded or not. */
export async function compose(parts: Composition): Promise<Composed> {
  const { store, app, knowledge, clock, log, options } = parts;
  const sla = createSlaView(knowledge.catalog, store, clock);
  const metrics = createMetrics({ counts: () => store.counts(clock()), slaBreaches: async () => (await sla.state()).breaches });
  parts.onApiCall(metrics.apiCall);
  const configurations = createConfigurations({ handlers, store, app, clock, log });
  const identity = await app.identity();
  const bot = await createBot({
    ...parts,
    handlers,
    metrics,
    configurationOf: configurations.of,
    onDecided: configurations.noticed,
    redact: redactJson,
    webhookPath: options.webhookPath,
    workers: options.workers,
  });
  const jobs = {
    recovery: async () => {
      const { sweep } = await recover({ app, store, redact: redactJson, clock, onAccepted: bot.wake });
      if (sweep.accepted > 0) log.info({ missed: sweep.missed, accepted: sweep.accepted }, 'missed deliveries taken in');
      for (const { guid, error } of sweep.failed)
        log.warn({ guid, err: error }, 'missed delivery could not be fetched; the next sweep looks for it again');
    },
    installations: async () => {
      for (const { id, account, permissions } of await app.listInstallations())
        await store.putInstallation({ id, account, permissions, updatedAtMs: clock() });
    },
    'sla-digest': async () => {
      for (const event of await slaDigestEvents(app, knowledge.catalog, clock())) await ingestEvent(store, event, clock());
      bot.wake();
    },
  };
  const deciderFor: PolicyReplayParts['deciderFor'] = (text) => {
    const configuration = configurations.fromText(text);
    return (event, isEarlier) => {
      const then = storeBefore(store, isEarlier, event);
      return createDecider({
        handlers,
        knowledge,
        store: then,
        github: async (installationId) => githubAt(await app.installation(installationId), then.history, event),
        configurationOf: async () => configuration,
        app: identity,
        nowMs: () => Date.parse(event.at),
        onHandlerError: (handler, guid, error) => log.error({ handler, guid, err: error }, 'handler failed while deciding again'),
      })(event);
    };
  };
  const operations = createOperations({
    store,
    nowMs: clock,
    wake: bot.wake,
    policyReplay: createPolicyReplay({ store, normalise, deciderFor }),
  });
  const status = () =>
    readStatus({
      store,
      app: identity,
      github: parts.githubUrl,
      degraded: async () => degradedHandlers(handlers, await store.installations()),
      sla: sla.state,
      nowMs: clock,
    });
  const schedule: readonly Job[] = [
    { name: 'recovery', everyMs: TEN_MINUTES_MS, runAtStart: true, run: jobs.recovery },
    { name: 'installations', everyMs: HOUR_MS, runAtStart: true, run: jobs.installations },
    { name: 'sla-digest', everyMs: HOUR_MS, runAtStart: true, run: jobs['sla-digest'] },
  ];
  const setUp = createSetUp({
    handlers,
    name: 'SIG Runtime',
    homepageUrl: options.siteUrl,
    webhookPath: options.webhookPath,
    githubUrl: webUrlOf(options.githubApiUrl),
    apiUrl: options.githubApiUrl,
    credentialsFile: credentialsFile(options.dataDir),
    production: options.production,
  });
  const { host, port, adminHost, adminPort, slaExport } = options;
  const exports: readonly Job[] =
    slaExport === undefined
      ? []
      : [
          {
            name: 'sla-export',
            everyMs: HOUR_MS,
            runAtStart: true,
            run: async () => replaceFile(slaExport, JSON.stringify(await sla.feed())),
          },
        ];
  return {
    bot,
    sla,
    jobs,
    service: () =>
      createService({
        bot,
        store,
        metrics,
        operations,
        jobs: [...schedule, ...exports],
        readStatus: status,
        slaFeed: sla.feed,
        log,
        addresses: { host, port, adminHost, adminPort },
        ...(setUp ? { setUp } : {}),
      }),
  };
}
