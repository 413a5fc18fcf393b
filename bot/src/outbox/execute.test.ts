import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Effect } from '../effect.ts';
import type { ItemRef, RepositoryRef } from '../item.ts';
import type { OutboxEntry, Store } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { MemoryGitHub } from '../testing/memory-github.ts';
import { createExecutor, type ExecutorOptions, type ExecutorResult } from './execute.ts';
import { inverseOf } from './inverse.ts';

const repository: RepositoryRef = { installationId: 5, repositoryId: 50, owner: 'acme', name: 'app', private: false };
const item: ItemRef = { repository, kind: 'issue', number: 1, nodeId: 'I_1' };
const MARKER = '<!-- sig-runtime:answer -->';
const answer = (body: string): Effect => ({ type: 'put-comment', item, slot: 'answer', body });
const addLabel = (label: string, more: { createIfMissing?: boolean; color?: string } = {}): Effect => ({
  type: 'add-label',
  item,
  label,
  ...more,
});

let store: Store;
let github: MemoryGitHub;
let nowMs: number;
let results: ExecutorResult[];

beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:', clock: () => 0 });
  github = new MemoryGitHub();
  github.addRepository(repository, ['sig/runtime', 'kind/bug']);
  github.addItem(item);
  nowMs = 1_000;
  results = [];
});
afterEach(() => store.close());

describe('comments', () => {
  it('writes one per slot, edits it in place, and leaves it alone when nothing changed', async () => {
    await perform(answer('first'));
    await perform(answer('second'));
    await perform(answer('second\n'));
    expect(github.commentsOn(item).map(({ body }) => body)).toEqual([`${MARKER}\nsecond`]);
    expect(results.map(({ result }) => result?.changed)).toEqual([true, true, false]);
    expect(results[1]?.result).toMatchObject({ previousBody: 'first' });
    expect(writes()).toEqual(['createComment', 'updateComment']);
  });

  it('is not taken in by a marker in the comment of somebody else', async () => {
    github.addComment(item, { body: `${MARKER}\nforged`, author: { login: 'mallory', id: 66, type: 'User' } });
    await perform(answer('real'));
    expect(github.commentsOn(item).map(({ body }) => body)).toEqual([`${MARKER}\nforged`, `${MARKER}\nreal`]);
  });

  it('does not post again when the first post was carried out and its answer lost', async () => {
    github.failNext({ method: 'createComment', when: 'after', code: 'UNAVAILABLE' });
    await perform(answer('once'));
    expect(results.map(({ kind }) => kind)).toEqual(['retried']);
    nowMs += 60_000;
    await executor({}).drain();
    expect(github.commentsOn(item)).toHaveLength(1);
    expect(results[1]).toMatchObject({ kind: 'done', result: { changed: true, commentId: github.comments[0]?.id } });
    expect(await store.commentsSince(50, 0)).toBe(1);
  });

  it('still knows what stood there before when an edit was carried out and its answer lost', async () => {
    await perform(answer('before'));
    github.failNext({ method: 'updateComment', when: 'after', code: 'UNAVAILABLE' });
    await perform(answer('after'));
    nowMs += 60_000;
    await executor({}).drain();
    expect(results.at(-1)).toMatchObject({ kind: 'done', result: { changed: true, previousBody: 'before' } });
  });

  it('posts when the first post was refused before anything happened', async () => {
    github.failNext({ method: 'createComment', when: 'before', code: 'UNAVAILABLE' });
    await perform(answer('once'));
    nowMs += 60_000;
    await executor({}).drain();
    expect(github.commentsOn(item)).toHaveLength(1);
  });

  it('hides and deletes only its own, and finds nothing to do the second time', async () => {
    const hide: Effect = { type: 'hide-comment', item, slot: 'answer', reason: 'OUTDATED' };
    await perform(hide);
    await perform(answer('text'));
    await perform(hide);
    await perform(hide);
    expect(github.commentsOn(item)[0]?.minimized).toBe(true);
    expect(results.map(({ result }) => [result?.changed, result?.detail])).toEqual([
      [false, 'no-comment'],
      [true, undefined],
      [true, undefined],
      [false, undefined],
    ]);
    const remove: Effect = { type: 'delete-comment', item, slot: 'answer' };
    await perform(remove);
    await perform(remove);
    expect(github.commentsOn(item)).toEqual([]);
    expect(results.slice(-2).map(({ result }) => result)).toMatchObject([{ changed: true, previousBody: 'text' }, { changed: false }]);
  });
});

