import type { GitHubApp } from '../github/port.ts';
import { unlessClosed } from '../github/unless-closed.ts';
import { type ReconcileResult, reconcile } from './reconcile.ts';
import { SWEEP_CURSOR, type SweepOptions, type SweepResult, sweep } from './sweep.ts';

export type RecoveryOptions = SweepOptions & {
  app: Pick<GitHubApp, 'listDeliveries' | 'getDelivery' | 'listInstallations' | 'listRepositories' | 'installation'>;
  /** Payloads older than this are forgotten. */
  payloadAgeMs?: number;
  /** Something was put into the inbox: wake the worker. */
  onAccepted?: () => void;
};

export type RecoveryResult = { sweep: SweepResult; reconciled: ReconcileResult; expired: number };

const PAYLOAD_AGE_MS = 30 * 24 * 60 * 60_000;

/**
 * One round, for the start and every ten minutes after: missed deliveries, then items from before GitHub's window if we were away that
 * long, then payloads past their age. Stopped half-way it does the rest next time. Throws what GitHub and the store throw.
 */
export async function recover(options: RecoveryOptions): Promise<RecoveryResult> {
  const swept = await sweep(options);
  const reconciled = swept.gap ? await reconcileAll(options, swept.gap.fromMs) : { changed: 0, accepted: 0 };
  await options.store.putCursor(SWEEP_CURSOR, swept.cursor);
  const expired = await options.store.expirePayloads(options.clock() - (options.payloadAgeMs ?? PAYLOAD_AGE_MS));
  if (swept.accepted + reconciled.accepted > 0) options.onAccepted?.();
  return { sweep: swept, reconciled, expired };
}

async function reconcileAll({ app, store, redact, clock }: RecoveryOptions, sinceMs: number): Promise<ReconcileResult> {
  const total = { changed: 0, accepted: 0 };
  for (const { id } of await app.listInstallations()) {
    const github = await app.installation(id);
    for (const repository of await unlessClosed(app.listRepositories(id), [])) {
      const { changed, accepted } = await unlessClosed(reconcile({ github, store, redact, clock }, repository, sinceMs), NOTHING);
      total.changed += changed;
      total.accepted += accepted;
    }
  }
  return total;
}

const NOTHING: ReconcileResult = { changed: 0, accepted: 0 };
