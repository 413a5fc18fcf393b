import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../commands/table.ts';
import type { Decision, Memo } from '../../decision.ts';
import type { BotEvent } from '../../event.ts';
import type { Permission } from '../../facts.ts';
import type { Actor, Association, ItemKind } from '../../item.ts';
import {
  botEvent,
  decideInput,
  history,
  itemRef,
  itemSnapshot,
  NOW,
  reporter,
  stored,
  storedDecision,
  testKnowledge,
} from '../../testing/handler-world.ts';
import { commands } from './index.ts';
import { CommandsOptions } from './options.ts';

const knowledge = testKnowledge();
const maintainer: Actor = { login: 'keeper', id: 21, type: 'User' };
const LABELS = [
  'sig/runtime',
  'triage/accepted',
  'triage/needs-info',
  'triage/duplicate',
  'priority/important-soon',
  'priority/backlog',
  'kind/bugfix',
  'area/security',
  'do-not-merge/hold',
];

type World = {
  by?: Actor;
  association?: Association;
  permission?: Permission;
  kind?: ItemKind;
  name?: string;
  labels?: string[];
  repositoryLabels?: string[];
  history?: Parameters<typeof history>[0];
  create?: boolean;
  event?: Partial<BotEvent>;
  options?: unknown;
};

function decide(text: string, world: World = {}): readonly Decision[] {
  const actor = world.by ?? maintainer;
  const association = world.association ?? 'NONE';
  const comment = { id: 1, nodeId: 'C_1', body: text, author: actor, association, createdAt: NOW };
  const event = botEvent(world.name ?? 'issue_comment.created', world.kind ?? 'issue', { actor, comment, ...world.event });
  return commands.decide(
    decideInput(CommandsOptions.parse(world.options ?? {}), {
      event,
      knowledge,
      facts: {
        item: itemSnapshot({ labels: world.labels ?? [] }),
        permission: world.permission ?? (actor === maintainer ? 'triage' : 'read'),
        repositoryLabels: world.repositoryLabels ?? LABELS,
        history: history(world.history),
      },
      configuration: { sha: 'c0ffee', source: 'acme/app', settings: { labels: { create: world.create ?? false } } },
    }),
  );
}

const effects = (decisions: readonly Decision[]) => decisions.flatMap((decision) => decision.effects);
const labels = (decisions: readonly Decision[]) =>
  effects(decisions).flatMap((effect) =>
    effect.type === 'add-label' ? [`+${effect.label}`] : effect.type === 'remove-label' ? [`-${effect.label}`] : [],
  );
const reaction = (decisions: readonly Decision[]) => effects(decisions).find((effect) => effect.type === 'react')?.content;
const body = (decisions: readonly Decision[]) => effects(decisions).find((effect) => effect.type === 'put-comment')?.body;
const memos = (decisions: readonly Decision[]) =>
  decisions.flatMap((decision) => decision.memos ?? []).filter(({ type }) => type !== 'command');
const rules = (decisions: readonly Decision[]) => decisions.map(({ rule, verdict }) => `${rule} ${verdict}`);

