import { reactionContent, reactionKey } from './complete.ts';
import { type Answer, type Exchange, loginOf, notFound, type Overlay, paged } from './exchange.ts';
import { fullNameOf, type Parameters, type Route } from './routes.ts';
import { type Json, object, type Reaction, text } from './world.ts';

export const reactionRoutes: readonly Route[] = [
  '/repos/{owner}/{repo}/issues/{number}',
  '/repos/{owner}/{repo}/issues/comments/{comment}',
].flatMap((subject) => [
  { method: 'GET', path: `${subject}/reactions`, answer: list },
  { method: 'POST', path: `${subject}/reactions`, answer: add },
]);

async function list(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const nodeId = await subjectOf(overlay, parameters);
  if (!nodeId) return notFound();
  const all = overlay.world.reactions.get(nodeId) ?? [];
  return paged(overlay, exchange, await Promise.all(all.map((reaction) => reactionJson(overlay, reaction))));
}

async function add(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const nodeId = await subjectOf(overlay, parameters);
  const content = reactionContent(text(object(exchange.body).content));
  if (!nodeId || !content) return notFound();
  const { reaction, isNew } = react(overlay, nodeId, loginOf(overlay, exchange), content);
  return { status: isNew ? 201 : 200, json: await reactionJson(overlay, reaction) };
}

/** One reaction of a kind per person: a second one changes nothing. */
export function react(overlay: Overlay, nodeId: string, login: string, content: string): { reaction: Reaction; isNew: boolean } {
  const given = overlay.world.reactions.get(nodeId) ?? [];
  const known = given.find((reaction) => reaction.login === login && reaction.content === content);
  if (known) return { reaction: known, isNew: false };
  const reaction = { id: overlay.world.nextId(), login, content, createdAt: overlay.clock.nowText() };
  overlay.world.reactions.set(nodeId, [...given, reaction]);
  return { reaction, isNew: true };
}

async function reactionJson(overlay: Overlay, reaction: Reaction): Promise<Json> {
  return {
    id: reaction.id,
    node_id: `REA_${reaction.id}`,
    user: await overlay.account(reaction.login),
    content: reactionKey(reaction.content),
    created_at: reaction.createdAt,
  };
}

async function subjectOf(overlay: Overlay, parameters: Parameters): Promise<string | undefined> {
  const fullName = fullNameOf(parameters);
  const path = parameters.comment ? `issues/comments/${parameters.comment}` : `issues/${parameters.number}`;
  const answer = await overlay.operate('GET', `/repos/${fullName}/${path}`);
  if (answer.status === 200) return text(object(answer.json).node_id);
  return parameters.number ? overlay.world.pulls.get(`${fullName}#${parameters.number}`)?.nodeId : undefined;
}
