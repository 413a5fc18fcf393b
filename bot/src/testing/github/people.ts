import type { ItemKind, ItemRef, RepositoryRef } from '../../item.ts';
import { commentOnDiscussion, editDiscussion, labelDiscussion, openDiscussion, setDiscussionClosed } from './discussions.ts';
import type { Answer, Overlay } from './exchange.ts';
import type { Handle } from './handle.ts';
import { installationOf } from './issue-routes.ts';
import { react } from './reaction-routes.ts';
import { tokenOf } from './seed.ts';
import { deliver } from './webhooks.ts';
import { type Discussion, type Json, keyOf, object, text } from './world.ts';

export type EmbeddedItem = ItemRef & { url: string };
export type EmbeddedComment = { id: number; nodeId: string };

type Content = { title: string; body?: string; labels?: readonly string[] };
type PullContent = Content & {
  /** Changed paths; content is kept for those in `files`. */
  paths?: readonly string[];
  files?: Readonly<Record<string, string>>;
  draft?: boolean;
  branch?: string;
};

/** A person at the keyboard: every method is one thing that people do on GitHub. Fails with an `Error` naming the call when GitHub refuses. */
export class Person {
  readonly login: string;
  readonly #overlay: Overlay;
  readonly #handle: Handle;
  readonly #refOf: (fullName: string) => RepositoryRef;

  constructor(login: string, overlay: Overlay, handle: Handle, refOf: (fullName: string) => RepositoryRef) {
    this.login = login;
    this.#overlay = overlay;
    this.#handle = handle;
    this.#refOf = refOf;
  }