describe('carrying out commands', () => {
  it.each<[string, World, string[]]>([
    ['/sig runtime', {}, ['+sig/runtime']],
    ['/sig runtime', { labels: ['sig/runtime'] }, []],
    ['/remove-sig runtime', { labels: ['Sig/Runtime'] }, ['-Sig/Runtime']],
    ['/triage accepted', { labels: ['triage/needs-info'] }, ['-triage/needs-info', '+triage/accepted']],
    ['/triage needs-info', {}, ['+triage/needs-info']],
    ['/triage duplicate #42', {}, ['+triage/duplicate']],
    ['/priority high', { labels: ['priority/backlog'] }, ['-priority/backlog', '+priority/important-soon']],
    ['/priority BACKLOG', {}, ['+priority/backlog']],
    ['/priority high', { repositoryLabels: ['priority/high'] }, ['+priority/high']],
    ['/kind bug', {}, ['+kind/bugfix']],
    ['/area security\n/kind bugfix', {}, ['+area/security', '+kind/bugfix']],
    ['/priority high\n/priority backlog', {}, ['+priority/important-soon', '-priority/important-soon', '+priority/backlog']],
    ['/hold', { kind: 'pull_request' }, ['+do-not-merge/hold']],
    ['/hold', { kind: 'issue' }, []],
    ['/hold cancel', { kind: 'pull_request', labels: ['do-not-merge/hold'] }, ['-do-not-merge/hold']],
  ])('%j in %j', (text, world, want) => {
    const decisions = decide(text, world);
    expect(labels(decisions)).toEqual(want);
    expect(reaction(decisions)).toBe('+1');
  });

  it('success is a reaction, never a comment', () => {
    expect(body(decide('/sig runtime\n/hold\n/sla pause\n/assign', { permission: 'maintain' }))).toBeUndefined();
  });

  it('remembers holds, SLA pauses and what people say about the SIG label', () => {
    expect(memos(decide('/hold\n/sla pause\n/remove-sig runtime', { permission: 'admin' }))).toEqual([
      { type: 'hold', by: 'keeper' },
      { type: 'sla-paused', by: 'keeper' },
      { type: 'veto', label: 'sig/runtime', by: 'keeper' },
      { type: 'human-label', label: 'sig/runtime', present: false, by: 'keeper' },
    ]);
  });

  it('assigns the caller or the people named, but nobody to a discussion', () => {
    expect(effects(decide('/assign\n/unassign @a @b')).slice(0, 2)).toEqual([
      { type: 'assign', item: itemRef(), logins: ['keeper'] },
      { type: 'unassign', item: itemRef(), logins: ['a', 'b'] },
    ]);
    expect(rules(decide('/assign', { kind: 'discussion', name: 'discussion_comment.created' }))[0]).toBe(
      'commands/assign-self/kind abstain',
    );
  });

  it('a duplicate is labelled and linked, never closed, and not of itself', () => {
    expect(body(decide('/triage duplicate #42'))).toContain('duplicate of #42');
    expect(effects(decide('/triage duplicate #42')).map(({ type }) => type)).toEqual(['add-label', 'put-comment', 'react']);
    expect(labels(decide('/triage duplicate #7'))).toEqual([]);
  });

  it('puts a playbook into the answer comment and remembers who chose it', () => {
    const decisions = decide('/playbook pb-002');
    expect(effects(decisions)[0]).toMatchObject({ type: 'put-comment', slot: 'answer', body: expect.stringContaining('PB-002') });
    expect(memos(decisions)).toEqual([{ type: 'playbook', id: 'PB-002', by: 'keeper' }]);
    expect(rules(decide('/playbook PB-099'))[0]).toBe('commands/playbook/unknown-playbook abstain');
  });
});

describe('labels the repository lacks', () => {
  it('are not written; the reply shows the patch', async () => {
    const decisions = decide('/triage accepted', { repositoryLabels: [], labels: ['triage/needs-info'] });
    expect(labels(decisions)).toEqual([]);
    expect(memos(decisions)).toEqual([{ type: 'label-missing', label: 'triage/accepted' }]);
    expect(reaction(decisions)).toBe('confused');
    await expect(body(decisions)).toMatchFileSnapshot('golden/label-missing.md');
  });

  it('are created where the repository says so, with the colour of the catalogue', () => {
    expect(effects(decide('/triage accepted', { repositoryLabels: [], create: true }))[0]).toMatchObject({
      type: 'add-label',
      label: 'triage/accepted',
      color: '0e8a16',
      createIfMissing: true,
    });
  });

  it('are never made up from what somebody wrote', async () => {
    const decisions = decide('/kind @octocat`x`<b>\n/area sécurité', { create: true });
    expect(labels(decisions)).toEqual([]);
    await expect(body(decisions)).toMatchFileSnapshot('golden/unknown-values.md');
  });
});

