import { complete, userJson } from './complete.ts';
import type { Deliveries } from './deliveries.ts';
import type { Emulator } from './emulator.ts';
import { operatorToken, tokenOf as personToken } from './seed.ts';
import type { SimulatedClock } from './simulated-clock.ts';
import { TokenBudget } from './token-budget.ts';
import type { World } from './world.ts';

export type Exchange = { method: string; path: string; query: URLSearchParams; headers: Readonly<Record<string, string>>; body: unknown };

export type Answer = { status: number; headers?: Record<string, string>; json?: unknown; html?: string };

/** What every route works with. */
export class Overlay {
  readonly world: World;
  readonly clock: SimulatedClock;
  readonly deliveries: Deliveries;
  readonly url: string;
  readonly installations: readonly { id: number; account: string }[];
  /** Full names, in the order of the seed. */
  readonly repositories: readonly string[];
  /** Installation id by token that was handed out. */
  readonly installationTokens = new Map<string, number>();
  readonly #budget: TokenBudget;
  #emulator: Emulator | undefined;
  #operatorCalls = 0;

  constructor(parts: Pick<Overlay, 'world' | 'clock' | 'deliveries' | 'url' | 'installations' | 'repositories'> & { privateKey: string }) {
    this.#budget = new TokenBudget(parts.world.app.id, parts.privateKey);
    this.world = parts.world;
    this.clock = parts.clock;
    this.deliveries = parts.deliveries;
    this.url = parts.url;
    this.installations = parts.installations;
    this.repositories = parts.repositories;
  }

  attach(emulator: Emulator): void {
    this.#emulator = emulator;
  }

  get emulator(): Emulator {
    if (!this.#emulator) throw new Error('the embedded GitHub is not started');
    return this.#emulator;
  }

  /** Hands a call through to emulate; JSON comes back completed. */
  async upstream(request: {
    method: string;
    path: string;
    token?: string | undefined;
    headers?: Record<string, string>;
    body?: unknown;
  }): Promise<Answer> {
    const { status, headers, text } = await this.emulator.request(request);
    const kept = keep(headers, [
      'link',
      'x-ratelimit-limit',
      'x-ratelimit-remaining',
      'x-ratelimit-reset',
      'x-ratelimit-resource',
      'location',
    ]);
    if (kept.link) kept.link = kept.link.replace(/http:\/\/[^/]+\//g, `${this.url}/`);
    const json = text === '' ? undefined : parse(text);
    return { status, headers: kept, ...(json === undefined ? {} : { json: complete(this, json) }) };
  }

  /** The caller's own call, as emulate would see it. */
  async forward(exchange: Exchange, changed: { path?: string; body?: unknown } = {}): Promise<Answer> {
    const query = exchange.query.size > 0 ? `?${exchange.query}` : '';
    const body = 'body' in changed ? changed.body : exchange.body;
    const token = tokenOf(exchange);
    const answer = await this.upstream({
      method: exchange.method,
      path: changed.path ?? `${exchange.path}${query}`,
      token: token && this.#budget.standInFor(token),
      ...(exchange.headers.accept ? { headers: { accept: exchange.headers.accept } } : {}),
      ...(body === undefined ? {} : { body }),
    });
    const installation = token && this.installationTokens.get(token);
    if (token && installation) await this.#budget.renew(this.emulator, token, installation, answer.headers);
    return answer;
  }

  /** A call in the operator's name, or in the name of the person who owns the repository; for what the overlay itself has to know or prepare. */
  async operate(method: string, path: string, body?: unknown): Promise<Answer> {
    this.#operatorCalls += 1;
    const owner = path.split('/')[2] ?? '';
    const token = this.world.people.has(owner) ? personToken(owner) : operatorToken(this.#operatorCalls);
    return this.upstream({ method, path, token, ...(body === undefined ? {} : { body }) });
  }

  /** An account by login, in GitHub's short form. */
  async account(login: string): Promise<Record<string, unknown>> {
    const known = this.world.users.get(login);
    if (known) return known;
    const { status, json } = await this.operate('GET', `/users/${encodeURIComponent(login)}`);
    const id = status === 200 ? Number((json as { id: number }).id) : 0;
    const account = userJson(this.url, login, id || accountIdOf(login), login.endsWith('[bot]') ? 'Bot' : 'User');
    if (id) this.world.users.set(login, account);
    return account;
  }

  /** All pages of a list. */
  async operateAll(path: string): Promise<Record<string, unknown>[]> {
    const all: Record<string, unknown>[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await this.operate('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
      const entries = Array.isArray(answer.json) ? (answer.json as Record<string, unknown>[]) : [];
      all.push(...entries);
      if (entries.length < 100) return all;
    }
  }
}

export function tokenOf(exchange: Pick<Exchange, 'headers'>): string | undefined {
  const [, token] = (exchange.headers.authorization ?? '').split(' ');
  return token;
}

/** True for the App itself (JWT) and its installations; people's calls are spared faults and validation. */
export function isFromApp(exchange: Pick<Exchange, 'headers'>): boolean {
  const token = tokenOf(exchange) ?? '';
  return token.startsWith('ghs_') || token.split('.').length === 3;
}

/** Who calls, as a login; the App's own calls count as its bot account. */
export function loginOf(overlay: Pick<Overlay, 'world'>, exchange: Pick<Exchange, 'headers'>): string {
  const token = tokenOf(exchange) ?? '';
  return token.startsWith('person-') ? token.slice('person-'.length) : overlay.world.botLogin;
}

/** The caller's account, as webhooks show it. */
export async function senderOf(overlay: Overlay, exchange: Pick<Exchange, 'headers'>): Promise<Record<string, unknown>> {
  return overlay.account(loginOf(overlay, exchange));
}

export function notFound(): Answer {
  return { status: 404, json: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' } };
}

/** One page of a list, with the `Link` header that points to the others. */
export function paged(overlay: Pick<Overlay, 'url'>, exchange: Pick<Exchange, 'path' | 'query'>, all: readonly unknown[]): Answer {
  const size = Math.min(100, Math.max(1, Number(exchange.query.get('per_page') ?? 30) || 30));
  const page = Math.max(1, Number(exchange.query.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (target: number, rel: string) => {
    const query = new URLSearchParams(exchange.query);
    query.set('page', String(target));
    return `<${overlay.url}${exchange.path}?${query}>; rel="${rel}"`;
  };
  const links = page < last ? [link(page + 1, 'next'), link(last, 'last')] : [];
  return {
    status: 200,
    json: all.slice((page - 1) * size, page * size),
    ...(links.length > 0 ? { headers: { link: links.join(', ') } } : {}),
  };
}

/** A stand-in until emulate has made the account. */
function accountIdOf(login: string): number {
  return 100_000 + [...login].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 100_000, 7);
}

function keep(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
