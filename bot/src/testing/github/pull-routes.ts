import { createHash } from 'node:crypto';
import { type Answer, type Exchange, notFound, type Overlay, paged } from './exchange.ts';
import { fullNameOf, type Parameters, type Route } from './routes.ts';
import { type Json, keyOf, object, text } from './world.ts';

/** GitHub lists no more than this many files of a pull request. */
const maxListedFiles = 3000;

export const pullRoutes: readonly Route[] = [
  { method: 'POST', path: '/repos/{owner}/{repo}/pulls', answer: openPull },
  { method: 'PATCH', path: '/repos/{owner}/{repo}/pulls/{number}', answer: editPull },
  { method: 'GET', path: '/repos/{owner}/{repo}/pulls/{number}/files', answer: listFiles },
  { method: 'POST', path: '/repos/{owner}/{repo}/pulls/{number}/reviews', answer: review },
];

/** Remembers the pull request before emulate announces it; `X-Embedded-Files` carries the changed paths as JSON. */
async function openPull(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const fullName = fullNameOf(parameters);
  const answer = await overlay.forward(exchange);
  const pull = object(answer.json);
  if (answer.status !== 201) return answer;
  const given = exchange.headers['x-embedded-files'];
  const files = given ? (JSON.parse(given) as string[]) : ['README.md'];
  overlay.world.pulls.set(keyOf(fullName, Number(pull.number)), { nodeId: text(pull.node_id), files, assignees: [] });
  pull.changed_files = files.length;
  return answer;
}

async function editPull(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const before = object((await overlay.operate('GET', exchange.path)).json);
  overlay.world.edits.set(keyOf(fullNameOf(parameters), Number(parameters.number)), { title: before.title, body: before.body });
  return overlay.forward(exchange);
}

/** GitHub answers 200 here. */
async function review(overlay: Overlay, exchange: Exchange): Promise<Answer> {
  const answer = await overlay.forward(exchange);
  return answer.status === 201 ? { ...answer, status: 200 } : answer;
}

async function listFiles(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const fullName = fullNameOf(parameters);
  const pull = overlay.world.pulls.get(keyOf(fullName, Number(parameters.number)));
  if (!pull) return notFound();
  const allowed = await overlay.forward(exchange);
  if (allowed.status !== 200) return allowed;
  const answer = paged(overlay, exchange, pull.files.slice(0, maxListedFiles));
  return { ...answer, json: (answer.json as string[]).map((path) => fileOf(overlay.url, fullName, path)) };
}

function fileOf(url: string, fullName: string, path: string): Json {
  const sha = createHash('sha1').update(path).digest('hex');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return {
    sha,
    filename: path,
    status: 'modified',
    additions: 1,
    deletions: 1,
    changes: 2,
    blob_url: `${url}/${fullName}/blob/${sha}/${encoded}`,
    raw_url: `${url}/${fullName}/raw/${sha}/${encoded}`,
    contents_url: `${url}/repos/${fullName}/contents/${encoded}?ref=${sha}`,
  };
}
