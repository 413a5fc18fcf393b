import { linksOf } from './complete.ts';
import { type Answer, type Exchange, notFound, type Overlay, paged, senderOf } from './exchange.ts';
import { fullNameOf, type Parameters, type Route } from './routes.ts';
import { type Json, keyOf, object, text } from './world.ts';

/** Issues as GitHub has them: pull requests are issues too, hidden numbers are gone, edits remember what was there before. */
export const issueRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/{owner}/{repo}/issues', answer: listIssues },
  { method: 'GET', path: '/repos/{owner}/{repo}/issues/{number}', answer: getIssue },
  { method: 'PATCH', path: '/repos/{owner}/{repo}/issues/{number}', answer: editIssue },
  { method: 'PATCH', path: '/repos/{owner}/{repo}/issues/comments/{comment}', answer: editComment },
  { method: 'POST', path: '/repos/{owner}/{repo}/issues/{number}/assignees', answer: assign },
  { method: 'DELETE', path: '/repos/{owner}/{repo}/issues/{number}/assignees', answer: assign },
];

async function listIssues(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const fullName = fullNameOf(parameters);
  const allowed = await overlay.forward(exchange);
  if (allowed.status !== 200) return allowed;
  const items = (await allItems(overlay, fullName)).filter((item) => matches(item, exchange.query));
  const field = exchange.query.get('sort') === 'updated' ? 'updated_at' : 'created_at';
  const sign = exchange.query.get('direction') === 'asc' ? 1 : -1;
  items.sort((a, b) => sign * (text(a[field]).localeCompare(text(b[field])) || Number(a.number) - Number(b.number)));
  return paged(overlay, exchange, items);
}

/** Every visible issue and pull request of a repository, as issues. */
export async function allItems(overlay: Overlay, fullName: string): Promise<Json[]> {
  const issues = await overlay.operateAll(`/repos/${fullName}/issues?state=all`);
  const pulls = await overlay.operateAll(`/repos/${fullName}/pulls?state=all`);
  return [...issues, ...pulls.map((pull) => issueOfPull(overlay, fullName, pull))].filter(
    (item) => !overlay.world.hidden.has(keyOf(fullName, Number(item.number))),
  );
}

function matches(item: Json, query: URLSearchParams): boolean {
  const state = query.get('state') ?? 'open';
  const since = query.get('since');
  const labels = (query.get('labels') ?? '').split(',').filter(Boolean);
  const creator = query.get('creator');
  const names = (item.labels as Json[]).map((label) => label.name);
  return (
    (state === 'all' || item.state === state) &&
    (!since || Date.parse(text(item.updated_at)) >= Date.parse(since)) &&
    labels.every((label) => names.includes(label)) &&
    (!creator || object(item.user).login === creator)
  );
}

async function getIssue(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const gone = moved(overlay, parameters);
  if (gone) return gone;
  const fullName = fullNameOf(parameters);
  if (!overlay.world.pulls.has(keyOf(fullName, Number(parameters.number)))) return overlay.forward(exchange);
  const pull = await overlay.forward(exchange, { path: `/repos/${fullName}/pulls/${parameters.number}` });
  return pull.status === 200 ? { ...pull, json: issueOfPull(overlay, fullName, object(pull.json)) } : pull;
}

/** GitHub redirects to where an issue was transferred. */
export function moved(overlay: Overlay, parameters: Parameters): Answer | undefined {
  const hidden = overlay.world.hidden.get(keyOf(fullNameOf(parameters), Number(parameters.number)));
  if (!hidden) return undefined;
  if (!hidden.movedTo) return notFound();
  return { status: 301, headers: { location: hidden.movedTo }, json: { message: 'Moved Permanently', url: hidden.movedTo } };
}

async function editIssue(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const fullName = fullNameOf(parameters);
  const key = keyOf(fullName, Number(parameters.number));
  const isPull = overlay.world.pulls.has(key);
  const path = `/repos/${fullName}/${isPull ? 'pulls' : 'issues'}/${parameters.number}`;
  const before = object((await overlay.operate('GET', path)).json);
  overlay.world.edits.set(key, { title: before.title, body: before.body });
  const answer = await overlay.forward(exchange, { path });
  return isPull && answer.status === 200 ? { ...answer, json: issueOfPull(overlay, fullName, object(answer.json)) } : answer;
}

async function editComment(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const before = object((await overlay.operate('GET', exchange.path)).json);
  overlay.world.edits.set(`${fullNameOf(parameters)}/comment/${parameters.comment}`, { body: before.body });
  return overlay.forward(exchange);
}

async function assign(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer | undefined> {
  const fullName = fullNameOf(parameters);
  const number = Number(parameters.number);
  const pull = overlay.world.pulls.get(keyOf(fullName, number));
  const logins = ((object(exchange.body).assignees ?? []) as string[]).filter((login) => overlay.world.people.has(login));
  const adding = exchange.method === 'POST';
  if (!pull) {
    const answer = await overlay.forward(exchange, { body: { assignees: logins } });
    return answer.status === 200 && adding ? { ...answer, status: 201 } : answer;
  }
  const changed = logins.filter((login) => pull.assignees.includes(login) !== adding);
  pull.assignees = adding ? [...pull.assignees, ...changed] : pull.assignees.filter((login) => !changed.includes(login));
  const json = object((await overlay.operate('GET', `/repos/${fullName}/pulls/${number}`)).json);
  for (const login of changed) {
    overlay.deliveries.occur('pull_request', {
      action: adding ? 'assigned' : 'unassigned',
      number,
      pull_request: json,
      assignee: overlay.world.users.get(login),
      repository: object((await overlay.operate('GET', `/repos/${fullName}`)).json),
      sender: await senderOf(overlay, exchange),
      installation: installationOf(overlay, fullName),
    });
  }
  return { status: adding ? 201 : 200, json: issueOfPull(overlay, fullName, json) };
}

export function installationOf(overlay: Overlay, fullName: string): Json {
  const id = overlay.installations.find(({ account }) => account === fullName.split('/')[0])?.id ?? 0;
  return { id, node_id: `MDIz${id}` };
}

/** The issue that stands behind a pull request. */
export function issueOfPull(overlay: Overlay, fullName: string, pull: Json): Json {
  const api = `${overlay.url}/repos/${fullName}/issues/${pull.number}`;
  const kept = [
    'id',
    'node_id',
    'number',
    'title',
    'user',
    'labels',
    'state',
    'locked',
    'assignee',
    'assignees',
    'milestone',
    'comments',
  ] as const;
  return {
    ...Object.fromEntries(kept.map((key) => [key, pull[key]])),
    url: api,
    repository_url: `${overlay.url}/repos/${fullName}`,
    labels_url: `${api}/labels{/name}`,
    comments_url: `${api}/comments`,
    events_url: `${api}/events`,
    html_url: pull.html_url,
    created_at: pull.created_at,
    updated_at: pull.updated_at,
    closed_at: pull.closed_at,
    body: pull.body,
    draft: pull.draft,
    state_reason: null,
    active_lock_reason: null,
    author_association: pull.author_association,
    performed_via_github_app: null,
    timeline_url: `${api}/timeline`,
    pull_request: { ...linksOf(fullName, Number(pull.number), overlay.url), merged_at: pull.merged_at ?? null },
  };
}
