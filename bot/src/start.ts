import type { Surroundings } from './cli/program.ts';
import { compose } from './compose.ts';
import { createGitHubApp } from './github/app.ts';
import { requireStrongSecrets } from './intake/signature.ts';
import { loadKnowledge } from './knowledge.ts';
import { openStore } from './open-store.ts';
import { createLog } from './operations/log.ts';
import { type BotOptions, OptionError } from './options.ts';

const WRITE_SPACING_MS = 1_000;

/**
 * Works with GitHub until asked to stop: SIGTERM and SIGINT finish what was begun, then end with 0.
 * @throws OptionError, SecretError when a credential is missing or weak, naming it and the remedy
 */
export async function startForGitHub({
  options,
  once,
  io,
  stop,
}: {
  options: BotOptions;
  once: boolean;
  io: Surroundings;
  stop: Promise<void>;
}): Promise<number> {
  if (once) throw new OptionError('--once replays the embedded week; leave out APP_ID to use it');
  const { appId } = options;
  if (appId === undefined) throw new OptionError('--app-id (APP_ID) is missing: production works with a real GitHub App');
  const secrets = requireStrongSecrets(
    (options.webhookSecrets ?? '').split(',').map((secret) => secret.trim()),
    { production: options.production },
  );
  const privateKey = privateKeyOf(options, io);
  const log = createLog(options.logLevel);
  const calls: { listener: (call: { method: string; status: number }) => void } = { listener: () => undefined };
  const store = await openStore(options, Date.now);
  try {
    const app = createGitHubApp({
      appId,
      privateKey,
      baseUrl: options.githubApiUrl,
      throttle: true,
      onCall: (call) => calls.listener(call),
    });
    const composed = await compose({
      options,
      store,
      app,
      knowledge: loadKnowledge(options.siteUrl),
      githubUrl: options.githubApiUrl,
      secrets,
      clock: Date.now,
      random: Math.random,
      log,
      minSpacingMs: WRITE_SPACING_MS,
      onApiCall: (listener) => {
        calls.listener = listener;
      },
    });
    const service = await composed.service();
    service.start();
    log.info({ webhooks: `${service.publicUrl}${options.webhookPath}`, admin: service.adminUrl, store: store.dialect }, 'bot started');
    await stop;
    log.info('stopping: finishing what was begun');
    await service.stop();
    return 0;
  } finally {
    await store.close();
  }
}

/** PEM as it is, PEM in base64, or the file that holds it. */
function privateKeyOf({ privateKey, privateKeyPath }: BotOptions, io: Pick<Surroundings, 'readFile'>): string {
  const given = privateKey ?? (privateKeyPath === undefined ? undefined : io.readFile(privateKeyPath));
  if (given === undefined)
    throw new OptionError(
      '--private-key (PRIVATE_KEY) or --private-key-path (PRIVATE_KEY_PATH) is missing: download it in the settings of the App',
    );
  const pem = given.includes('-----BEGIN') ? given.replaceAll('\\n', '\n') : Buffer.from(given, 'base64').toString('utf8');
  if (!pem.includes('-----BEGIN')) throw new OptionError('--private-key (PRIVATE_KEY) is neither PEM nor PEM in base64');
  return pem;
}