  /** Any REST call in this person's name. */
  async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Json> {
    const url = new URL(path, 'http://embedded');
    const answer = await this.#handle({
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: { authorization: `Bearer ${tokenOf(this.login)}`, ...headers },
      body,
    });
    return accepted(answer, `${this.login}: ${method} ${path}`);
  }

  async openIssue(repository: string, { title, body = '', labels = [] }: Content): Promise<EmbeddedItem> {
    const issue = await this.request('POST', `/repos/${repository}/issues`, { title, body, labels });
    return this.#item(repository, 'issue', issue);
  }

  async openPullRequest(repository: string, content: PullContent): Promise<EmbeddedItem> {
    const { title, body = '', labels = [], draft = false } = content;
    const branch = content.branch ?? `change-${this.#overlay.world.nextId()}`;
    const base = await this.#prepareBranch(repository, branch, content);
    const paths = content.paths ?? Object.keys(content.files ?? {});
    const headers = paths.length > 0 ? { 'x-embedded-files': JSON.stringify(paths) } : {};
    const pull = await this.request('POST', `/repos/${repository}/pulls`, { title, body, head: branch, base, draft }, headers);
    const item = this.#item(repository, 'pull_request', pull);
    if (labels.length > 0) await this.label(item, ...labels);
    return item;
  }

  async openDiscussion(
    repository: string,
    { title, body = '', labels = [], category }: Content & { category?: string },
  ): Promise<EmbeddedItem> {
    const content = { title, body, ...(category ? { category } : {}) };
    const discussion = await openDiscussion(this.#overlay, this.login, repository, content);
    const item = this.#item(repository, 'discussion', {
      number: discussion.number,
      node_id: discussion.nodeId,
      html_url: `${this.#overlay.url}/${repository}/discussions/${discussion.number}`,
    });
    if (labels.length > 0) await this.label(item, ...labels);
    return item;
  }

  async comment(item: ItemRef, body: string): Promise<EmbeddedComment> {
    const discussion = this.#discussion(item);
    if (discussion) return commentOnDiscussion(this.#overlay, this.login, discussion, body);
    const comment = await this.request('POST', `${issuePath(item)}/comments`, { body });
    return { id: Number(comment.id), nodeId: text(comment.node_id) };
  }

  async editComment(item: ItemRef, commentId: number, body: string): Promise<void> {
    await this.request('PATCH', `${repositoryPath(item)}/issues/comments/${commentId}`, { body });
  }

  async deleteComment(item: ItemRef, commentId: number): Promise<void> {
    await this.request('DELETE', `${repositoryPath(item)}/issues/comments/${commentId}`);
  }

  async label(item: ItemRef, ...labels: readonly string[]): Promise<void> {
    const discussion = this.#discussion(item);
    if (!discussion) {
      await this.request('POST', `${issuePath(item)}/labels`, { labels });
      return;
    }
    for (const label of labels) await labelDiscussion(this.#overlay, this.login, discussion, await this.#label(item, label), true);
  }

  async unlabel(item: ItemRef, label: string): Promise<void> {
    const discussion = this.#discussion(item);
    if (discussion) await labelDiscussion(this.#overlay, this.login, discussion, await this.#label(item, label), false);
    else await this.request('DELETE', `${issuePath(item)}/labels/${encodeURIComponent(label)}`);
  }

  /** Replaces all labels, as some bots do. */
  async setLabels(item: ItemRef, labels: readonly string[]): Promise<void> {
    await this.request('PUT', `${issuePath(item)}/labels`, { labels });
  }

  async edit(item: ItemRef, content: { title?: string; body?: string }): Promise<void> {
    const discussion = this.#discussion(item);
    if (discussion) await editDiscussion(this.#overlay, this.login, discussion, content);
    else await this.request('PATCH', issuePath(item), content);
  }

  async close(item: ItemRef): Promise<void> {
    await this.#setState(item, 'closed');
  }

  async reopen(item: ItemRef): Promise<void> {
    await this.#setState(item, 'open');
  }

  async assign(item: ItemRef, ...assignees: readonly string[]): Promise<void> {
    await this.request('POST', `${issuePath(item)}/assignees`, { assignees });
  }

  async unassign(item: ItemRef, ...assignees: readonly string[]): Promise<void> {
    await this.request('DELETE', `${issuePath(item)}/assignees`, { assignees });
  }

  async requestReview(item: ItemRef, ...reviewers: readonly string[]): Promise<void> {
    await this.request('POST', `${pullPath(item)}/requested_reviewers`, { reviewers });
  }

  async review(item: ItemRef, event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT', body = ''): Promise<void> {
    await this.request('POST', `${pullPath(item)}/reviews`, { event, body });
  }

  async setDraft(item: ItemRef, draft: boolean): Promise<void> {
    const state = this.#pull(item);
    state.draft = draft;
    await this.#overlay.operate('PATCH', pullPath(item), { draft });
    await this.#deliverPull(item, draft ? 'converted_to_draft' : 'ready_for_review');
  }

  /** Pushes to a pull request: it now changes these paths (all of them, not only the new ones). */
  async push(item: ItemRef, paths: readonly string[]): Promise<void> {
    const state = this.#pull(item);
    const before = text(object(object((await this.#overlay.operate('GET', pullPath(item))).json).head).sha);
    state.files = paths;
    state.headSha = this.#overlay.world.nextId().toString(16).padStart(40, '0');
    await this.#deliverPull(item, 'synchronize', { before, after: state.headSha });
  }

  async react(item: ItemRef, nodeId: string, content: 'THUMBS_UP' | 'THUMBS_DOWN'): Promise<void> {
    if (!this.#overlay.world.nodes.has(nodeId)) throw new Error(`${this.login}: nothing to react to on #${item.number}`);
    react(this.#overlay, nodeId, this.login, content);
  }

  /** Moves an issue; the old number redirects. */
  async transfer(item: ItemRef, to: string): Promise<EmbeddedItem> {
    const { world } = this.#overlay;
    const from = `${item.repository.owner}/${item.repository.name}`;
    const old = await this.request('GET', issuePath(item));
    const copy = await world.silently(() => this.request('POST', `/repos/${to}/issues`, { title: old.title, body: old.body }));
    world.hidden.set(keyOf(from, item.number), { movedTo: text(copy.url) });
    const repository = object((await this.#overlay.operate('GET', `/repos/${from}`)).json);
    const newRepository = object((await this.#overlay.operate('GET', `/repos/${to}`)).json);
    const sender = await this.#overlay.account(this.login);
    const changes = { new_issue: copy, new_repository: newRepository };
    const installation = installationOf(this.#overlay, from);
    deliver(this.#overlay, 'issues', { action: 'transferred', issue: old, changes, repository, sender, installation });
    const opened = {
      action: 'opened',
      issue: copy,
      changes: { old_issue: old, old_repository: repository },
      repository: newRepository,
      sender,
    };
    deliver(this.#overlay, 'issues', { ...opened, installation: installationOf(this.#overlay, to) });
    return this.#item(to, 'issue', copy);
  }

  async createLabel(repository: string, name: string, color = 'ededed', description = ''): Promise<void> {
    await this.request('POST', `/repos/${repository}/labels`, { name, color, description });
  }

  async renameLabel(repository: string, from: string, to: string): Promise<void> {
    await this.request('PATCH', `/repos/${repository}/labels/${encodeURIComponent(from)}`, { new_name: to });
  }

  async deleteLabel(repository: string, name: string): Promise<void> {
    await this.request('DELETE', `/repos/${repository}/labels/${encodeURIComponent(name)}`);
  }

  /** Commits one file to the default branch and announces the push. */
  async writeFile(repository: string, path: string, content: string): Promise<void> {
    const before = await this.#overlay.world.silently(() => putFile(this.#overlay, repository, path, content));
    const json = object((await this.#overlay.operate('GET', `/repos/${repository}`)).json);
    const branch = text(json.default_branch);
    const commit = text(object(object(before).commit).sha);
    const commits = [
      { id: commit, message: `update ${path}`, timestamp: this.#overlay.clock.nowText(), added: [], removed: [], modified: [path] },
    ];
    deliver(this.#overlay, 'push', {
      ref: `refs/heads/${branch}`,
      before: '0'.repeat(40),
      after: commit,
      commits,
      head_commit: commits[0],
      repository: json,
      pusher: { name: this.login },
      sender: await this.#overlay.account(this.login),
      installation: installationOf(this.#overlay, repository),
    });
  }

  async #prepareBranch(repository: string, branch: string, content: PullContent): Promise<string> {
    const base = text(object((await this.#overlay.operate('GET', `/repos/${repository}`)).json).default_branch);
    const head = object((await this.#overlay.operate('GET', `/repos/${repository}/git/ref/heads/${base}`)).json);
    await this.#overlay.world.silently(async () => {
      await this.#overlay.operate('POST', `/repos/${repository}/git/refs`, { ref: `refs/heads/${branch}`, sha: object(head.object).sha });
      const files = Object.entries(content.files ?? { [`.embedded/${branch}`]: content.title });
      for (const [path, body] of files) await putFile(this.#overlay, repository, path, body, branch);
    });
    return base;
  }

  async #setState(item: ItemRef, state: 'open' | 'closed'): Promise<void> {
    const discussion = this.#discussion(item);
    if (discussion) await setDiscussionClosed(this.#overlay, this.login, discussion, state === 'closed');
    else await this.request('PATCH', issuePath(item), { state });
  }

  async #deliverPull(item: ItemRef, action: string, extra: Json = {}): Promise<void> {
    const fullName = `${item.repository.owner}/${item.repository.name}`;
    deliver(this.#overlay, 'pull_request', {
      action,
      number: item.number,
      pull_request: object((await this.#overlay.operate('GET', pullPath(item))).json),
      ...extra,
      repository: object((await this.#overlay.operate('GET', `/repos/${fullName}`)).json),
      sender: await this.#overlay.account(this.login),
      installation: installationOf(this.#overlay, fullName),
    });
  }

  async #label(item: ItemRef, name: string): Promise<Json> {
    return object((await this.#overlay.operate('GET', `${repositoryPath(item)}/labels/${encodeURIComponent(name)}`)).json);
  }

  #discussion(item: ItemRef): Discussion | undefined {
    return this.#overlay.world.discussions.get(keyOf(`${item.repository.owner}/${item.repository.name}`, item.number));
  }

  #pull(item: ItemRef) {
    const state = this.#overlay.world.pulls.get(keyOf(`${item.repository.owner}/${item.repository.name}`, item.number));
    if (!state) throw new Error(`${this.login}: #${item.number} is not a pull request`);
    return state;
  }

  #item(fullName: string, kind: ItemKind, json: Json): EmbeddedItem {
    return { repository: this.#refOf(fullName), kind, number: Number(json.number), nodeId: text(json.node_id), url: text(json.html_url) };
  }
}

/** Writes one file as the operator (people need no write access to be simulated). */
export async function putFile(overlay: Overlay, repository: string, path: string, content: string, branch?: string): Promise<Json> {
  const at = `/repos/${repository}/contents/${path}`;
  const existing = await overlay.operate('GET', branch ? `${at}?ref=${branch}` : at);
  const sha = existing.status === 200 ? { sha: object(existing.json).sha } : {};
  const body = { message: `update ${path}`, content: Buffer.from(content).toString('base64'), ...sha, ...(branch ? { branch } : {}) };
  const answer = accepted(await overlay.operate('PUT', at, body), `write ${path} in ${repository}`);
  await overlay.emulator.drain();
  return answer;
}

function accepted(answer: Answer, what: string): Json {
  if (answer.status < 400) return object(answer.json);
  throw new Error(`${what} answered ${answer.status}: ${text(object(answer.json).message)}`);
}

function repositoryPath(item: ItemRef): string {
  return `/repos/${item.repository.owner}/${item.repository.name}`;
}

function issuePath(item: ItemRef): string {
  return `${repositoryPath(item)}/issues/${item.number}`;
}

function pullPath(item: ItemRef): string {
  return `${repositoryPath(item)}/pulls/${item.number}`;
}
