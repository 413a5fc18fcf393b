import type { Outcome, PlannedEffect } from '../decision.ts';
import type { ItemSnapshot } from '../facts.ts';
import type { ItemRef, RepositoryRef } from '../item.ts';
import { subjectOf } from '../item.ts';
import type { NewDelivery } from '../store/port.ts';

/** Small things to put into a store, all of one repository and one moment. */
export const T = Date.parse('2026-01-05T09:00:00Z');
export const repository: RepositoryRef = { installationId: 5, repositoryId: 50, owner: 'acme', name: 'app', private: false };

export function delivery(guid: string, subject = 's'): NewDelivery {
  return { guid, event: 'issues', source: 'webhook', subject, payload: { hello: guid }, receivedAtMs: T };
}

export function item(number: number): ItemRef {
  return { repository, kind: 'issue', number, nodeId: `I_${number}` };
}

export function label(name: string): PlannedEffect {
  return { effect: { type: 'add-label', item: item(1), label: name }, state: 'pending' };
}

export function comment(): PlannedEffect {
  return { effect: { type: 'put-comment', item: item(1), slot: 'answer', body: 'hello' }, state: 'pending' };
}

export function outcome(number: number, planned: readonly PlannedEffect[] = []): Outcome {
  const aimed = planned.map((one) => ({ ...one, effect: 'item' in one.effect ? { ...one.effect, item: item(number) } : one.effect }));
  const decision = {
    handler: 'label',
    rule: 'label/paths',
    verdict: 'act' as const,
    because: 'the path says so',
    confidence: 0.5,
    evidence: [{ text: 'x', source: 'path' as const, rule: 'r' }],
    effects: aimed.map(({ effect }) => effect),
    memos: [{ type: 'asked' as const, fields: ['version'] }],
    planned: aimed,
  };
  return { configSha: 'c0ffee', subject: subjectOf({ item: item(number) }), decisions: [decision], timeline: [] };
}

export function snapshot(): ItemSnapshot {
  return {
    title: 'title',
    body: '',
    author: { login: 'r', id: 1, type: 'User' },
    association: 'NONE',
    state: 'open',
    draft: false,
    locked: false,
    labels: ['kind/bug'],
    assignees: [],
    createdAt: '2026-01-05T08:00:00Z',
    updatedAt: '2026-01-05T08:00:00Z',
  };
}
