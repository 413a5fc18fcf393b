import { join } from 'node:path';
import { redactJson } from '@sig-runtime/playbooks';
import { createBot } from '../../bot/src/app.ts';
import { createConfigurations } from '../../bot/src/configuration/load.ts';
import { handlers } from '../../bot/src/handlers/index.ts';
import { WEBHOOK_PATH } from '../../bot/src/intake/door.ts';
import { loadKnowledge } from '../../bot/src/knowledge.ts';
import { listen } from '../../bot/src/listen.ts';
import { createLog } from '../../bot/src/operations/log.ts';
import { createMetrics } from '../../bot/src/operations/metrics.ts';
import { openSqliteStore } from '../../bot/src/store/sqlite.ts';
import { MemoryGitHub } from '../../bot/src/testing/index.ts';
import { type ItemText, REPOSITORY, SECRET, sampleTexts } from './deliveries.ts';
import { type Subject, serve } from './serve.ts';

/** Everything on, and room in the noise budget, so that decisions lead to writes. */
const CONFIGURATION = ['version: 1', 'mode: active', 'noise: {commentsPerRepositoryPerHour: 500}']
  .concat(handlers.map(({ name }) => `${name}: {}`))
  .join('\n');
const WORKERS = 4;

/** The bot as it runs in production, except that GitHub is in memory: door, SQLite on disk, worker, real handlers, executor. */
serve(async ({ items, directory }, watch): Promise<Subject> => {
  const clock = Date.now;
  const log = createLog('error');
  const store = await openSqliteStore({ path: join(directory, 'bot.sqlite'), clock });
  const app = seededGitHub(items, sampleTexts());
  const configuration = createConfigurations({ handlers, app, store, clock, log }).fromText(CONFIGURATION);
  const bot = await createBot({
    store,
    app,
    handlers,
    knowledge: loadKnowledge('https://site.example'),
    configurationOf: async () => configuration,
    secrets: [SECRET],
    redact: redactJson,
    clock,
    random: Math.random,
    log,
    metrics: createMetrics({ counts: () => store.counts(clock()), slaBreaches: async () => new Map() }),
    webhookPath: WEBHOOK_PATH,
    workers: WORKERS,
    minSpacingMs: 0,
  });
  const seen: Parameters<typeof listen>[2][number] = async (request) => {
    watch(request.socket);
    return false;
  };
  const listener = await listen('127.0.0.1', 0, [seen, bot.door], (error) => log.error({ err: error }, 'request failed'));
  const stopping = new AbortController();
  const running = bot.run(stopping.signal);
  return {
    url: `${listener.url}${WEBHOOK_PATH}`,
    counts: async () => {
      const { deliveries, decisions } = await store.counts(clock());
      const decided = decisions.reduce((sum, { count }) => sum + count, 0);
      return { ...deliveries, decisions: decided, effects: bot.tally.writes, handlerErrors: bot.tally.handlerErrors };
    },
    known: async (guids) => (await store.knownGuids(guids)).size,
    stop: async () => {
      stopping.abort();
      await Promise.all([listener.close(), running]);
      await store.close();
    },
  };
});

function seededGitHub(items: number, textOf: ItemText): MemoryGitHub {
  const github = new MemoryGitHub();
  github.addRepository(REPOSITORY, ['sig/runtime']);
  for (let number = 1; number <= items; number++) {
    github.addItem({ repository: REPOSITORY, kind: 'issue', number, nodeId: `I_${number}` }, textOf(number));
  }
  return github;
}