describe('labels', () => {
  it('adds a label that the repository has, once, whatever the case of its letters', async () => {
    await perform(addLabel('sig/runtime'));
    await perform(addLabel('SIG/Runtime'));
    expect(github.labelsOf(item)).toEqual(['sig/runtime']);
    expect(writes()).toEqual(['addLabel']);
  });

  it('withholds a label that the repository lacks, and creates none', async () => {
    await perform(addLabel('sig/typo'));
    expect(results).toMatchObject([{ kind: 'withheld', result: { changed: false, detail: 'label-missing' } }]);
    expect(github.labels.get(50)).toEqual(['sig/runtime', 'kind/bug']);
    expect(await entries()).toMatchObject([{ state: 'withheld', result: { detail: 'label-missing' } }]);
  });

  it('adds it after all when the label exists and the effect is promoted', async () => {
    await perform(addLabel('sig/new'));
    github.labels.get(50)?.push('sig/new');
    const [withheld] = await entries();
    await store.promoteEffects([withheld?.id ?? 0], nowMs);
    await executor({}).drain();
    expect(github.labelsOf(item)).toEqual(['sig/new']);
  });

  it('creates the label first where the repository asked for that', async () => {
    await perform(addLabel('sig/new', { createIfMissing: true, color: 'abcdef' }));
    expect(writes()).toEqual(['createLabel', 'addLabel']);
    expect(github.labels.get(50)).toContain('sig/new');
  });

  it('removes what is there, and does not mind when somebody was faster', async () => {
    github.addItem(item, { labels: ['kind/bug'] });
    github.failNext({ method: 'removeLabel', when: 'before', code: 'NOT_FOUND' });
    await perform({ type: 'remove-label', item, label: 'kind/bug' });
    await perform({ type: 'remove-label', item, label: 'sig/runtime' });
    expect(results.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect(writes()).toEqual(['removeLabel']);
  });
});

describe('issues, checks, people', () => {
  it('keeps one issue per slot, without labels that the repository lacks', async () => {
    const digest = (body: string): Effect => ({
      type: 'put-issue',
      repository,
      slot: 'digest/2026-W02',
      title: 'Digest',
      body,
      labels: ['kind/bug', 'typo'],
    });
    github.failNext({ method: 'createIssue', when: 'after', code: 'UNAVAILABLE' });
    await perform(digest('one'));
    nowMs += 60_000;
    await executor({}).drain();
    await perform(digest('two'));
    expect(github.issues).toMatchObject([{ title: 'Digest', body: '<!-- sig-runtime:digest/2026-W02 -->\ntwo', labels: ['kind/bug'] }]);
  });

  it('fails an effect whose slot would break out of its marker', async () => {
    await perform({ type: 'put-issue', repository, slot: 'x --> y', title: 't', body: 'b', labels: [] });
    expect(results).toMatchObject([{ kind: 'failed' }]);
    expect(github.issues).toEqual([]);
  });

  it('writes a check of one name on one commit again instead of beside it', async () => {
    const check = { type: 'put-check' as const, repository, headSha: 'abc', name: 'sig-runtime / configuration', title: 't', summary: 's' };
    await perform({ ...check, conclusion: 'failure' });
    await perform({ ...check, conclusion: 'success' });
    expect(github.checks).toMatchObject([{ conclusion: 'success', headSha: 'abc' }]);
  });

  it('assigns only who is missing, and undoes only that', async () => {
    github.addItem(item, { assignees: ['ann'] });
    await perform({ type: 'assign', item, logins: ['Ann', 'bob'] });
    expect(results[0]?.result).toEqual({ changed: true, logins: ['bob'] });
    const [done] = await entries();
    const undo = done && inverseOf(done.effect, done.result);
    expect(undo).toEqual({ type: 'unassign', item, logins: ['bob'] });
    await perform(undo as Effect);
    expect(github.items.get('50#1')?.assignees).toEqual(['ann']);
  });

  it('reacts', async () => {
    await perform({ type: 'react', item, commentNodeId: 'IC_9', content: 'eyes' });
    expect([...github.reactions]).toEqual(['IC_9 eyes']);
  });
});

describe('faults', () => {
  it.each(['NOT_FOUND', 'VALIDATION', 'FORBIDDEN'] as const)('records %s as failed with its reason, and goes on', async (code) => {
    github.failNext({ method: 'addLabel', when: 'before', code });
    await perform(addLabel('sig/runtime'));
    await perform(answer('next'));
    expect(results.map(({ kind }) => kind)).toEqual(['failed', 'done']);
    expect((await entries()).find(({ state }) => state === 'failed')?.error).toContain(code);
  });

  it('pauses the installation for as long as GitHub says, then performs in order', async () => {
    github.failNext({ method: 'createComment', when: 'before', code: 'RATE_LIMITED', retryAfterMs: 30_000 });
    await perform(answer('text'));
    await perform(addLabel('sig/runtime'));
    expect(results.map(({ kind }) => kind)).toEqual(['paused']);
    nowMs += 29_999;
    expect(await executor({}).drain()).toBe(0);
    nowMs += 1;
    expect(await executor({}).drain()).toBe(2);
    expect(writes()).toEqual(['createComment', 'createComment', 'addLabel']);
  });

  it.each([
    ['is away', 'UNAVAILABLE'],
    ["refuses the App's key", 'UNAUTHORIZED'],
  ] as const)('waits longer each time GitHub %s, and ends with a reason', async (_, code) => {
    for (let n = 0; n < 3; n += 1) github.failNext({ method: 'getItem', when: 'before', code });
    await perform(addLabel('sig/runtime'), { maxAttempts: { failed: 1, unavailable: 3 } });
    for (let n = 0; n < 2; n += 1) {
      nowMs += 3_600_000;
      await executor({ maxAttempts: { failed: 1, unavailable: 3 } }).drain();
    }
    expect(results.map(({ kind }) => kind)).toEqual(['retried', 'retried', 'failed']);
  });

  it('leaves the record to whoever took an effect over', async () => {
    await plan(addLabel('sig/runtime'));
    const slow = executor({
      leaseMs: 10,
      checkpoint: async (step) => {
        if (step !== 'executor/noted') return;
        nowMs += 10;
        const other = await store.leaseEffect({ nowMs, leaseMs: 1e9 });
        expect(other?.attempts).toBe(2);
      },
    });
    await slow.drain();
    expect(results).toMatchObject([{ kind: 'lost' }]);
    expect((await entries())[0]?.state).toBe('pending');
  });
});

describe('undo', () => {
  it.each<[string, Effect, { labels?: string[]; assignees?: string[] }]>([
    ['a label', addLabel('sig/runtime'), {}],
    ['a removed label', { type: 'remove-label', item, label: 'kind/bug' }, { labels: ['kind/bug'] }],
    ['a new comment', answer('text'), {}],
    ['an assignment', { type: 'assign', item, logins: ['bob'] }, { assignees: ['ann'] }],
  ])('takes back %s', async (_what, effect, world) => {
    github.addItem(item, world);
    const before = structuredClone([github.items.get('50#1')?.labels, github.items.get('50#1')?.assignees, github.comments]);
    await perform(effect);
    const [done] = await entries();
    await perform(inverseOf(done?.effect as Effect, done?.result) as Effect);
    expect([github.items.get('50#1')?.labels, github.items.get('50#1')?.assignees, github.comments]).toEqual(before);
  });

  it('restores the text of an edited and of a deleted comment', async () => {
    await perform(answer('first'));
    await perform(answer('second'));
    expect(inverseOf(answer('second'), results[1]?.result)).toEqual(answer('first'));
    await perform({ type: 'delete-comment', item, slot: 'answer' });
    expect(inverseOf({ type: 'delete-comment', item, slot: 'answer' }, results[2]?.result)).toEqual(answer('second'));
  });

  it('has nothing to take back when nothing was changed or GitHub offers no way', () => {
    expect(inverseOf(addLabel('x'), { changed: false })).toBeUndefined();
    expect(inverseOf(addLabel('x'), undefined)).toBeUndefined();
    expect(inverseOf({ type: 'react', item, commentNodeId: 'c', content: 'eyes' }, { changed: true })).toBeUndefined();
  });
});

let planned = 0;
async function plan(effect: Effect): Promise<void> {
  planned += 1;
  await store.addEffects([{ idempotencyKey: `k${planned}`, decisionId: 1, guid: 'g', effect }], nowMs);
}

async function perform(effect: Effect, options: Partial<ExecutorOptions> = {}): Promise<void> {
  await plan(effect);
  await executor(options).drain();
}

function executor(options: Partial<ExecutorOptions>) {
  const onResult = (result: ExecutorResult) => results.push(result);
  return createExecutor({ store, app: github, clock: () => nowMs, random: () => 0.5, minSpacingMs: 0, onResult, ...options });
}

function entries(): Promise<readonly OutboxEntry[]> {
  return store.effects({ limit: 99 });
}

function writes(): readonly string[] {
  return github.calls.filter((call) => /^(add|remove|create|update|delete|minimize|react)/.test(call));
}
