import type { SimulatedClock } from './simulated-clock.ts';
import { type Json, keyOf, object, text, type World } from './world.ts';

type Known = { world: World; clock: SimulatedClock; url: string };

const reactionKeys: Readonly<Record<string, string>> = {
  THUMBS_UP: '+1',
  THUMBS_DOWN: '-1',
  LAUGH: 'laugh',
  HOORAY: 'hooray',
  CONFUSED: 'confused',
  HEART: 'heart',
  ROCKET: 'rocket',
  EYES: 'eyes',
};

/** emulate's JSON as GitHub would write it: simulated times, bot accounts, associations, the App's authorship and missing fields. In place. */
export function complete(known: Known, value: unknown): unknown {
  if (Array.isArray(value)) {
    for (const entry of value) complete(known, entry);
    return value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const json = value as Json;
  for (const [key, inner] of Object.entries(json)) {
    if (typeof inner === 'object') complete(known, inner);
    else if (typeof inner === 'string' && isTime(key)) json[key] = known.clock.rewrite(inner);
  }
  completeUser(known, json);
  completeAuthored(known, json);
  if ('labels_url' in json && 'timeline_url' in json) completeIssue(known, json);
  if ('diff_url' in json && 'head' in json) completePull(known, json);
  if ('full_name' in json && 'forks_url' in json) completeRepository(json);
  if ('check_suite' in json && 'head_sha' in json) completeCheck(known, json);
  return json;
}

function isTime(key: string): boolean {
  return (key.endsWith('_at') && key !== 'expires_at' && key !== 'issued_at') || key === 'date' || key === 'timestamp';
}

function completeUser({ world, url }: Known, json: Json): void {
  if (!('login' in json) || !('node_id' in json)) return;
  const login = text(json.login);
  if (login.endsWith('[bot]')) json.type = 'Bot';
  const whole = userJson(url, login, Number(json.id), text(json.type) || 'User');
  for (const [key, value] of Object.entries(whole))
    if (json[key] === undefined || json[key] === '' || json.type === 'Bot') json[key] = value;
  if (!('public_repos' in json)) world.users.set(login, json);
}

function completeAuthored(known: Known, json: Json): void {
  const login = text(object(json.user).login);
  if (!login) return;
  if ('author_association' in json) json.author_association = known.world.associationOf(login);
  if ('performed_via_github_app' in json) json.performed_via_github_app = login === known.world.botLogin ? appOf(known) : null;
  const isComment = 'issue_url' in json && 'body' in json && !('number' in json);
  if (isComment) {
    const { fullName, number } = placeOf(text(json.issue_url));
    known.world.nodes.set(text(json.node_id), { type: 'IssueComment', fullName, number });
    completeReactions(known.world, json);
    if (known.world.pulls.has(keyOf(fullName, number))) json.html_url = text(json.html_url).replace('/issues/', '/pull/');
  }
}

function completeIssue(known: Known, json: Json): void {
  const { world } = known;
  const { fullName, number } = placeOf(text(json.url));
  const pull = world.pulls.get(keyOf(fullName, number));
  if (pull) {
    json.node_id = pull.nodeId;
    json.html_url = text(json.html_url).replace('/issues/', '/pull/');
    json.pull_request = linksOf(fullName, number, known.url);
    json.draft ??= pull.draft ?? false;
    json.assignees = pull.assignees.map((login) => world.users.get(login)).filter(Boolean);
  }
  world.nodes.set(text(json.node_id), { type: pull ? 'PullRequest' : 'Issue', fullName, number });
  completeReactions(world, json);
}

function completePull(known: Known, json: Json): void {
  const { world } = known;
  const { fullName, number } = placeOf(text(json.issue_url));
  const pull = world.pulls.get(keyOf(fullName, number));
  world.nodes.set(text(json.node_id), { type: 'PullRequest', fullName, number });
  if (!pull) return;
  json.assignees = pull.assignees.map((login) => world.users.get(login)).filter(Boolean);
  json.assignee = (json.assignees as unknown[])[0] ?? null;
  json.changed_files = pull.files.length;
  if (pull.draft !== undefined) json.draft = pull.draft;
  if (pull.headSha) (json.head as Json).sha = pull.headSha;
}

function completeRepository(json: Json): void {
  json.language ??= null;
  json.default_branch ??= 'main';
}

function completeCheck(known: Known, json: Json): void {
  json.app = appOf(known);
  const output = object(json.output);
  output.text ??= null;
  output.annotations_url ??= `${text(json.url)}/annotations`;
  json.output = output;
}

export function completeReactions(world: World, json: Json): void {
  const counts = object(json.reactions);
  const given = world.reactions.get(text(json.node_id)) ?? [];
  for (const key of Object.values(reactionKeys)) counts[key] = given.filter((reaction) => reactionKeys[reaction.content] === key).length;
  counts.total_count = given.length;
  json.reactions = counts;
}

export function reactionKey(content: string): string {
  return reactionKeys[content] ?? content;
}

export function reactionContent(key: string): string | undefined {
  return Object.entries(reactionKeys).find(([, value]) => value === key)?.[0];
}

/** The App as GitHub embeds it in what the App wrote. */
export function appOf({ world, url }: Pick<Known, 'world' | 'url'>): Json {
  const { id, slug, name, permissions, events } = world.app;
  return {
    id,
    slug,
    name,
    node_id: `A_${id}`,
    client_id: `Iv1.${id}`,
    owner: ownerOf(url),
    description: null,
    external_url: `${url}/apps/${slug}`,
    html_url: `${url}/apps/${slug}`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    permissions,
    events,
  };
}

function ownerOf(url: string): Json {
  return userJson(url, 'embedded-operator', 1, 'User');
}

/** GitHub's short form of an account. */
export function userJson(url: string, login: string, id: number, type: string): Json {
  const root = `${url}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${url}/avatars/u/${encodeURIComponent(login)}`,
    gravatar_id: '',
    url: root,
    html_url: login.endsWith('[bot]') ? `${url}/apps/${login.slice(0, -'[bot]'.length)}` : `${url}/${login}`,
    followers_url: `${root}/followers`,
    following_url: `${root}/following{/other_user}`,
    gists_url: `${root}/gists{/gist_id}`,
    starred_url: `${root}/starred{/owner}{/repo}`,
    subscriptions_url: `${root}/subscriptions`,
    organizations_url: `${root}/orgs`,
    repos_url: `${root}/repos`,
    events_url: `${root}/events{/privacy}`,
    received_events_url: `${root}/received_events`,
    type,
    site_admin: false,
  };
}

/** Repository and number out of an issue's API URL. */
export function placeOf(url: string): { fullName: string; number: number } {
  const parts = url.split('/repos/')[1]?.split('/') ?? [];
  return { fullName: `${parts[0] ?? ''}/${parts[1] ?? ''}`, number: Number(parts[3] ?? 0) };
}

export function linksOf(fullName: string, number: number, url: string): Json {
  const html = `${url}/${fullName}/pull/${number}`;
  return {
    url: `${url}/repos/${fullName}/pulls/${number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    merged_at: null,
  };
}
