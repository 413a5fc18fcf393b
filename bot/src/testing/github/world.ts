import type { Permission } from '../../facts.ts';
import type { Association, ItemKind } from '../../item.ts';
import type { EmbeddedSeed, SeedApp } from './seed.ts';

export type Json = Record<string, unknown>;

/** What emulate does not keep about a pull request. */
export type PullState = { nodeId: string; files: readonly string[]; assignees: string[]; headSha?: string; draft?: boolean };

export type DiscussionComment = {
  id: number;
  nodeId: string;
  body: string;
  author: string;
  createdAt: string;
  updatedAt: string;
};

export type Discussion = {
  id: number;
  nodeId: string;
  fullName: string;
  number: number;
  title: string;
  body: string;
  author: string;
  category: string;
  closed: boolean;
  locked: boolean;
  labels: string[];
  comments: DiscussionComment[];
  createdAt: string;
  updatedAt: string;
};

/** Something with a node id that can be reacted to or minimised. */
export type KnownNode = {
  type: 'Issue' | 'PullRequest' | 'IssueComment' | 'Discussion' | 'DiscussionComment';
  fullName: string;
  number: number;
};

export type Reaction = { id: number; login: string; content: string; createdAt: string };

/** One thing that happened to an item, in order; `commentId` and `review` say what else to show. */
export type TimelineEntry = {
  event: string;
  action: string;
  actor: string;
  at: string;
  label?: string;
  commentId?: number;
  review?: { state: string; body: string };
};

const rankOfTriage: ReadonlySet<Permission> = new Set(['triage', 'write', 'maintain', 'admin']);

/** Everything the overlay knows and emulate does not. Keys are `owner/name` or `owner/name#number`. */
export class World {
  readonly app: SeedApp;
  readonly people: ReadonlyMap<string, { role: Permission; association: Association; teams: readonly string[] }>;
  readonly pulls = new Map<string, PullState>();
  /** Numbers that emulate uses and nobody may see: places kept for discussions, issues that moved away. */
  readonly hidden = new Map<string, { movedTo?: string }>();
  readonly discussions = new Map<string, Discussion>();
  readonly nodes = new Map<string, KnownNode>();
  readonly reactions = new Map<string, Reaction[]>();
  readonly minimized = new Map<string, string>();
  readonly timeline = new Map<string, TimelineEntry[]>();
  /** Values before the edit that is under way, for `changes` in its webhook. */
  readonly edits = new Map<string, Json>();
  readonly users = new Map<string, Json>();
  /** While above zero, webhooks of emulate are dropped (seeding, placeholders). */
  silence = 0;
  #lastId = 5_000_000;

  constructor(seed: EmbeddedSeed, app: SeedApp) {
    this.app = app;
    this.people = new Map(
      seed.people.map(({ login, role = 'none', teams = [], association = rankOfTriage.has(role) ? 'MEMBER' : 'NONE' }) => [
        login,
        { role, association, teams },
      ]),
    );
  }

  get botLogin(): string {
    return `${this.app.slug}[bot]`;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  associationOf(login: string): Association {
    return this.people.get(login)?.association ?? 'NONE';
  }

  kindOf(key: string): ItemKind {
    if (this.discussions.has(key)) return 'discussion';
    return this.pulls.has(key) ? 'pull_request' : 'issue';
  }

  record(key: string, entry: TimelineEntry): void {
    const entries = this.timeline.get(key) ?? [];
    entries.push(entry);
    this.timeline.set(key, entries);
  }

  async silently<T>(run: () => Promise<T>): Promise<T> {
    this.silence += 1;
    try {
      return await run();
    } finally {
      this.silence -= 1;
    }
  }
}

export function keyOf(fullName: string, number: number): string {
  return `${fullName}#${number}`;
}

export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