describe('who may use what', () => {
  const people: Record<string, World> = {
    stranger: { by: { login: 'stranger', id: 31, type: 'User' }, permission: 'read' },
    author: { by: reporter, permission: 'read' },
    newcomer: { by: reporter, permission: 'read', association: 'FIRST_TIMER' },
    triager: { permission: 'triage' },
    member: { permission: 'read', association: 'MEMBER' },
    writer: { permission: 'write' },
    owner: { permission: 'admin' },
  };
  it('is exactly this table', () => {
    const allowed = Object.entries(COMMANDS).map(([name, { example }]) => {
      const who = Object.entries(people).filter(([, world]) => !rules(decide(example, world))[0]?.match(/\/(rights|newcomer) /));
      return `${name}: ${who.map(([person]) => person).join(' ')}`;
    });
    expect(allowed).toMatchInlineSnapshot(`
      [
        "sig-runtime: stranger author newcomer triager member writer owner",
        "remove-sig-runtime: author triager member writer owner",
        "why: stranger author newcomer triager member writer owner",
        "undo: triager member writer owner",
        "triage: triager member writer owner",
        "priority: triager member writer owner",
        "kind: triager member writer owner",
        "area: triager member writer owner",
        "assign-self: stranger author triager member writer owner",
        "assign: triager member writer owner",
        "unassign-self: stranger author newcomer triager member writer owner",
        "unassign: triager member writer owner",
        "hold: author triager member writer owner",
        "playbook: triager member writer owner",
        "sla: member owner",
        "help: stranger author newcomer triager member writer owner",
      ]
    `);
  });

  it('a refusal is polite, says who may, and does nothing', async () => {
    const decisions = decide('/priority high\n/hold', people.stranger);
    expect(rules(decisions)).toEqual(['commands/priority/rights abstain', 'commands/hold/rights abstain', 'commands/reply act']);
    expect(effects(decisions).map(({ type }) => type)).toEqual(['put-comment', 'react']);
    expect(reaction(decisions)).toBe('confused');
    await expect(body(decisions)).toMatchFileSnapshot('golden/refused.md');
  });

  it('whoever edits a comment answers for the command, not the author of the comment', () => {
    const author = { ...maintainer };
    const comment = {
      id: 1,
      nodeId: 'C_1',
      body: '/priority high',
      previousBody: '',
      author,
      association: 'MEMBER' as const,
      createdAt: NOW,
    };
    const by = { login: 'stranger', id: 31, type: 'User' as const };
    expect(labels(decide('', { by, permission: 'read', name: 'issue_comment.edited', event: { comment } }))).toEqual([]);
  });

  it('a veto of somebody else is lifted only with triage rights', () => {
    const veto: World = { history: { memos: [{ type: 'veto', label: 'sig/runtime', by: 'keeper', at: NOW }] } };
    expect(labels(decide('/sig runtime', { ...people.stranger, ...veto }))).toEqual([]);
    const lifted = decide('/sig runtime', { ...veto });
    expect(labels(lifted)).toEqual(['+sig/runtime']);
    expect(memos(lifted)[0]).toEqual({ type: 'veto-lifted', label: 'sig/runtime', by: 'keeper' });
  });

  it('commands beyond the hourly limit of a person are ignored without a word', () => {
    const given = (count: number, at = NOW): World => ({
      history: {
        memos: Array.from({ length: count }, (): Memo & { at: string } => ({ type: 'command', command: 'help', by: 'keeper', at })),
      },
      options: { commandsPerHour: 3 },
    });
    expect(rules(decide('/hold', given(3)))).toEqual(['commands/limit abstain']);
    expect(effects(decide('/hold', given(3)))).toEqual([]);
    expect(rules(decide('/hold\n/help', given(2)))).toEqual(['commands/hold act', 'commands/reply act']);
    expect(rules(decide('/hold', given(3, '2026-03-02T08:59:00Z')))[0]).toBe('commands/hold act');
  });
});

