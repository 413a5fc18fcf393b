import type { Effect, EffectResult, EffectType } from '../effect.ts';
import { type GitHub, GitHubError } from '../github/port.ts';
import type { RepositoryRef } from '../item.ts';
import { findComment, isSlot, markerOf, sameText, withMarker, withoutMarker } from './marker.ts';

/**
 * What an effect finds on GitHub. `differs`: `write` makes one change (and creates a label first, where the effect may), `intended` is
 * what will have changed, known before writing. `withheld`: GitHub is not as the effect needs it and that is not ours to change.
 */
export type Look =
  | { kind: 'as-wanted'; result: Omit<EffectResult, 'changed'> }
  | { kind: 'withheld'; detail: string }
  | { kind: 'differs'; intended: Omit<EffectResult, 'changed'>; write: () => Promise<Omit<EffectResult, 'changed'>> };

type Of<Type extends EffectType> = Extract<Effect, { type: Type }>;
type Lookers = { [Type in EffectType]: (github: GitHub, effect: Of<Type>) => Promise<Look> };

/**
 * Compares GitHub with what the effect wants, and writes nothing. Looking again after a write whose answer was lost finds
 * `as-wanted`: that is why an effect shows once however often it is tried. Throws `GitHubError`.
 */
export function look(github: GitHub, effect: Effect): Promise<Look> {
  const looker = LOOKERS[effect.type] as (github: GitHub, effect: Effect) => Promise<Look>;
  return looker(github, effect);
}

const LOOKERS: Lookers = {
  'add-label': addLabel,
  'remove-label': removeLabel,
  'put-comment': putComment,
  'hide-comment': hideComment,
  'delete-comment': deleteComment,
  assign,
  unassign,
  react,
  'put-check': putCheck,
  'put-issue': putIssue,
};

const DEFAULT_LABEL = { color: 'ededed', description: '' };
const AS_WANTED: Look = { kind: 'as-wanted', result: {} };

async function addLabel(github: GitHub, effect: Of<'add-label'>): Promise<Look> {
  const { item, label, color, description, createIfMissing } = effect;
  const { labels } = await github.getItem(item);
  if (includesName(labels, label)) return AS_WANTED;
  // GitHub creates a label that is added without existing, so a typing error would make one: look first.
  const exists = includesName(await github.listLabels(item.repository), label);
  if (!exists && !createIfMissing) return { kind: 'withheld', detail: 'label-missing' };
  const wanted = { name: label, color: color ?? DEFAULT_LABEL.color, description: description ?? DEFAULT_LABEL.description };
  return differs({}, async () => {
    if (!exists) await github.createLabel(item.repository, wanted);
    await github.addLabel(item, label);
  });
}

async function removeLabel(github: GitHub, { item, label }: Of<'remove-label'>): Promise<Look> {
  const { labels } = await github.getItem(item);
  return includesName(labels, label) ? differs({}, () => unlessGone(github.removeLabel(item, label))) : AS_WANTED;
}

async function putComment(github: GitHub, { item, slot, body }: Of<'put-comment'>): Promise<Look> {
  const wanted = withMarker(checked(slot), body);
  const existing = findComment(await github.listComments(item), slot);
  if (!existing) {
    return absent(async () => {
      const created = await github.createComment(item, wanted);
      return { commentId: created.id, commentNodeId: created.nodeId, url: created.url };
    });
  }
  const found = { commentId: existing.id, commentNodeId: existing.nodeId };
  if (sameText(existing.body, wanted)) return { kind: 'as-wanted', result: found };
  const previousBody = withoutMarker(slot, existing.body);
  return differs({ ...found, previousBody }, () => github.updateComment(item, existing, wanted));
}

async function hideComment(github: GitHub, { item, slot, reason }: Of<'hide-comment'>): Promise<Look> {
  const existing = findComment(await github.listComments(item), slot);
  if (!existing) return { kind: 'as-wanted', result: { detail: 'no-comment' } };
  const found = { commentId: existing.id, commentNodeId: existing.nodeId };
  if (existing.minimized) return { kind: 'as-wanted', result: found };
  return differs(found, () => github.minimizeComment(existing.nodeId, reason));
}

