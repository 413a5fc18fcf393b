import type { IncomingMessage, ServerResponse } from 'node:http';
import { type GitHub, type GitHubApp, GitHubError } from '../../github/port.ts';
import type { MemoryGitHub } from '../memory-github.ts';

/**
 * The GitHub of the fault matrix lives in the parent process, so that it survives the death of the bot: every call of the ports goes
 * over HTTP as method and arguments, and comes back as result or error.
 */
type Answer = { result?: unknown } | { error: { code: GitHubError['code']; message: string; status: number } };

const PATH = '/call/';

/** The parent's side. */
export function serveGitHub(github: MemoryGitHub): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    if (!request.url?.startsWith(PATH)) return false;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const method = request.url.slice(PATH.length) as keyof GitHub;
    const call = github[method] as (...given: unknown[]) => Promise<unknown>;
    const answer = await call.apply(github, JSON.parse(Buffer.concat(chunks).toString())).then(
      (result): Answer => ({ result }),
      (error: unknown): Answer => ({ error: asJson(error) }),
    );
    response.end(JSON.stringify(answer));
    return true;
  };
}

/** The bot's side: one object for the App and for each installation. */
export function remoteGitHub(url: string): GitHub & GitHubApp {
  const call = async (method: string, args: readonly unknown[]): Promise<unknown> => {
    const response = await fetch(url + PATH + method, { method: 'POST', body: JSON.stringify(args) });
    const answer = (await response.json()) as Answer;
    if (!('error' in answer)) return answer.result;
    throw new GitHubError(answer.error.code, answer.error.message, { status: answer.error.status });
  };
  const remote: object = new Proxy(
    {},
    {
      get: (_target, method) => {
        if (method === 'then') return undefined;
        if (method === 'installation') return async () => remote;
        return (...args: unknown[]) => call(String(method), args);
      },
    },
  );
  return remote as GitHub & GitHubApp;
}

function asJson(error: unknown): { code: GitHubError['code']; message: string; status: number } {
  if (error instanceof GitHubError) return { code: error.code, message: error.message, status: error.status };
  return { code: 'UNAVAILABLE', message: String(error), status: 500 };
}
