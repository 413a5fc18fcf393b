import type { CommentSnapshot, ItemSnapshot, Permission } from '../facts.ts';
import { type CheckInput, type DeliverySummary, type GitHub, type GitHubApp, GitHubError, type GitHubErrorCode } from '../github/port.ts';
import type { Actor, ItemRef, RepositoryRef } from '../item.ts';

/**
 * A fault for the next call of one method. `before`: refused, nothing happened. `after`: carried out, then the answer was lost (what
 * a 502 from GitHub can mean).
 */
export type Fault = { method: keyof GitHub | keyof GitHubApp; when: 'before' | 'after'; code: GitHubErrorCode; retryAfterMs?: number };

export type MemoryComment = CommentSnapshot & { repositoryId: number; number: number };
export type MemoryIssue = { repositoryId: number; number: number; nodeId: string; title: string; body: string; labels: readonly string[] };
export type MemoryCheck = CheckInput & { id: number; repositoryId: number };
export type MemoryDelivery = DeliverySummary & { payload: unknown };

export type MemoryGitHubOptions = {
  app?: { id: number; slug: string; login: string };
  /** Times of comments, RFC 3339. */
  now?: () => string;
};

/**
 * GitHub in memory, for tests: state that the ports read and write, and that tests look at. One object stands for the App and for
 * every installation. `calls` lists the methods called, in order.
 */
export class MemoryGitHub implements GitHub, GitHubApp {
  readonly calls: string[] = [];
  readonly items = new Map<string, ItemSnapshot>();
  readonly refs = new Map<string, ItemRef>();
  readonly files = new Map<string, { paths: readonly string[]; complete: boolean }>();
  readonly labels = new Map<number, string[]>();
  /** Logins by `organisation/slug`. */
  readonly teams = new Map<string, readonly string[]>();
  readonly permissions = new Map<string, Permission>();
  /** Key `<repositoryId>:<path>` or `<repositoryId>:<path>@<ref>`. */
  readonly contents = new Map<string, { text: string; sha: string }>();
  readonly installationsById = new Map<number, { account: string; permissions: Record<string, string>; repositories: RepositoryRef[] }>();
  readonly reactions = new Set<string>();
  comments: MemoryComment[] = [];
  issues: MemoryIssue[] = [];
  checks: MemoryCheck[] = [];
  /** Newest first, as GitHub lists them. */
  deliveries: MemoryDelivery[] = [];
  deliveriesPerPage = 100;
  readonly #app: { id: number; slug: string; login: string };
  readonly #now: () => string;
  readonly #faults: Fault[] = [];
  #lastId = 1_000;

  constructor(options: MemoryGitHubOptions = {}) {
    this.#app = options.app ?? { id: 1, slug: 'sig-runtime', login: 'sig-runtime[bot]' };
    this.#now = options.now ?? (() => '2026-01-05T09:00:00.000Z');
  }

  /** The next call of `fault.method` fails; several faults of one method are used up one call each. */
  failNext(fault: Fault): void {
    this.#faults.push(fault);
  }

  addRepository(repository: RepositoryRef, labels: readonly string[] = []): void {
    this.labels.set(repository.repositoryId, [...labels]);
    const installation = this.installationsById.get(repository.installationId) ?? {
      account: repository.owner,
      permissions: {},
      repositories: [],
    };
    installation.repositories.push(repository);
    this.installationsById.set(repository.installationId, installation);
  }

  addItem(item: ItemRef, snapshot: Partial<ItemSnapshot> = {}): void {
    this.refs.set(keyOf(item), item);
    this.items.set(keyOf(item), {
      title: 'title',
      body: 'body',
      author: { login: 'reporter', id: 7, type: 'User' },
      association: 'NONE',
      state: 'open',
      draft: false,
      locked: false,
      labels: [],
      assignees: [],
      createdAt: '2026-01-05T08:00:00Z',
      updatedAt: '2026-01-05T08:00:00Z',
      ...snapshot,
    });
  }

  /** A comment by somebody else; returns it. */
  addComment(item: ItemRef, comment: { body: string; author: Actor; association?: CommentSnapshot['association'] }): MemoryComment {
    const added = this.#comment(item, comment.body, comment.author, false, comment.association ?? 'NONE');
    this.comments.push(added);
    return added;
  }

  labelsOf(item: ItemRef): readonly string[] {
    return this.#item(item).labels;
  }

  commentsOn(item: ItemRef): readonly MemoryComment[] {
    return this.comments.filter((comment) => comment.repositoryId === item.repository.repositoryId && comment.number === item.number);
  }

