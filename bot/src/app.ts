import { createDecider, type EffectiveConfiguration } from './decide.ts';
import type { Outcome } from './decision.ts';
import type { BotEvent } from './event.ts';
import type { GitHubApp } from './github/port.ts';
import type { Handler, Knowledge } from './handler.ts';
import { createDoor, type DoorResult } from './intake/door.ts';
import type { Redact } from './intake/ingest.ts';
import type { RepositoryRef } from './item.ts';
import type { Logger } from './operations/log.ts';
import type { Metrics } from './operations/metrics.ts';
import { createExecutor, type ExecutorResult } from './outbox/execute.ts';
import { createPrecedence } from './precedence.ts';
import type { Store } from './store/port.ts';
import { createWorker, type WorkerResult } from './worker/worker.ts';

export type BotParts = {
  store: Store;
  app: GitHubApp;
  handlers: readonly Handler[];
  knowledge: Knowledge;
  configurationOf: (repository: RepositoryRef | undefined) => Promise<EffectiveConfiguration>;
  secrets: readonly string[];
  redact: Redact;
  clock: () => number;
  random: () => number;
  log: Logger;
  metrics: Metrics;
  /** After the outcome of an event is stored. */
  onDecided?: (event: BotEvent) => void;
  webhookPath: string;
  workers: number;
  /** Least time between two writes: a second towards GitHub, none towards the embedded one. */
  minSpacingMs: number;
};

/** What passed through since the start, for the closing report of `npm start`. */
export type Tally = {
  received: number;
  accepted: number;
  duplicates: number;
  refused: number;
  buried: number;
  labelled: number;
  answered: number;
  abstained: number;
  writes: number;
  failedEffects: number;
  handlerErrors: number;
};

export type Bot = {
  door: ReturnType<typeof createDoor>;
  tally: Readonly<Tally>;
  /** Decides and performs everything that is due now; resolves with the number of units done. */
  drain(): Promise<number>;
  /** Something was put into the inbox or the outbox by other ways than the door. */
  wake(): void;
  /** Decides and performs until the signal is aborted, then finishes what was begun. */
  run(signal: AbortSignal): Promise<void>;
  /** Gives back what is still held when a drain runs out of time, for others to take at once. */
  returnLeases(): Promise<void>;
};

/** How long deciding and performing wait while deliveries are being acknowledged. */
const PATIENCE_MS = 500;

/** Wires door, worker and executor to one store. Opens no port and starts nothing by itself. */
export async function createBot(parts: BotParts): Promise<Bot> {
  const { store, app, clock, random, log, metrics } = parts;
  const tally = emptyTally();
  const decide = createDecider({
    ...parts,
    github: (installationId) => app.installation(installationId),
    app: await app.identity(),
    nowMs: clock,
    onHandlerError: (handler, guid, error) => {
      tally.handlerErrors += 1;
      metrics.handlerError(handler);
      log.error({ handler, guid, err: error }, 'handler failed while deciding');
    },
  });
  const onError = (error: unknown) => log.error({ err: error }, 'the store failed; work goes on when it answers again');
  const precedence = createPrecedence(PATIENCE_MS);
  const executor = createExecutor({
    giveWay: precedence.giveWay,
    store,
    app,
    clock,
    random,
    minSpacingMs: parts.minSpacingMs,
    onError,
    onResult: (result) => noteEffect(result, tally, log),
  });
  const worker = createWorker({
    giveWay: precedence.giveWay,
    store,
    decide,
    clock,
    random,
    concurrency: parts.workers,
    onError,
    onDecided: (event, outcome) => {
      noteOutcome(outcome, tally);
      parts.onDecided?.(event);
      executor.wake();
    },
    onResult: (result) => noteDelivery(result, tally, log),
  });
  const door = createDoor({
    store,
    secrets: parts.secrets,
    redact: parts.redact,
    clock,
    path: parts.webhookPath,
    onAccepted: () => worker.wake(),
    onResult: (result) => noteArrival(result, tally, metrics, log),
  });
  return {
    door: (request, response) => precedence.urgent(() => door(request, response)),
    tally,
    drain: async () => (await worker.drain()) + (await executor.drain()),
    returnLeases: worker.returnLeases,
    wake: () => {
      worker.wake();
      executor.wake();
    },
    run: async (signal) => {
      await Promise.all([worker.run(signal), executor.run(signal)]);
    },
  };
}

function emptyTally(): Tally {
  return {
    received: 0,
    accepted: 0,
    duplicates: 0,
    refused: 0,
    buried: 0,
    labelled: 0,
    answered: 0,
    abstained: 0,
    writes: 0,
    failedEffects: 0,
    handlerErrors: 0,
  };
}

function noteArrival(result: DoorResult, tally: Tally, metrics: Metrics, log: Logger): void {
  tally.received += 1;
  metrics.delivery(result.kind);
  if (result.kind === 'refused') {
    tally.refused += 1;
    log.warn({ status: result.status, reason: result.reason, ...(result.error ? { err: result.error } : {}) }, 'delivery refused');
  } else {
    tally[result.kind === 'accepted' ? 'accepted' : 'duplicates'] += 1;
    log.debug({ guid: result.guid, event: result.event }, `delivery ${result.kind}`);
  }
}

function noteOutcome(outcome: Outcome, tally: Tally): void {
  for (const decision of outcome.decisions) if (decision.verdict === 'abstain') tally.abstained += 1;
}

function noteDelivery(result: WorkerResult, tally: Tally, log: Logger): void {
  const line = { guid: result.guid, event: result.event, attempts: result.attempts };
  if (result.kind === 'buried') {
    tally.buried += 1;
    log.error({ ...line, err: result.error }, 'delivery is a dead letter now; list them with: npm run -s bot -- dead-letters');
  } else if (result.kind === 'decided' || result.kind === 'ignored') log.debug(line, `delivery ${result.kind}`);
  else log.warn({ ...line, err: result.error }, `delivery ${result.kind}`);
}

function noteEffect(result: ExecutorResult, tally: Tally, log: Logger): void {
  const { effect, idempotencyKey } = result;
  const line = { effect: effect.type, key: idempotencyKey };
  if (result.kind === 'done' && result.result?.changed) {
    tally.writes += 1;
    if (effect.type === 'add-label') tally.labelled += 1;
    if (effect.type === 'put-comment' && effect.slot === 'answer') tally.answered += 1;
  }
  if (result.kind === 'failed') tally.failedEffects += 1;
  if (result.kind === 'failed' || result.kind === 'retried' || result.kind === 'paused')
    log.warn({ ...line, err: result.error }, `effect ${result.kind}`);
  else log.debug(line, `effect ${result.kind}`);
}
