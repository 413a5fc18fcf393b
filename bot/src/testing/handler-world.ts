import { createMatcher, createScopeModel, createTriage, parsePlaybook } from '@sig-runtime/playbooks';
import type { Catalog } from '@sig-runtime/playbooks/catalog';
import { loadCatalog } from '@sig-runtime/playbooks/catalog/load';
import type { StoredDecision } from '../decision.ts';
import type { Effect, EffectState } from '../effect.ts';
import type { BotEvent } from '../event.ts';
import type { CommentSnapshot, Facts, History, ItemSnapshot, StoredEffect } from '../facts.ts';
import type { DecideInput, Knowledge } from '../handler.ts';
import type { Actor, ItemKind, ItemRef, RepositoryRef } from '../item.ts';

/** Valid defaults for tests of handlers: each builder takes what the test is about. */
export const repository: RepositoryRef = { installationId: 1, repositoryId: 2, owner: 'acme', name: 'app', private: false };
export const reporter: Actor = { login: 'reporter', id: 11, type: 'User' };
export const app = { id: 99, login: 'sig-runtime[bot]' };
export const NOW = '2026-03-02T10:00:00Z';

export function itemRef(kind: ItemKind = 'issue', number = 7): ItemRef {
  return { repository, kind, number, nodeId: `N_${number}` };
}

export function itemSnapshot(more: Partial<ItemSnapshot> = {}): ItemSnapshot {
  return {
    title: 'A title',
    body: '',
    author: reporter,
    association: 'NONE',
    state: 'open',
    draft: false,
    locked: false,
    labels: [],
    assignees: [],
    createdAt: NOW,
    updatedAt: NOW,
    ...more,
  };
}

export function commentBy(actor: Actor, body: string, more: Partial<CommentSnapshot> = {}): CommentSnapshot {
  const ours = actor.login === app.login;
  return {
    id: 501,
    nodeId: 'C_501',
    body,
    author: actor,
    association: 'NONE',
    createdAt: NOW,
    updatedAt: NOW,
    minimized: false,
    ours,
    ...more,
  };
}

export function botEvent(name: string, kind: ItemKind = 'issue', more: Partial<BotEvent> = {}): BotEvent {
  return { guid: 'delivery-1', name, at: NOW, actor: reporter, installationId: 1, repository, item: itemRef(kind), ...more };
}

export function history(more: Partial<History> = {}): History {
  return { decisions: [], effects: [], memos: [], timeline: [], ...more };
}

export function stored(effect: Effect, state: EffectState = 'done', more: Partial<StoredEffect> = {}): StoredEffect {
  return {
    id: 1,
    decisionId: 1,
    guid: 'delivery-0',
    at: NOW,
    effect,
    state,
    result: { changed: true, commentId: 501, commentNodeId: 'C_501' },
    ...more,
  };
}

export function storedDecision(more: Partial<StoredDecision>): StoredDecision {
  const base = { handler: 'label', rule: 'label/text', verdict: 'act', because: 'a reason', evidence: [], effects: [] } as const;
  return { ...base, id: 1, guid: 'delivery-0', subject: 'repository/2/item/7', at: NOW, configSha: 'c0ffee', ...more };
}

export function decideInput<Options>(
  options: Options,
  { event, knowledge, facts = {}, ...more }: { event: BotEvent; knowledge: Knowledge; facts?: Facts } & Partial<DecideInput<Options>>,
): DecideInput<Options> {
  return {
    event,
    facts,
    options,
    configuration: { sha: 'c0ffee', source: 'acme/app' },
    knowledge,
    app,
    now: NOW,
    ...more,
  };
}

const page = (id: string, title: string, head: string, fix: string): string => `---
id: ${id}
title: ${title}
summary: ${title}, in one sentence that a maintainer can read aloud.
products: [{ name: ocm-controller }]
severity: blocked
${head}
---

## Symptom

Something is not ready.

## Evidence

\`\`\`sh
kubectl get components.delivery.ocm.software "$NAME" -o yaml
\`\`\`

## Cause

Several causes look alike.

## Fix

${fix}

## Verify

The Component is Ready.
`;

const PAGES = [
  page(
    'PB-001',
    'The registry refuses the credentials',
    "related: [PB-002]\nrules:\n  - { pattern: 'failed to list versions: .*401', confidence: 0.9 }\n  - { pattern: 'health check failed', confidence: 0.3 }\nneeds: [conditions, manifests]",
    'Reference a Secret from the Repository.',
  ),
  page(
    'PB-002',
    'The second credential of one host is ignored',
    "related: [PB-001]\nrules:\n  - { pattern: 'second credential is ignored', confidence: 0.7 }",
    'Upgrade the controller.',
  ),
  page(
    'PB-004',
    'The Deployer may not touch an object',
    "rules:\n  - { pattern: 'is forbidden: User \"system:serviceaccount', confidence: 0.9 }",
    'Bind a role to the service account.',
  ),
];

/** Three small playbooks, the real scope model and the real catalogue (parts can be replaced). */
export function testKnowledge(catalog: Partial<Catalog> = {}): Knowledge {
  const playbooks = PAGES.map((text) => {
    const slug = `${/PB-\d{3}/.exec(text)?.[0]}-test`;
    return parsePlaybook(`${slug}/playbook.md`, slug, text);
  });
  return {
    playbooks,
    triage: createTriage(playbooks),
    matcher: createMatcher(playbooks),
    scope: createScopeModel(),
    catalog: { ...loadCatalog(), ...catalog },
    siteUrl: 'https://site.example',
  };
}