  // ── GitHub ──
  getItem(item: ItemRef) {
    return this.#call('getItem', () => structuredClone(this.#item(item)));
  }
  listFiles(item: ItemRef) {
    return this.#call('listFiles', () => this.files.get(keyOf(item)) ?? { paths: [], complete: true });
  }
  listComments(item: ItemRef) {
    return this.#call('listComments', () => structuredClone(this.commentsOn(item)));
  }
  listLabels(repository: RepositoryRef) {
    return this.#call('listLabels', () => [...(this.labels.get(repository.repositoryId) ?? [])]);
  }
  permissionOf(_repository: RepositoryRef, login: string) {
    return this.#call('permissionOf', () => this.permissions.get(login) ?? 'read');
  }
  listTeamMembers(organisation: string, team: string) {
    return this.#call('listTeamMembers', () => {
      const members = this.teams.get(`${organisation}/${team}`);
      if (!members) throw notFound(`team ${organisation}/${team}`);
      return members;
    });
  }
  readFile(repository: RepositoryRef, path: string, ref?: string) {
    const key = `${repository.repositoryId}:${path}${ref === undefined ? '' : `@${ref}`}`;
    return this.#call('readFile', () => this.contents.get(key));
  }
  listChangedItems(repository: RepositoryRef, since: string) {
    return this.#call('listChangedItems', () =>
      [...this.refs.entries()]
        .filter(([, ref]) => ref.repository.repositoryId === repository.repositoryId && ref.kind !== 'discussion')
        .map(([key, { kind, number, nodeId }]) => ({ kind, number, nodeId, snapshot: structuredClone(this.#itemAt(key)) }))
        .filter(({ snapshot }) => Date.parse(snapshot.updatedAt) >= Date.parse(since))
        .sort((a, b) => Date.parse(a.snapshot.updatedAt) - Date.parse(b.snapshot.updatedAt)),
    );
  }
  /** As GitHub does, a label that the repository lacks is created. */
  addLabel(item: ItemRef, label: string) {
    return this.#call('addLabel', () => {
      const known = this.labels.get(item.repository.repositoryId) ?? [];
      if (!known.includes(label)) this.labels.set(item.repository.repositoryId, [...known, label]);
      this.#update(item, (snapshot) => ({ labels: [...new Set([...snapshot.labels, label])] }));
    });
  }
  removeLabel(item: ItemRef, label: string) {
    return this.#call('removeLabel', () => {
      if (!this.#item(item).labels.includes(label)) throw notFound(`label ${label} on #${item.number}`);
      this.#update(item, (snapshot) => ({ labels: snapshot.labels.filter((other) => other !== label) }));
    });
  }
  createLabel(repository: RepositoryRef, label: { name: string }) {
    return this.#call('createLabel', () => {
      this.labels.set(repository.repositoryId, [...(this.labels.get(repository.repositoryId) ?? []), label.name]);
    });
  }
  createComment(item: ItemRef, body: string) {
    return this.#call('createComment', () => {
      const comment = this.#comment(item, body, { login: this.#app.login, id: this.#app.id, type: 'Bot' }, true, 'NONE');
      this.comments.push(comment);
      return { id: comment.id, nodeId: comment.nodeId, url: `https://github.example/comments/${comment.id}` };
    });
  }
  updateComment(_item: ItemRef, { id }: { id: number; nodeId: string }, body: string) {
    return this.#call('updateComment', () => this.#editComment((comment) => comment.id === id, { body, updatedAt: this.#now() }));
  }
  deleteComment(_item: ItemRef, { id }: { id: number; nodeId: string }) {
    return this.#call('deleteComment', () => {
      if (!this.comments.some((comment) => comment.id === id)) throw notFound(`comment ${id}`);
      this.comments = this.comments.filter((comment) => comment.id !== id);
    });
  }
  minimizeComment(nodeId: string) {
    return this.#call('minimizeComment', () => this.#editComment((comment) => comment.nodeId === nodeId, { minimized: true }));
  }
  react(_item: ItemRef, commentNodeId: string, content: string) {
    return this.#call('react', () => {
      this.reactions.add(`${commentNodeId} ${content}`);
    });
  }
  addAssignees(item: ItemRef, logins: readonly string[]) {
    return this.#call('addAssignees', () =>
      this.#update(item, (snapshot) => ({ assignees: [...new Set([...snapshot.assignees, ...logins])] })),
    );
  }
  removeAssignees(item: ItemRef, logins: readonly string[]) {
    return this.#call('removeAssignees', () =>
      this.#update(item, (snapshot) => ({ assignees: snapshot.assignees.filter((login) => !logins.includes(login)) })),
    );
  }
  listOwnIssues(repository: RepositoryRef) {
    return this.#call('listOwnIssues', () =>
      this.issues
        .filter((issue) => issue.repositoryId === repository.repositoryId)
        .map((issue) => ({ ...issue, url: issueUrl(issue.number) }))
        .reverse(),
    );
  }
  createIssue(repository: RepositoryRef, issue: { title: string; body: string; labels: readonly string[] }) {
    return this.#call('createIssue', () => {
      const number = this.#nextId();
      this.issues.push({ ...issue, repositoryId: repository.repositoryId, number, nodeId: `I_${number}` });
      return { number, url: issueUrl(number) };
    });
  }
  updateIssue(repository: RepositoryRef, number: number, issue: { title: string; body: string }) {
    return this.#call('updateIssue', () => {
      this.issues = this.issues.map((other) =>
        other.repositoryId === repository.repositoryId && other.number === number ? { ...other, ...issue } : other,
      );
    });
  }
  findCheck(repository: RepositoryRef, headSha: string, name: string) {
    return this.#call('findCheck', () => {
      const found = this.checks.find(
        (check) => check.repositoryId === repository.repositoryId && check.headSha === headSha && check.name === name,
      );
      return found && { id: found.id };
    });
  }
  createCheck(repository: RepositoryRef, check: CheckInput) {
    return this.#call('createCheck', () => {
      const id = this.#nextId();
      this.checks.push({ ...check, id, repositoryId: repository.repositoryId });
      return { id, url: `https://github.example/checks/${id}` };
    });
  }
  updateCheck(_repository: RepositoryRef, id: number, check: CheckInput) {
    return this.#call('updateCheck', () => {
      this.checks = this.checks.map((other) => (other.id === id ? { ...other, ...check } : other));
    });
  }

  // ── GitHubApp ──
  identity() {
    return this.#call('identity', () => this.#app);
  }
  installation(_installationId: number): Promise<GitHub> {
    return this.#call('installation', () => this);
  }
  listInstallations() {
    return this.#call('listInstallations', () =>
      [...this.installationsById].map(([id, { account, permissions }]) => ({ id, account, permissions })),
    );
  }
  listRepositories(installationId: number) {
    return this.#call('listRepositories', () => this.installationsById.get(installationId)?.repositories ?? []);
  }
  listDeliveries(cursor?: string) {
    return this.#call('listDeliveries', () => {
      const from = Number(cursor ?? 0);
      const page = this.deliveries.slice(from, from + this.deliveriesPerPage);
      const next = from + page.length < this.deliveries.length ? String(from + page.length) : undefined;
      return { deliveries: page.map(({ payload: _payload, ...summary }) => summary), next };
    });
  }
  getDelivery(id: number) {
    return this.#call('getDelivery', () => {
      const delivery = this.deliveries.find((other) => other.id === id);
      if (!delivery) throw notFound(`delivery ${id}`);
      const { guid, event, payload, deliveredAt } = delivery;
      return { guid, event, payload, deliveredAt };
    });
  }

  async #call<Result>(method: Fault['method'], act: () => Result): Promise<Result> {
    this.calls.push(method);
    const index = this.#faults.findIndex((fault) => fault.method === method);
    const fault = index < 0 ? undefined : this.#faults.splice(index, 1)[0];
    if (fault?.when === 'before') throw failure(fault);
    const result = act();
    if (fault) throw failure(fault);
    return result;
  }

  #item(item: ItemRef): ItemSnapshot {
    return this.#itemAt(keyOf(item));
  }

  #itemAt(key: string): ItemSnapshot {
    const snapshot = this.items.get(key);
    if (!snapshot) throw notFound(key);
    return snapshot;
  }

  #update(item: ItemRef, change: (snapshot: ItemSnapshot) => Partial<ItemSnapshot>): void {
    const snapshot = this.#item(item);
    this.items.set(keyOf(item), { ...snapshot, ...change(snapshot), updatedAt: this.#now() });
  }

  #editComment(which: (comment: MemoryComment) => boolean, change: Partial<MemoryComment>): void {
    if (!this.comments.some(which)) throw notFound('comment');
    this.comments = this.comments.map((comment) => (which(comment) ? { ...comment, ...change } : comment));
  }

  #comment(item: ItemRef, body: string, author: Actor, ours: boolean, association: CommentSnapshot['association']): MemoryComment {
    const id = this.#nextId();
    const at = this.#now();
    const place = { repositoryId: item.repository.repositoryId, number: item.number };
    return { ...place, id, nodeId: `IC_${id}`, body, author, association, createdAt: at, updatedAt: at, minimized: false, ours };
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

function keyOf(item: ItemRef): string {
  return `${item.repository.repositoryId}#${item.number}`;
}

function issueUrl(number: number): string {
  return `https://github.example/issues/${number}`;
}

function notFound(what: string): GitHubError {
  return new GitHubError('NOT_FOUND', `${what} does not exist`, { status: 404 });
}

const STATUS: Record<GitHubErrorCode, number> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  VALIDATION: 422,
  UNAUTHORIZED: 401,
  UNAVAILABLE: 502,
};

function failure({ code, method, when, retryAfterMs }: Fault): GitHubError {
  const status = STATUS[code];
  return new GitHubError(code, `${method} failed ${when} it was carried out`, {
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
