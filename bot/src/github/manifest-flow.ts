import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Handler } from '../handler.ts';
import { appManifest } from './app-manifest.ts';
import { CredentialsFileExists, convertManifest, saveCredentials } from './manifest-conversion.ts';
import { createdPage, failedPage, questionsPage, submitPage } from './manifest-pages.ts';
import { GitHubError } from './port.ts';

export type SetUpOptions = {
  handlers: readonly Pick<Handler, 'on' | 'permissions'>[];
  name: string;
  homepageUrl: string;
  /** Path of the webhook door below the address that the person gives. */
  webhookPath: string;
  /** Where people use GitHub: `https://github.com`. */
  githubUrl: string;
  /** `https://api.github.com` */
  apiUrl: string;
  /** Environment file to write, mode 0600. */
  credentialsFile: string;
  /** The set-up page does not exist in production. */
  production: boolean;
};

const maxStates = 100;

/**
 * `GET /setup` asks for the public address, then sends the manifest to GitHub; GitHub sends the browser back to `/setup/created`, which
 * trades the code for credentials and writes them to the file. Secrets are never shown. Undefined in production.
 */
export function createSetUp(options: SetUpOptions): ((request: IncomingMessage, response: ServerResponse) => Promise<boolean>) | undefined {
  if (options.production) return undefined;
  const states = new Set<string>();
  return async (request, response) => {
    const address = `http://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`;
    if (!URL.canParse(address)) return false;
    const url = new URL(address);
    if (request.method !== 'GET' || (url.pathname !== '/setup' && url.pathname !== '/setup/created')) return false;
    const { status, page } = url.pathname === '/setup' ? ask(options, url, states) : await finish(options, url, states);
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${new URL(options.githubUrl).origin}`,
    });
    response.end(page);
    return true;
  };
}

type Answer = { status: number; page: string };

function ask(options: SetUpOptions, url: URL, states: Set<string>): Answer {
  const address = url.searchParams.get('address') ?? '';
  const organisation = url.searchParams.get('organisation') ?? '';
  if (address === '') return { status: 200, page: questionsPage() };
  const webhookUrl = webhookUrlOf(address, options.webhookPath);
  if (!webhookUrl) return { status: 400, page: questionsPage('The address must be an http or https URL without a path.') };
  if (!/^[A-Za-z0-9-]{0,39}$/.test(organisation)) return { status: 400, page: questionsPage('This is not the name of an organisation.') };
  const state = remember(states);
  const manifest = appManifest(options.handlers, {
    name: options.name,
    homepageUrl: options.homepageUrl,
    webhookUrl,
    redirectUrl: `${url.origin}/setup/created`,
  });
  const owner = organisation ? `/organizations/${organisation}` : '';
  return { status: 200, page: submitPage(`${options.githubUrl}${owner}/settings/apps/new?state=${state}`, manifest) };
}

async function finish(options: SetUpOptions, url: URL, states: Set<string>): Promise<Answer> {
  const code = url.searchParams.get('code') ?? '';
  if (!states.delete(url.searchParams.get('state') ?? '') || code === '') {
    return { status: 400, page: failedPage('This answer was not asked for here. Start again.') };
  }
  try {
    const { credentialsFile, apiUrl } = options;
    const credentials = await saveCredentials(credentialsFile, () => convertManifest(apiUrl, code), apiUrl);
    return { status: 200, page: createdPage({ id: credentials.id, slug: credentials.slug, url: credentials.html_url, credentialsFile }) };
  } catch (cause) {
    if (cause instanceof GitHubError) return { status: 502, page: failedPage(cause.message) };
    if (cause instanceof CredentialsFileExists) return { status: 409, page: failedPage(cause.message) };
    throw cause;
  }
}

/** Ties GitHub's answer to a page that was asked for here; each is good once. */
function remember(states: Set<string>): string {
  const state = crypto.randomUUID();
  states.add(state);
  if (states.size > maxStates) states.delete([...states][0] ?? '');
  return state;
}

function webhookUrlOf(address: string, path: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.pathname !== '/' || url.search || url.username)
    return undefined;
  return `${url.origin}${path}`;
}
