import type { Answer, Exchange, Overlay } from './exchange.ts';

export type Parameters = Readonly<Record<string, string>>;
export type Route = {
  method: string;
  /** `/repos/{owner}/{repo}/issues/{number}`; a parameter ends at the next slash, `{path*}` takes the rest. */
  path: string;
  /** Undefined leaves the call to emulate. */
  answer(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer | undefined>;
};

type Compiled = { route: Route; parts: readonly string[] };

/** The first route that matches, in order. */
export class Router {
  readonly #routes: readonly Compiled[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes.map((route) => ({ route, parts: route.path.split('/') }));
  }

  find(method: string, path: string): { route: Route; parameters: Parameters } | undefined {
    const parts = path.split('/');
    for (const { route, parts: wanted } of this.#routes) {
      const parameters = route.method === method ? match(wanted, parts) : undefined;
      if (parameters) return { route, parameters };
    }
    return undefined;
  }
}

export function match(wanted: readonly string[], parts: readonly string[]): Parameters | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const actual = parts[index];
    if (part.endsWith('*}')) {
      parameters[part.slice(1, -2)] = parts.slice(index).map(decodeURIComponent).join('/');
      return actual === undefined ? undefined : parameters;
    }
    if (actual === undefined) return undefined;
    if (part.startsWith('{')) {
      if (actual === '') return undefined;
      parameters[part.slice(1, -1)] = decodeURIComponent(actual);
    } else if (part !== actual) return undefined;
  }
  return parts.length === wanted.length ? parameters : undefined;
}

export function fullNameOf(parameters: Parameters): string {
  return `${parameters.owner}/${parameters.repo}`;
}
