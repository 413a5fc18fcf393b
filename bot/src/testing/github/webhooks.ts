import { complete } from './complete.ts';
import type { Overlay } from './exchange.ts';
import { type Json, keyOf, object, text } from './world.ts';

/** Events that GitHub delivers to every App, subscribed or not. */
const always: ReadonlySet<string> = new Set(['installation', 'installation_repositories', 'ping', 'meta', 'github_app_authorization']);

/** What emulate would have sent, made into what GitHub sends, then recorded and delivered. Calls are answered in order. */
export function receiveWebhook(overlay: Overlay, event: string, raw: Json): void {
  if (overlay.world.silence > 0) return;
  const payload = complete(overlay, raw) as Json;
  const fullName = text(object(payload.repository).full_name);
  const subject = object(payload.pull_request ?? payload.issue);
  const number = Number(subject.number ?? 0);
  const key = keyOf(fullName, number);
  if (overlay.world.hidden.has(key) || text(object(payload.sender).login) === 'embedded-operator') return;
  const [name, changed] = event === 'issues' && 'diff_url' in subject ? asPullEvent(payload) : [event, payload];
  addChanges(overlay, name, changed, key, fullName);
  addLabel(overlay, changed, fullName);
  if (name === 'pull_request' || name === 'pull_request_review') changed.number ??= number;
  if (name === 'issue_comment' && changed.action === 'deleted') overlay.world.nodes.delete(text(object(changed.comment).node_id));
  if (name === 'pull_request_review') object(changed.review).state = text(object(changed.review).state).toLowerCase();
  deliver(overlay, name, changed);
}

/** Records an event on the timeline of its item and delivers it if the App subscribed to it. */
export function deliver(overlay: Overlay, event: string, payload: Json): void {
  const { world } = overlay;
  const fullName = text(object(payload.repository).full_name);
  const subject = object(payload.pull_request ?? payload.issue ?? payload.discussion);
  const label = text(object(payload.label).name);
  if (subject.number) {
    world.record(keyOf(fullName, Number(subject.number)), {
      event,
      action: text(payload.action),
      actor: text(object(payload.sender).login),
      at: overlay.clock.nowText(),
      ...(label ? { label } : {}),
      ...(payload.comment ? { commentId: Number(object(payload.comment).id) } : {}),
      ...(payload.review ? { review: { state: text(object(payload.review).state), body: text(object(payload.review).body) } } : {}),
    });
  }
  if (world.app.events.includes(event) || always.has(event)) overlay.deliveries.occur(event, payload);
}

/** GitHub reports labels of a pull request as `pull_request` events. */
function asPullEvent(payload: Json): [string, Json] {
  const { issue, ...rest } = payload;
  return ['pull_request', { ...rest, number: object(issue).number, pull_request: issue }];
}

/** emulate says only that something changed; GitHub gives the value before. */
function addChanges(overlay: Overlay, event: string, payload: Json, key: string, fullName: string): void {
  if (payload.action !== 'edited') return;
  const subject = object(
    event === 'issue_comment' ? payload.comment : event === 'label' ? payload.label : (payload.pull_request ?? payload.issue),
  );
  const edit = editKey(event, key, fullName, subject);
  const before = overlay.world.edits.get(edit);
  overlay.world.edits.delete(edit);
  const changed = Object.entries(before ?? {}).filter(([field, from]) => subject[field] !== from);
  payload.changes = Object.fromEntries(changed.map(([field, from]) => [field, { from: from ?? '' }]));
}

function editKey(event: string, key: string, fullName: string, subject: Json): string {
  if (event === 'issue_comment') return `${fullName}/comment/${subject.id}`;
  return event === 'label' ? `${fullName}/label/${subject.name}` : key;
}

/** The label of a `labeled` event with the id it has in the item's list. */
function addLabel(overlay: Overlay, payload: Json, fullName: string): void {
  const label = object(payload.label);
  if (!label.name || label.id) return;
  const listed = (object(payload.pull_request ?? payload.issue).labels ?? []) as Json[];
  const full = listed.find((candidate) => candidate.name === label.name);
  const url = `${overlay.url}/repos/${fullName}/labels/${encodeURIComponent(text(label.name))}`;
  payload.label = full ?? { id: 0, node_id: '', url, description: null, default: false, ...label };
}