async function deleteComment(github: GitHub, { item, slot }: Of<'delete-comment'>): Promise<Look> {
  const existing = findComment(await github.listComments(item), slot);
  if (!existing) return { kind: 'as-wanted', result: { detail: 'no-comment' } };
  const previousBody = withoutMarker(slot, existing.body);
  return differs({ commentId: existing.id, previousBody }, () => unlessGone(github.deleteComment(item, existing)));
}

async function assign(github: GitHub, { item, logins: wanted }: Of<'assign'>): Promise<Look> {
  const { assignees } = await github.getItem(item);
  const logins = wanted.filter((login) => !includesName(assignees, login));
  return logins.length === 0 ? AS_WANTED : differs({ logins }, () => github.addAssignees(item, logins));
}

async function unassign(github: GitHub, { item, logins: unwanted }: Of<'unassign'>): Promise<Look> {
  const { assignees } = await github.getItem(item);
  const logins = unwanted.filter((login) => includesName(assignees, login));
  return logins.length === 0 ? AS_WANTED : differs({ logins }, () => github.removeAssignees(item, logins));
}

/** Nothing to look for: GitHub keeps one reaction per person and kind. */
async function react(github: GitHub, { item, commentNodeId, content }: Of<'react'>): Promise<Look> {
  return differs({}, () => github.react(item, commentNodeId, content));
}

/** A check of the same name on the same commit is written again: its content cannot be read back. */
async function putCheck(github: GitHub, { type: _type, repository, ...check }: Of<'put-check'>): Promise<Look> {
  const existing = await github.findCheck(repository, check.headSha, check.name);
  if (existing) return differs({}, () => github.updateCheck(repository, existing.id, check));
  return absent(async () => ({ url: (await github.createCheck(repository, check)).url }));
}

async function putIssue(github: GitHub, { repository, slot, title, body, labels }: Of<'put-issue'>): Promise<Look> {
  const wanted = { title, body: withMarker(checked(slot), body) };
  const existing = (await github.listOwnIssues(repository)).find((issue) => issue.body.startsWith(markerOf(slot)));
  if (!existing) {
    const known = await declared(github, repository, labels);
    return absent(async () => ({ url: (await github.createIssue(repository, { ...wanted, labels: known })).url }));
  }
  if (existing.title === title && sameText(existing.body, wanted.body)) return { kind: 'as-wanted', result: { url: existing.url } };
  const previousBody = withoutMarker(slot, existing.body);
  return differs({ url: existing.url, previousBody }, () => github.updateIssue(repository, existing.number, wanted));
}

function differs(intended: Omit<EffectResult, 'changed'>, write: () => Promise<void>): Look {
  return { kind: 'differs', intended, write: () => write().then(() => intended) };
}

function absent(create: () => Promise<Omit<EffectResult, 'changed'>>): Look {
  return { kind: 'differs', intended: {}, write: create };
}

/** Those of the labels that the repository has: GitHub would create the others. */
async function declared(github: GitHub, repository: RepositoryRef, labels: readonly string[]): Promise<readonly string[]> {
  if (labels.length === 0) return [];
  const known = await github.listLabels(repository);
  return labels.filter((label) => includesName(known, label));
}

/** Removing what somebody else removed meanwhile is no failure. */
async function unlessGone(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof GitHubError && error.code === 'NOT_FOUND')) throw error;
  }
}

function checked(slot: string): string {
  if (!isSlot(slot)) throw new GitHubError('VALIDATION', `slot ${JSON.stringify(slot)} does not fit into a marker`, { status: 422 });
  return slot;
}

/** Label names and logins are case-insensitive on GitHub. */
function includesName(names: readonly string[], name: string): boolean {
  return names.some((other) => other.toLowerCase() === name.toLowerCase());
}