describe('where commands are read', () => {
  it('bots, Apps and texts without a command are passed over', () => {
    expect(decide('/hold', { by: { login: 'ci[bot]', id: 5, type: 'Bot' } })).toEqual([]);
    expect(decide('thanks, see `/hold`')).toEqual([]);
    const comment = { id: 1, nodeId: 'C_1', body: '/hold', author: maintainer, association: 'NONE' as const, createdAt: NOW, viaAppId: 3 };
    expect(decide('', { event: { comment } })).toEqual([]);
  });

  it('an edit counts only what it adds, and an edited title nothing', () => {
    const edited = (previousBody?: string) => {
      const snapshot = { ...itemSnapshot(), labels: [], body: '/hold', ...(previousBody === undefined ? {} : { previousBody }) };
      const { comment: _, ...event } = botEvent('issues.edited', 'issue', { actor: reporter, snapshot });
      return commands.decide(
        decideInput(CommandsOptions.parse({}), { event, knowledge, facts: { item: itemSnapshot(), permission: 'read' } }),
      );
    };
    expect(edited('/hold')).toEqual([]);
    expect(edited()).toEqual([]);
    expect(rules(edited('text'))).toEqual(['commands/hold act', 'commands/reply act']);
  });

  it('a review is answered, with a reaction where its node is known', () => {
    const review = { id: 1, state: 'commented' as const, author: maintainer, body: '/hold' };
    const event = (nodeId?: string) =>
      botEvent('pull_request_review.submitted', 'pull_request', {
        actor: maintainer,
        review: { ...review, ...(nodeId ? { nodeId } : {}) },
      });
    const facts = { item: itemSnapshot(), permission: 'write' as const, repositoryLabels: LABELS };
    const options = CommandsOptions.parse({});
    expect(reaction(commands.decide(decideInput(options, { event: event(), knowledge, facts })))).toBeUndefined();
    expect(reaction(commands.decide(decideInput(options, { event: event('PRR_1'), knowledge, facts })))).toBe('+1');
  });

  it('a mistake is explained with the usage', async () => {
    const decisions = decide('/triage later\n/assign @org/team');
    expect(rules(decisions).slice(0, 2)).toEqual(['commands/triage/usage abstain', 'commands/assign/usage abstain']);
    await expect(body(decisions)).toMatchFileSnapshot('golden/mistakes.md');
  });

  it('/help lists every command with who may use it', async () => {
    const text = body(decide('/help'));
    for (const { usage } of Object.values(COMMANDS)) expect(text).toContain(usage.replaceAll('|', '\\|'));
    await expect(text).toMatchFileSnapshot('golden/help.md');
  });
});

/** Text and HTML outside code. */
const prose = (node: Nodes): string =>
  node.type === 'text' || node.type === 'html' ? node.value : 'children' in node ? node.children.map(prose).join('\n') : '';

const item = itemRef();
const past = {
  decisions: [
    storedDecision({
      id: 1,
      rule: 'label/text',
      because: 'names @octocat and a Component',
      confidence: 0.93,
      evidence: [{ text: 'kind: Component\n```\n@octocat <img src=x> <!-- sig-runtime:answer -->', source: 'body', rule: 'scope/kind' }],
    }),
    storedDecision({ id: 2, handler: 'answer', rule: 'answer/PB-001', because: 'a 401 of the registry', confidence: 0.88 }),
    storedDecision({ id: 3, handler: 'completeness', rule: 'completeness/complete', verdict: 'abstain', because: 'nothing is missing' }),
  ],
  effects: [
    stored({ type: 'add-label', item, label: 'sig/runtime' }, 'done', { id: 10, decisionId: 1 }),
    stored({ type: 'put-comment', item, slot: 'answer', body: 'x' }, 'done', { id: 11, decisionId: 2 }),
    stored({ type: 'put-comment', item, slot: 'command', body: 'x' }, 'done', { id: 12, decisionId: 2 }),
  ],
};

