import { generateKeyPair } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import type { RepositoryRef } from '../../item.ts';
import { Contract, type Violation } from './contract.ts';
import { Deliveries, type DeliveryRecord, type WebhookTarget } from './deliveries.ts';
import { startEmulator } from './emulator.ts';
import { type Answer, type Exchange, Overlay } from './exchange.ts';
import { type FaultPlan, Faults } from './faults.ts';
import { createHandle, type Handle } from './handle.ts';
import { Person, putFile } from './people.ts';
import { defaultApp, type EmbeddedSeed, emulatorSeed, installationsOf, type SeedRepository } from './seed.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { deliver, receiveWebhook } from './webhooks.ts';
import { object, World } from './world.ts';

export type EmbeddedOptions = {
  seed: EmbeddedSeed;
  /** Where deliveries go; may be set later with `aim`, because the bot often starts second. */
  webhook?: WebhookTarget;
  /** Time until the first `setNow`, RFC 3339. Default: real time. */
  now?: string;
  faults?: FaultPlan;
};

/** A GitHub of our own on 127.0.0.1, for tests and for `npm start`. */
export type EmbeddedGitHub = {
  /** Root of the API and of the pages. */
  url: string;
  appId: number;
  /** Login of the App's bot account. */
  botLogin: string;
  privateKey: string;
  /** Of the first account that owns a repository; `repositories` has each one's own. */
  installationId: number;
  repositories: readonly RepositoryRef[];
  repository(fullName: string): RepositoryRef;
  as(login: string): Person;
  /** Every delivery so far, oldest first, with what became of it. */
  deliveries: readonly DeliveryRecord[];
  /** Delivers any event to the bot, for what nobody can do here. */
  emit(event: string, payload: Record<string, unknown>): void;
  aim(target: WebhookTarget | undefined): void;
  /** Moves simulated time forward to `iso`; it then stands still. */
  setNow(iso: string): Promise<void>;
  faults: Faults;
  /** Breaches of GitHub's API description, by the bot's requests or by our answers. */
  violations: readonly Violation[];
  /** Resolves when no delivery is under way. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

const maxBodyBytes = 25 * 1024 * 1024;

export async function startEmbeddedGitHub(options: EmbeddedOptions): Promise<EmbeddedGitHub> {
  const { seed } = options;
  const app = { ...defaultApp, ...seed.app };
  const world = new World(seed, app);
  const clock = new SimulatedClock();
  const faults = new Faults();
  const contract = new Contract();
  const server = createServer();
  const url = await listen(server);
  const installations = installationsOf(seed);
  const names = seed.repositories.map((repository) => `${repository.owner}/${repository.name}`);
  const deliveries = new Deliveries(faults, () => clock.now(), options.webhook);
  const privateKey = await newPrivateKey();
  const overlay = new Overlay({ world, clock, deliveries, url, installations, repositories: names, privateKey });
  const emulator = await startEmulator({
    baseUrl: url,
    seed: emulatorSeed(seed, app, privateKey),
    onWebhook: (event, payload) => receiveWebhook(overlay, event, payload),
  });
  overlay.attach(emulator);
  const handle = createHandle(overlay, faults, contract);
  server.on('request', (request, response) => void serve(handle, contract, request, response));
  const repositories = await plant(overlay, seed);
  if (options.now) await clock.set(options.now);
  if (options.faults) faults.plan(options.faults);
  const repository = (fullName: string) => refOf(repositories, fullName);
  return {
    url,
    appId: app.id,
    botLogin: world.botLogin,
    privateKey,
    installationId: installations[0]?.id ?? 0,
    repositories,
    repository,
    as: (login) => new Person(login, overlay, handle, repository),
    deliveries: deliveries.records,
    emit: (event, payload) => deliver(overlay, event, payload),
    aim: (target) => deliveries.aim(target),
    setNow: (iso) => clock.set(iso),
    faults,
    violations: contract.violations,
    settled: async () => {
      await emulator.drain();
      await deliveries.settle();
    },
    stop: async () => {
      await deliveries.settle();
      await emulator.stop();
      await close(server);
    },
  };
}

/** What emulate's seed cannot hold: labels and files. Nothing of it is announced. */
async function plant(overlay: Overlay, seed: EmbeddedSeed): Promise<readonly RepositoryRef[]> {
  return overlay.world.silently(async () => {
    for (const { login } of seed.people) await overlay.account(login);
    const refs: RepositoryRef[] = [];
    for (const repository of seed.repositories) refs.push(await plantRepository(overlay, repository));
    for (const repository of seed.repositories)
      if (repository.private) await admit(overlay, seed, `${repository.owner}/${repository.name}`);
    await overlay.emulator.drain();
    return refs;
  });
}

const collaboratorPermissions = {
  none: 'pull',
  read: 'pull',
  triage: 'triage',
  write: 'push',
  maintain: 'maintain',
  admin: 'admin',
} as const;

/** A private repository is open to the people who have a role, and to nobody else. */
async function admit(overlay: Overlay, seed: EmbeddedSeed, fullName: string): Promise<void> {
  for (const { login, role = 'none' } of seed.people) {
    if (role === 'none') continue;
    await overlay.operate('PUT', `/repos/${fullName}/collaborators/${login}`, { permission: collaboratorPermissions[role] });
  }
}

async function plantRepository(overlay: Overlay, repository: SeedRepository): Promise<RepositoryRef> {
  const { owner, name, labels = [], files = {} } = repository;
  for (const { name: label, color = 'ededed', description = '' } of labels) {
    await overlay.operate('POST', `/repos/${owner}/${name}/labels`, { name: label, color, description });
  }
  for (const [path, content] of Object.entries(files)) await putFile(overlay, `${owner}/${name}`, path, content);
  const { id } = object((await overlay.operate('GET', `/repos/${owner}/${name}`)).json);
  const installationId = overlay.installations.find(({ account }) => account === owner)?.id ?? 0;
  return { installationId, repositoryId: Number(id), owner, name, private: repository.private ?? false };
}

function refOf(repositories: readonly RepositoryRef[], fullName: string): RepositoryRef {
  const found = repositories.find(({ owner, name }) => `${owner}/${name}` === fullName);
  if (!found) throw new Error(`${fullName} is not in the seed of the embedded GitHub`);
  return found;
}

async function serve(handle: Handle, contract: Contract, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://embedded');
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const exchange: Exchange = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers,
      body: await readJson(request),
    };
    write(response, await handle(exchange));
  } catch (cause) {
    const problem = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    contract.violations.push({ direction: 'response', operation: `${request.method}`, path: request.url ?? '', problem });
    write(response, { status: 500, json: { message: 'the embedded GitHub failed' } });
  }
}

function write(response: ServerResponse, answer: Answer): void {
  const body = answer.html ?? (answer.json === undefined ? '' : JSON.stringify(answer.json));
  const type = answer.html === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8';
  const policy =
    answer.html === undefined ? {} : { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:" };
  response.writeHead(answer.status, { ...answer.headers, ...policy, ...(body ? { 'content-type': type } : {}) });
  response.end(body);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) throw new Error('request body above 25 MB');
    chunks.push(chunk);
  }
  return sizeBytes === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function newPrivateKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return privateKey;
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(`http://127.0.0.1:${address.port}`);
      else reject(new Error('no address on 127.0.0.1'));
    });
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
