import { match } from './routes.ts';

/** What GitHub names in `x-accepted-github-permissions`, for the routes that the bot calls. First match wins. */
const accepted: readonly (readonly [method: string, path: string, permissions: string])[] = [
  ['GET', '/repos/{owner}/{repo}/contents/{path*}', 'contents=read'],
  ['GET', '/repos/{owner}/{repo}/collaborators/{login}/permission', 'metadata=read'],
  ['GET', '/repos/{owner}/{repo}/commits/{ref}/check-runs', 'checks=read'],
  ['POST', '/repos/{owner}/{repo}/check-runs', 'checks=write'],
  ['PATCH', '/repos/{owner}/{repo}/check-runs/{id}', 'checks=write'],
  ['GET', '/repos/{owner}/{repo}/pulls/{rest*}', 'pull_requests=read'],
  ['GET', '/repos/{owner}/{repo}/issues', 'issues=read; pull_requests=read'],
  ['GET', '/repos/{owner}/{repo}/issues/{rest*}', 'issues=read; pull_requests=read'],
  ['GET', '/repos/{owner}/{repo}/labels', 'issues=read; pull_requests=read'],
  ['GET', '/repos/{owner}/{repo}/labels/{rest*}', 'issues=read; pull_requests=read'],
  ['POST', '/repos/{owner}/{repo}/labels', 'issues=write; pull_requests=write'],
  ['POST', '/repos/{owner}/{repo}/issues', 'issues=write'],
  ['POST', '/repos/{owner}/{repo}/issues/{rest*}', 'issues=write; pull_requests=write'],
  ['PATCH', '/repos/{owner}/{repo}/issues/{rest*}', 'issues=write; pull_requests=write'],
  ['PUT', '/repos/{owner}/{repo}/issues/{rest*}', 'issues=write; pull_requests=write'],
  ['DELETE', '/repos/{owner}/{repo}/issues/{rest*}', 'issues=write; pull_requests=write'],
];

export function acceptedPermissions(method: string, path: string): string | undefined {
  const parts = path.split('/');
  return accepted.find(([wantedMethod, wantedPath]) => wantedMethod === method && match(wantedPath.split('/'), parts))?.[2];
}
