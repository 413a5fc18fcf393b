import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountRoutes } from './account-routes.ts';
import { appRoutes } from './app-routes.ts';
import type { Contract } from './contract.ts';
import { type Answer, type Exchange, isFromApp, type Overlay } from './exchange.ts';
import type { ApiFault, Faults } from './faults.ts';
import { graphqlRoutes } from './graphql-routes.ts';
import { issueRoutes } from './issue-routes.ts';
import { labelRoutes } from './label-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { acceptedPermissions } from './permissions.ts';
import { pullRoutes } from './pull-routes.ts';
import { reactionRoutes } from './reaction-routes.ts';
import { Router } from './routes.ts';

export type Handle = (exchange: Exchange) => Promise<Answer>;

/** One call to the embedded GitHub: contract, faults, our routes, else emulate; webhooks of a change are out before its answer is. */
export function createHandle(overlay: Overlay, faults: Faults, contract: Contract): Handle {
  const router = new Router([
    ...appRoutes,
    ...accountRoutes,
    ...issueRoutes,
    ...pullRoutes,
    ...labelRoutes,
    ...reactionRoutes,
    ...graphqlRoutes,
    ...pageRoutes,
  ]);
  return async (exchange) => {
    const fault = isFromApp(exchange) && exchange.method !== undefined ? faultFor(exchange, faults) : undefined;
    if (isFromApp(exchange)) contract.checkRequest(exchange);
    if (fault?.type === 'secondary-limit') return secondaryLimit(fault.retryAfterSeconds);
    if (fault?.type === 'slow') await sleep(fault.ms);
    const found = router.find(exchange.method, exchange.path);
    const answer = (await found?.route.answer(overlay, exchange, found.parameters)) ?? (await overlay.forward(exchange));
    if (exchange.method !== 'GET') await overlay.emulator.drain();
    contract.checkResponse(exchange, answer);
    if (fault?.type === 'bad-gateway-after-commit') return { status: 502, json: { message: 'Server Error' } };
    return withHeaders(exchange, answer);
  };
}

function faultFor(exchange: Exchange, faults: Faults): ApiFault | undefined {
  const isSignIn = exchange.path.endsWith('/access_tokens') || exchange.path === '/app';
  return isSignIn ? undefined : faults.forCall(exchange.method, exchange.path);
}

function secondaryLimit(retryAfterSeconds: number): Answer {
  return {
    status: 403,
    headers: { 'retry-after': String(retryAfterSeconds) },
    json: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
    },
  };
}

function withHeaders(exchange: Exchange, answer: Answer): Answer {
  const headers: Record<string, string> = { 'x-github-request-id': '0', ...answer.headers };
  const accepted = acceptedPermissions(exchange.method, exchange.path);
  if (accepted) headers['x-accepted-github-permissions'] = accepted;
  if (exchange.method !== 'GET' || answer.status !== 200 || answer.json === undefined) return { ...answer, headers };
  headers.etag = `W/"${createHash('sha256')
    .update(JSON.stringify(answer.json))
    .update(answer.headers?.link ?? '')
    .digest('hex')}"`;
  return exchange.headers['if-none-match'] === headers.etag ? { status: 304, headers } : { ...answer, headers };
}