describe('/sig why', () => {
  it('shows rule, evidence, confidence and configuration of every label and comment, with nothing live', async () => {
    const memo = { type: 'veto', label: 'area/kro', by: 'keeper', at: NOW } as const;
    const text = body(
      decide('/sig why', { history: { ...past, memos: [memo, { type: 'label-missing', label: 'kind/support', at: NOW }] } }),
    );
    const live = prose(fromMarkdown(text ?? ''));
    expect(live).not.toContain('@octocat');
    expect(live).not.toContain('<img');
    expect(text).not.toContain('<!--');
    await expect(text).toMatchFileSnapshot('golden/why.md');
  });

  it('says so when there is nothing to explain', () => {
    expect(body(decide('/sig why'))).toContain('has done nothing');
  });

  it('fits into a comment however much happened', () => {
    const evidence = Array.from({ length: 9 }, () => ({ text: '`'.repeat(9000), source: 'body' as const, rule: 'r' }));
    const effectsOf = Array.from({ length: 80 }, (_, id) =>
      stored({ type: 'add-label', item, label: `l${id}` }, 'done', { id, decisionId: 1 }),
    );
    const text = body(
      decide('/sig why\n'.repeat(10), { history: { decisions: [storedDecision({ id: 1, evidence })], effects: effectsOf } }),
    );
    expect(text?.length).toBeLessThan(65_536);
  });
});

describe('/sig undo', () => {
  const undo = (what: string, more: Parameters<typeof history>[0] = past) => decide(`/sig undo ${what}`, { history: more })[0];

  it.each<[string, string[], number[]]>([
    ['', ['delete-comment'], [11]],
    ['label', ['remove-label'], [10]],
    ['answer', ['delete-comment'], [11]],
    ['all', ['delete-comment', 'remove-label'], [11, 10]],
  ])('%j takes back %j, newest first', (what, types, takesBack) => {
    const decision = undo(what);
    expect(decision?.effects.map(({ type }) => type)).toEqual(types);
    expect(decision?.takesBack).toEqual(takesBack);
  });

  it('a label taken back is vetoed', () => {
    expect(undo('label')?.memos).toContainEqual({ type: 'veto', label: 'sig/runtime', by: 'keeper' });
  });

  it('a label that a person had set with a command is taken back without a veto', () => {
    const commanded = { ...past, decisions: [storedDecision({ id: 1, handler: 'commands', rule: 'commands/priority' })] };
    expect(undo('label', commanded)?.effects).toHaveLength(1);
    expect(undo('label', commanded)?.memos?.map(({ type }) => type)).toEqual(['command']);
  });

  it('nothing is taken back twice, and what never happened is not taken back', () => {
    const again = {
      ...past,
      effects: [...past.effects, stored({ type: 'remove-label', item, label: 'sig/runtime' }, 'pending', { id: 13, inverseOf: 10 })],
    };
    expect(undo('label', again)?.rule).toBe('commands/undo/nothing');
    const withheld = { ...past, effects: past.effects.map((effect) => ({ ...effect, state: 'withheld' as const })) };
    expect(undo('all', withheld)?.rule).toBe('commands/undo/nothing');
  });

  it('edits of the answer are taken back one after the other until it is gone', () => {
    const second = stored({ type: 'put-comment', item, slot: 'answer', body: 'y' }, 'done', {
      id: 14,
      decisionId: 2,
      result: { changed: true, previousBody: 'x' },
    });
    expect(undo('answer', { ...past, effects: [...past.effects, second] })?.effects).toMatchObject([
      { type: 'put-comment', body: 'x' },
      { type: 'delete-comment' },
    ]);
  });
});
