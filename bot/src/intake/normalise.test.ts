import examples from '@octokit/webhooks-examples' with { type: 'json' };
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BotEvent } from '../event.ts';
import { subjectOf } from '../item.ts';
import { normalise, PayloadError, READ_EVENTS } from './normalise.ts';
import { routeOf } from './route.ts';

type Example = { name: string; examples: readonly Record<string, unknown>[] };
const all = (examples as unknown as readonly Example[]).flatMap(({ name, examples: list }) => list.map((payload) => ({ name, payload })));

describe("normalise, over every payload of GitHub's examples", () => {
  it.each(READ_EVENTS)('makes an event of each %s', (name) => {
    const events = all.filter((example) => example.name === name).map((example) => toEvent(example.name, example.payload));
    for (const event of events) {
      expect(event?.name.startsWith(name)).toBe(true);
      expect(new Date(event?.at ?? '').toISOString()).toBe(event?.at);
      expect(event?.actor?.login).toEqual(expect.any(String));
    }
    expect(events.length).toBeGreaterThan(0);
  });

  it('leaves the events alone that nobody reads', () => {
    const others = all.filter(({ name }) => !READ_EVENTS.includes(name));
    expect(others.length).toBeGreaterThan(100);
    for (const { name, payload } of others) expect(toEvent(name, payload)).toBeUndefined();
  });

  it('files each under the subject under which it waited', () => {
    for (const { name, payload } of all) {
      const event = toEvent(name, payload);
      if (event) expect(subjectOf(event), name).toBe(routeOf(payload).subject);
    }
  });
});

describe('normalise', () => {
  it('reads an opened issue', () => {
    const event = example('issues', 'opened');
    expect(event).toMatchObject({
      name: 'issues.opened',
      at: '2019-05-15T15:20:18.000Z',
      repository: { repositoryId: 186853002, owner: 'Codertocat', name: 'Hello-World', private: false },
      item: { kind: 'issue', number: 1 },
      snapshot: { title: 'Spelling error in the README file', state: 'open', labels: ['bug'], association: 'OWNER', draft: false },
    });
  });

  it('tells a comment on a pull request from one on an issue', () => {
    const payload = structuredClone(find('issue_comment', 'created')) as { issue: Record<string, unknown> };
    expect(toEvent('issue_comment', payload)?.item?.kind).toBe('issue');
    payload.issue.pull_request = { url: 'https://example.org' };
    expect(toEvent('issue_comment', payload)?.item?.kind).toBe('pull_request');
  });

  it('keeps the text before an edit with what was edited', () => {
    const issue = { ...find('issues', 'edited'), changes: { title: { from: 'old title' }, body: { from: 'old body' } } };
    expect(toEvent('issues', issue)?.snapshot).toMatchObject({ previousTitle: 'old title', previousBody: 'old body' });
    const comment = { ...find('issue_comment', 'edited'), changes: { body: { from: 'old words' } } };
    expect(toEvent('issue_comment', comment)?.comment).toMatchObject({ previousBody: 'old words' });
    expect(toEvent('issue_comment', comment)?.snapshot).not.toHaveProperty('previousBody');
  });

  it('knows comments that an App wrote by the id of the App', () => {
    const payload = structuredClone(find('issue_comment', 'created')) as { comment: Record<string, unknown> };
    expect(toEvent('issue_comment', payload)?.comment).not.toHaveProperty('viaAppId');
    payload.comment.performed_via_github_app = { id: 42, slug: 'sig-runtime' };
    expect(toEvent('issue_comment', payload)?.comment?.viaAppId).toBe(42);
  });

  it('reads a renamed label, a submitted review, a requested reviewer and a push', () => {
    const renamed = { ...find('label', 'edited'), changes: { name: { from: 'sig/old' } } };
    expect(toEvent('label', renamed)?.label).toMatchObject({ previousName: 'sig/old' });
    expect(example('pull_request_review', 'submitted')?.review).toMatchObject({ state: 'commented', author: { login: 'Codertocat' } });
    expect(example('pull_request', 'review_requested')?.requestedReviewer).toBe('octocat');
    const push = toEvent('push', {
      ...(find('push', undefined) as object),
      commits: [
        { added: ['a'], removed: [], modified: ['.github/sig-runtime.yml'] },
        { added: ['a', 'b'], removed: ['c'], modified: [] },
      ],
    });
    expect(push?.push?.paths.toSorted()).toEqual(['.github/sig-runtime.yml', 'a', 'b', 'c']);
  });

  it('names the repositories that an installation gained or lost', () => {
    expect(example('installation_repositories', 'removed')?.repositories?.length).toBeGreaterThan(0);
    expect(example('installation', 'created')?.repositories?.[0]).toMatchObject({
      owner: expect.any(String),
      installationId: expect.any(Number),
    });
  });

  it('makes an event of an action that does not exist yet', () => {
    expect(toEvent('issues', { ...find('issues', 'opened'), action: 'levitated' })?.name).toBe('issues.levitated');
  });

  it('puts a stand-in where the account was deleted', () => {
    const payload = structuredClone(find('issues', 'opened')) as { issue: Record<string, unknown>; sender: unknown };
    payload.issue.user = null;
    payload.issue.body = null;
    payload.sender = null;
    expect(toEvent('issues', payload)).toMatchObject({ actor: { login: 'ghost' }, snapshot: { author: { login: 'ghost' }, body: '' } });
  });

  it.each([
    ['without an issue', {}, 'issues issue'],
    ['without a repository', { issue: find('issues', 'opened')?.issue, repository: null }, 'repository is missing'],
    ['with a title that is no text', { issue: { ...(find('issues', 'opened')?.issue as object), title: 5 } }, 'title'],
  ])('says what is wrong with a payload %s', (_what, change, text) => {
    const payload = { ...find('issues', 'opened'), issue: undefined, ...change };
    expect(() => toEvent('issues', payload)).toThrow(PayloadError);
    expect(() => toEvent('issues', payload)).toThrow(text);
  });

  it('gives an event or a PayloadError for anything that JSON can hold', () => {
    fc.assert(
      fc.property(fc.constantFrom(...READ_EVENTS), fc.jsonValue(), (name, payload) => {
        routeOf(payload);
        try {
          toEvent(name, payload);
        } catch (error) {
          expect(error).toBeInstanceOf(PayloadError);
        }
      }),
    );
  });

  it('hands back our own events as they went in', () => {
    const event: BotEvent = { guid: 'schedule/sla/2026-01-05', name: 'schedule.sla', at: '2026-01-05T09:00:00Z', installationId: 3 };
    expect(normalise({ guid: event.guid, event: event.name, source: 'schedule', payload: event, receivedAtMs: 0 })).toEqual(event);
  });
});

function find(name: string, action: string | undefined): Record<string, unknown> | undefined {
  return all.find((one) => one.name === name && one.payload.action === action)?.payload;
}

function example(name: string, action: string): BotEvent | undefined {
  return toEvent(name, find(name, action));
}

function toEvent(name: string, payload: unknown): BotEvent | undefined {
  return normalise({ guid: 'g', event: name, source: 'webhook', payload, receivedAtMs: 0 });
}
