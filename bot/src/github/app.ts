import { Probot, ProbotOctokit } from 'probot';
import { createInstallationGitHub } from './adapter.ts';
import { type ApiCall, type AppIdentity, attempt, makeConditional, type Octokit, observedFetch } from './connection.ts';
import type { CacheLimits } from './etag-cache.ts';
import type { GitHub, GitHubApp } from './port.ts';

export type GitHubAppOptions = {
  appId: number;
  /** PEM, PKCS#1 or PKCS#8. */
  privateKey: string;
  /** API root, e.g. `https://api.github.com`. */
  baseUrl: string;
  /** Space out calls as GitHub asks integrators to; off for a GitHub on this machine. */
  throttle: boolean;
  /** Deadline of one HTTP call. Default 30 s. */
  timeoutMs?: number;
  /** Called once for every HTTP call, also for failed ones; must not throw. */
  onCall?: (call: ApiCall) => void;
  /** What is remembered per installation for conditional reads. Default 500 answers, 8 Mi characters together. */
  cache?: CacheLimits;
};

type OctokitOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;

const defaultTimeoutMs = 30_000;
const defaultCache: CacheLimits = { responses: 500, characters: 8 * 1024 * 1024 };
/** Installations whose connections are kept; one that is used less is connected again. */
const maxConnections = 50;

/**
 * GitHub as the App, over Probot's octokit. Nothing here retries: a POST must not be repeated before its marker was looked for.
 * Throws nothing itself; every call fails with `GitHubError`.
 */
export function createGitHubApp(options: GitHubAppOptions): GitHubApp {
  const probot = newProbot(options);
  const connections = new Map<number, Promise<GitHub>>();
  const asApp = once(() => probot.auth());
  const identity = once(() => readIdentity(asApp));
  const octokits = new Map<number, Promise<Octokit>>();
  const octokitOf = (installationId: number): Promise<Octokit> => {
    const octokit = octokits.get(installationId) ?? newOctokit(probot, installationId, options.cache ?? defaultCache);
    keep(octokits, installationId, octokit);
    octokit.catch(() => octokits.delete(installationId));
    return octokit;
  };
  const connect = async (installationId: number) =>
    createInstallationGitHub({ octokit: await octokitOf(installationId), app: await identity() });
  return {
    identity,
    installation: (installationId) => {
      const connection = connections.get(installationId) ?? connect(installationId);
      keep(connections, installationId, connection);
      connection.catch(() => connections.delete(installationId));
      return connection;
    },
    listInstallations: () => attempt('list installations', async () => listInstallations(await asApp())),
    listRepositories: (id) => attempt(`list repositories of installation ${id}`, async () => listRepositories(await octokitOf(id), id)),
    listDeliveries: (cursor) => attempt('list deliveries', async () => listDeliveries(await asApp(), cursor)),
    getDelivery: (id) => attempt(`read delivery ${id}`, async () => getDelivery(await asApp(), id)),
  };
}

function newProbot(options: GitHubAppOptions): Probot {
  const quiet = () => false;
  return new Probot({
    appId: options.appId,
    privateKey: options.privateKey,
    // Deliveries are verified by the intake, never by Probot; its built-in default secret must not be usable.
    secret: crypto.randomUUID(),
    baseUrl: options.baseUrl,
    logLevel: 'fatal',
    request: { fetch: observedFetch(options.timeoutMs ?? defaultTimeoutMs, options.onCall ?? (() => undefined)) },
    // A function, because Probot replaces a plain `throttle` object by its own, which is on and repeats calls.
    Octokit: ProbotOctokit.defaults((given: OctokitOptions) => ({
      ...given,
      retry: { enabled: false },
      throttle: { ...given.throttle, enabled: options.throttle, onRateLimit: quiet, onSecondaryRateLimit: quiet },
    })),
  });
}

/** Puts an entry behind all others and drops the first, which was used longest ago. */
function keep<T>(entries: Map<number, T>, id: number, entry: T): void {
  entries.delete(id);
  entries.set(id, entry);
  const [oldest] = entries.keys();
  if (entries.size > maxConnections && oldest !== undefined) entries.delete(oldest);
}

async function newOctokit(probot: Probot, installationId: number, cache: CacheLimits): Promise<Octokit> {
  const octokit = await probot.auth(installationId);
  makeConditional(octokit, cache);
  return octokit;
}

function readIdentity(asApp: () => Promise<Octokit>): Promise<AppIdentity> {
  return attempt('read the App', async () => {
    const { data } = await (await asApp()).rest.apps.getAuthenticated();
    if (!data?.slug) throw new Error('the App has no slug');
    return { id: data.id, slug: data.slug, login: `${data.slug}[bot]` };
  });
}

async function listInstallations(octokit: Octokit) {
  const installations = await octokit.paginate(octokit.rest.apps.listInstallations, { per_page: 100 });
  return installations.map(({ id, account, permissions }) => ({
    id,
    account: accountName(account),
    permissions: permissions as Record<string, string>,
  }));
}

function accountName(account: { login?: string; slug?: string } | null): string {
  return account?.login ?? account?.slug ?? '';
}

async function listRepositories(octokit: Octokit, installationId: number) {
  const repositories = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: 100 });
  return repositories.map((repository) => ({
    installationId,
    repositoryId: repository.id,
    owner: repository.owner.login,
    name: repository.name,
    private: repository.private,
  }));
}

async function listDeliveries(octokit: Octokit, cursor: string | undefined) {
  const { data, headers } = await octokit.rest.apps.listWebhookDeliveries({ per_page: 100, ...(cursor ? { cursor } : {}) });
  const deliveries = data.map((delivery) => ({
    id: delivery.id,
    guid: delivery.guid,
    deliveredAt: delivery.delivered_at,
    event: delivery.event,
    action: delivery.action,
    statusCode: delivery.status_code,
    redelivery: delivery.redelivery,
  }));
  return { deliveries, next: nextCursor(headers.link) };
}

function nextCursor(link: string | undefined): string | undefined {
  const next = (link ?? '').split(',').find((part) => part.includes('rel="next"'));
  const url = next?.slice(next.indexOf('<') + 1, next.indexOf('>'));
  return url ? (new URL(url).searchParams.get('cursor') ?? undefined) : undefined;
}

async function getDelivery(octokit: Octokit, id: number) {
  const { data } = await octokit.rest.apps.getWebhookDelivery({ delivery_id: id });
  return { guid: data.guid, event: data.event, payload: data.request.payload as unknown, deliveredAt: data.delivered_at };
}

/** The first success is kept; a failure is tried again on the next call. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    kept ??= make().catch((cause: unknown) => {
      kept = undefined;
      throw cause;
    });
    return kept;
  };
}
