import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { DeciderParts, EffectiveConfiguration } from './decide.ts';
import { createDecider } from './decide.ts';
import type { Facts } from './facts.ts';
import { GitHubError } from './github/port.ts';
import { defineHandler, type Handler } from './handler.ts';
import { app, botEvent, history, itemRef, itemSnapshot, NOW, storedDecision, testKnowledge } from './testing/handler-world.ts';
import { MemoryGitHub } from './testing/index.ts';

const item = itemRef();
const label = { type: 'add-label', item, label: 'sig/runtime' } as const;

function handler(name: string, more: Partial<Handler> = {}): Handler {
  return defineHandler({
    name,
    on: ['issues.opened'],
    needs: [],
    permissions: {},
    options: z.strictObject({}),
    help: { summary: '', example: '' },
    decide: () => [{ handler: name, rule: `${name}/rule`, verdict: 'act', because: 'b', evidence: [], effects: [label] }],
    ...more,
  });
}

function configuration(on: readonly string[], more: Partial<EffectiveConfiguration> = {}): EffectiveConfiguration {
  return {
    sha: 'c0ffee',
    source: 'repository',
    mode: 'active',
    noise: { commentsPerItemPerDay: 1, commentsPerRepositoryPerHour: 1 },
    people: { maintainers: [], associations: [], bots: [] },
    settings: { labels: { create: false } },
    sections: new Map(on.map((name) => [name, {}])),
    ...more,
  };
}

function decider(handlers: readonly Handler[], more: Partial<DeciderParts> = {}) {
  const github = new MemoryGitHub();
  github.addRepository(item.repository);
  github.addItem(item, itemSnapshot());
  const errors: string[] = [];
  const decide = createDecider({
    handlers,
    knowledge: testKnowledge(),
    store: { history: async () => history(), openItems: async () => [], commentsSince: async () => 0 },
    github: async () => github,
    configurationOf: async () => configuration(handlers.map(({ name }) => name)),
    app,
    nowMs: () => Date.parse(NOW),
    onHandlerError: (name) => errors.push(name),
    ...more,
  });
  return { decide, errors };
}

