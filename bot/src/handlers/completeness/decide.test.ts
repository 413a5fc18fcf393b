import type { Integration } from '@sig-runtime/playbooks';
import { describe, expect, it } from 'vitest';
import type { Memo } from '../../decision.ts';
import type { Effect } from '../../effect.ts';
import type { Facts } from '../../facts.ts';
import {
  app,
  botEvent,
  commentBy,
  decideInput,
  history,
  itemRef,
  itemSnapshot,
  NOW,
  reporter,
  stored,
  testKnowledge,
} from '../../testing/handler-world.ts';
import { completeness } from './index.ts';
import { CompletenessOptions } from './options.ts';
import { type Field, renderRequest } from './render.ts';

const knowledge = testKnowledge();
const report = itemSnapshot({ title: 'Component is not ready', body: 'delivery.ocm.software\n\nhealth check failed: no such host' });
const question = itemSnapshot({ title: 'Which interval for delivery.ocm.software?', body: 'How often does it look?' });
const CONDITIONS =
  'status:\n  conditions:\n  - type: Ready\n    status: "False"\n    reason: SomethingElse\n    message: nothing we know\n';
const MANIFEST = 'apiVersion: delivery.ocm.software/v1alpha1\nkind: Component\nmetadata:\n  name: podinfo\n';
const FIELDS: readonly Field[] = ['conditions', 'manifests'];

type World = { name?: string; facts?: Facts; options?: unknown; now?: string; kind?: 'issue' | 'discussion' | 'pull_request' };
function decide({ name = 'issues.opened', facts = {}, options = {}, now = NOW, kind = 'issue' }: World) {
  const event = botEvent(name, kind);
  return completeness.decide(
    decideInput(CompletenessOptions.parse(options), {
      event,
      knowledge,
      now,
      facts: { item: report, comments: [], history: history(), ...facts },
    }),
  );
}
const seen = (world: World): string[] => decide(world).flatMap(({ effects }) => effects.map(({ type }) => type));
const request: Effect = { type: 'put-comment', item: itemRef(), slot: 'completeness', body: 'please' };
const memo = (given: Memo) => ({ ...given, at: NOW });
const ours = commentBy({ login: app.login, id: 99, type: 'Bot' }, 'please');
const afterAsking = {
  comments: [ours],
  history: history({ effects: [stored(request)], memos: [memo({ type: 'asked', fields: FIELDS })] }),
};
const withReply = (text: string): Facts => ({ ...afterAsking, comments: [ours, commentBy(reporter, text, { id: 2, nodeId: 'C_2' })] });

describe('completeness', () => {
  it.each<[string, World, string[]]>([
    ['asks for what blocks the diagnosis', {}, ['put-comment']],
    ['asks when a label makes it a bug report', { facts: { item: { ...question, labels: ['Kind/BugFix'] } } }, ['put-comment']],
    ['does not ask about a question', { facts: { item: question } }, []],
    ['does not ask about a feature', { facts: { item: { ...report, labels: ['kind/feature'] } } }, []],
    ['does not ask outside the runtime', { facts: { item: itemSnapshot({ title: 'curl', body: 'error: failed' }) } }, []],
    [
      'does not ask when a person took the label off',
      { facts: { history: history({ memos: [memo({ type: 'veto', label: 'sig/runtime', by: 'm' })] }) } },
      [],
    ],
    [
      'does not ask when there is an answer',
      { facts: { item: { ...report, body: 'delivery.ocm.software failed to list versions: 401' } } },
      [],
    ],
    [
      'does not ask when an answer was given before',
      { facts: { history: history({ effects: [stored({ ...request, slot: 'answer' })] }) } },
      [],
    ],
    ['does not ask about old issues', { now: '2026-04-02T10:00:00Z' }, []],
    ['does not ask on closed issues', { facts: { item: { ...report, state: 'closed' } } }, []],
    ['does not ask bots', { facts: { item: { ...report, author: { login: 'ci[bot]', id: 3, type: 'Bot' } } } }, []],
    ['does not ask on pull requests', { kind: 'pull_request' }, []],
    ['does not ask in the middle of a conversation', { name: 'issue_comment.created' }, []],
    [
      'does not ask for what is there already',
      { facts: { item: { ...report, body: `${report.body}\n\`\`\`yaml\n${MANIFEST}${CONDITIONS}\`\`\`` } } },
      [],
    ],
    ['asks once only', { name: 'issues.edited', facts: afterAsking }, []],
    [
      'does not ask again when a dry run withheld the question',
      {
        name: 'issues.edited',
        facts: { history: history({ effects: [stored(request, 'withheld')], memos: [memo({ type: 'asked', fields: FIELDS })] }) },
      },
      [],
    ],
    ['waits while half of it is there', { name: 'issue_comment.created', facts: withReply(MANIFEST) }, []],
    [
      'folds the question away when everything is there',
      { name: 'issue_comment.created', facts: withReply(`${MANIFEST}${CONDITIONS}`) },
      ['hide-comment'],
    ],
    [
      'folds the question away when the report can be diagnosed',
      { name: 'issue_comment.created', facts: withReply('failed to list versions: 401') },
      ['hide-comment'],
    ],
    [
      'leaves a question alone that a person removed',
      {
        name: 'issue_comment.created',
        facts: {
          ...withReply(`${MANIFEST}${CONDITIONS}`),
          comments: [commentBy(reporter, `${MANIFEST}${CONDITIONS}`, { id: 2, nodeId: 'C_2' })],
        },
      },
      [],
    ],
  ])('%s', (_, world, want) => {
    expect(seen(world)).toEqual(want);
  });

  it('names the fields, remembers them and resolves rather than outdates', () => {
    const [asked] = decide({});
    expect(asked).toMatchObject({
      verdict: 'act',
      memos: [{ type: 'asked', fields: FIELDS }],
      because: expect.stringContaining('missing: conditions, manifests'),
    });
    const [resolved] = decide({ name: 'issue_comment.created', facts: withReply(`${MANIFEST}${CONDITIONS}`) });
    expect(resolved?.effects).toEqual([expect.objectContaining({ slot: 'completeness', reason: 'RESOLVED' })]);
  });

  it.each<[string, readonly Field[], Integration]>([
    ['request', FIELDS, 'ocm'],
    ['request-for-one-thing', ['controller-logs'], 'kro'],
    ['request-for-everything', ['conditions', 'manifests', 'controller-logs', 'versions', 'events'], 'flux'],
  ])('asks like this: %s', async (file, fields, about) => {
    await expect(renderRequest(fields, about)).toMatchFileSnapshot(`golden/${file}.md`);
  });
});