describe('createDecider', () => {
  it('asks only handlers that are switched on and listen to the event', async () => {
    const handlers = [handler('on'), handler('off'), handler('elsewhere', { on: ['push'] })];
    const { decide } = decider(handlers, { configurationOf: async () => configuration(['on', 'elsewhere']) });
    const outcome = await decide(botEvent('issues.opened'));
    expect(outcome.decisions.map((decision) => decision.handler)).toEqual(['on']);
    expect(outcome).toMatchObject({
      subject: 'repository/2/item/7',
      configSha: 'c0ffee',
      decisions: [{ planned: [{ effect: label, state: 'pending' }] }],
    });
  });

  it('gathers what the interested handlers need, and nothing that only the others need', async () => {
    const seen: Facts[] = [];
    const spy = (name: string, needs: Handler['needs']) =>
      handler(name, {
        needs,
        decide: ({ facts }) => {
          seen.push(facts);
          return [];
        },
      });
    const { decide } = decider([spy('a', ['comments']), spy('b', ['openItems'])], { configurationOf: async () => configuration(['a']) });
    await decide(botEvent('issues.opened'));
    expect(seen.map((facts) => Object.keys(facts).sort())).toEqual([['comments', 'history', 'item', 'repositoryCommentsLastHour']]);
  });

  it('records a handler that fails and lets the others decide', async () => {
    const broken = handler('broken', {
      decide: () => {
        throw new Error('ghs_secret in a message');
      },
    });
    const { decide, errors } = decider([broken, handler('fine')]);
    const { decisions } = await decide(botEvent('issues.opened'));
    expect(decisions.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['broken/error', 'abstain'],
      ['fine/rule', 'act'],
    ]);
    expect(JSON.stringify(decisions)).not.toContain('ghs_secret');
    expect(errors).toEqual(['broken']);
  });

  it('withholds effects unless the configuration says active', async () => {
    const { decide } = decider([handler('a')], { configurationOf: async () => configuration(['a'], { mode: 'dry-run' }) });
    expect((await decide(botEvent('issues.opened'))).decisions[0]?.planned).toEqual([
      { effect: label, state: 'withheld', because: 'mode is dry-run' },
    ]);
  });

  it('lets a handler go without whose facts GitHub forbids to read, and says which permission is missing', async () => {
    const github = new MemoryGitHub();
    github.addItem(item, itemSnapshot());
    github.listFiles = async () => {
      throw new GitHubError('FORBIDDEN', 'list files: forbidden, it needs pull_requests=read', { status: 403 });
    };
    const { decide } = decider([handler('paths', { needs: ['files'] }), handler('words', { needs: ['item'] })], {
      github: async () => github,
    });
    const { decisions } = await decide(botEvent('issues.opened', 'pull_request'));
    expect(decisions.map(({ rule, verdict, because }) => [rule, verdict, because])).toEqual([
      ['paths/unreadable', 'abstain', 'not decided: list files: forbidden, it needs pull_requests=read'],
      ['words/rule', 'act', 'b'],
    ]);
  });

  it('looks again for an item that GitHub does not find, then files it as closed and decides nothing', async () => {
    const { decide } = decider([handler('a')], { github: async () => new MemoryGitHub() });
    const event = botEvent('issues.opened', 'issue', { snapshot: itemSnapshot() });
    await expect(decide(event, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await decide(event, 3)).toMatchObject({ decisions: [], item: { ref: item, snapshot: { state: 'closed' } } });
  });

  it('reads nothing about an item that was deleted or moved away, and stops its clocks', async () => {
    const github = new MemoryGitHub();
    const { decide } = decider([handler('a', { on: ['issues.deleted'] })], { github: async () => github });
    const outcome = await decide(botEvent('issues.deleted', 'issue', { snapshot: itemSnapshot() }), 1);
    expect(outcome).toMatchObject({ decisions: [], item: { snapshot: { state: 'closed' } }, timeline: [{ type: 'closed' }] });
    expect(github.calls).toEqual([]);
  });

  it('lets nobody see, quote or store secrets of texts that GitHub gives now', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const github = new MemoryGitHub();
    github.addItem(item, itemSnapshot({ title: secret, body: `password: ${secret}` }));
    github.addComment(item, { body: `my token ${secret}`, author: { login: 'someone', id: 5, type: 'User' } });
    const seen: Facts[] = [];
    const spy = handler('a', {
      needs: ['comments'],
      decide: ({ facts }) => {
        seen.push(facts);
        return [];
      },
    });
    const { decide } = decider([spy], { github: async () => github });
    const outcome = await decide(botEvent('issues.opened'));
    expect(JSON.stringify([seen, outcome])).not.toContain(secret);
    expect(seen[0]?.comments).toHaveLength(1);
  });

  it('records a silence once, and again only when its reason changes', async () => {
    const silent = handler('silent', {
      decide: () => [{ handler: 'silent', rule: 'silent/rule', verdict: 'abstain', because: 'no evidence', evidence: [], effects: [] }],
    });
    const before = (because: string) =>
      history({ decisions: [storedDecision({ handler: 'silent', rule: 'silent/rule', verdict: 'abstain', because })] });
    const decisionsAfter = async (because: string) => {
      const store = { history: async () => before(because), openItems: async () => [], commentsSince: async () => 0 };
      return (await decider([silent], { store }).decide(botEvent('issues.opened'))).decisions.length;
    };
    expect(await decisionsAfter('no evidence')).toBe(0);
    expect(await decisionsAfter('another reason')).toBe(1);
  });

  it('files what happened on the timeline even when nobody has anything to say', async () => {
    const { decide } = decider([]);
    const outcome = await decide(botEvent('issues.opened'));
    expect(outcome.decisions).toEqual([]);
    expect(outcome.timeline.map(({ type }) => type)).toEqual(['opened']);
  });
});
