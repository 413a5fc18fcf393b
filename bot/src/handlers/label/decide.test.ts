import { describe, expect, it } from 'vitest';
import type { Memo } from '../../decision.ts';
import type { ItemKind } from '../../item.ts';
import { botEvent, decideInput, history, itemRef, itemSnapshot, NOW, stored, testKnowledge } from '../../testing/handler-world.ts';
import { label } from './index.ts';
import { LabelOptions } from './options.ts';
import { pathMatcher } from './paths.ts';
import { settingsPatch } from './render.ts';

const runtimeIssue = itemSnapshot({
  title: 'Component stays in CheckVersionFailed',
  body: 'apiVersion: delivery.ocm.software/v1alpha1\nkind: Component\nfailed to list versions',
});
const otherIssue = itemSnapshot({ title: 'ocm cli: add a flag to ocm transfer', body: 'The CLI should be able to do this.' });
const homonym = itemSnapshot({ title: 'OCM controller crashes', body: 'open-cluster-management ManagedCluster klusterlet' });

const knowledge = testKnowledge();
type World = Partial<Parameters<typeof decideInput>[1]> & { options?: unknown; kind?: ItemKind; name?: string };
function decide(world: World) {
  const kind = world.kind ?? 'issue';
  const { options, name, ...rest } = world;
  const event = botEvent(name ?? (kind === 'pull_request' ? 'pull_request.opened' : 'issues.opened'), kind);
  const facts = { repositoryLabels: ['sig/runtime', 'component/ocm-controllers'], history: history(), ...world.facts };
  return label.decide(decideInput(LabelOptions.parse(options ?? {}), { event, knowledge, ...rest, facts }));
}
const written = (world: World) =>
  decide(world).flatMap(({ effects }) => effects.map((effect) => ('label' in effect ? effect.label : effect.type)));
const withMemos = (...memos: Memo[]) => history({ memos: memos.map((memo) => ({ ...memo, at: NOW })) });

describe('label', () => {
  it.each<[string, World, string[]]>([
    ['labels a runtime issue', { facts: { item: runtimeIssue } }, ['sig/runtime']],
    ['labels a runtime discussion', { kind: 'discussion', name: 'discussion.created', facts: { item: runtimeIssue } }, ['sig/runtime']],
    ['leaves another issue alone', { facts: { item: otherIssue } }, []],
    ['leaves a product of the same name alone', { facts: { item: homonym } }, []],
    ['leaves an empty issue alone', { facts: { item: itemSnapshot() } }, []],
    ['leaves a closed issue alone', { facts: { item: { ...runtimeIssue, state: 'closed' } } }, []],
    [
      'adds the component label too',
      { options: { component: 'component/ocm-controllers' }, facts: { item: runtimeIssue } },
      ['sig/runtime', 'component/ocm-controllers'],
    ],
    [
      'leaves the component label to items about the controller',
      {
        options: { component: 'component/ocm-controllers' },
        facts: { item: itemSnapshot({ title: 'kro: ResourceGraphDefinition InvalidResourceGraph', body: 'kro.run' }) },
      },
      ['sig/runtime'],
    ],
    [
      'uses the label name that is configured',
      { options: { label: 'component/ocm-controllers' }, facts: { item: runtimeIssue } },
      ['component/ocm-controllers'],
    ],
    ['finds the label whatever its case', { facts: { item: runtimeIssue, repositoryLabels: ['SIG/Runtime'] } }, ['SIG/Runtime']],
    ['says nothing twice', { facts: { item: { ...runtimeIssue, labels: ['Sig/Runtime'] } } }, []],
    [
      'respects a veto',
      { facts: { item: runtimeIssue, history: withMemos({ type: 'veto', label: 'sig/runtime', by: 'maintainer' }) } },
      [],
    ],
    [
      'labels again once the veto is lifted',
      {
        facts: {
          item: runtimeIssue,
          history: withMemos({ type: 'veto', label: 'sig/runtime', by: 'm' }, { type: 'veto-lifted', label: 'sig/runtime', by: 'm' }),
        },
      },
      ['sig/runtime'],
    ],
    [
      'does not set twice what it set once',
      {
        name: 'issues.edited',
        facts: {
          item: runtimeIssue,
          history: history({ effects: [stored({ type: 'add-label', item: itemRef(), label: 'sig/runtime' })] }),
        },
      },
      [],
    ],
    [
      'sets what a dry run withheld',
      {
        facts: {
          item: runtimeIssue,
          history: history({ effects: [stored({ type: 'add-label', item: itemRef(), label: 'sig/runtime' }, 'withheld')] }),
        },
      },
      ['sig/runtime'],
    ],
    [
      'keeps the label when an edit takes the evidence away',
      { name: 'issues.edited', facts: { item: { ...otherIssue, labels: ['sig/runtime'] } } },
      [],
    ],
    ['abstains below the threshold', { options: { threshold: 1 }, facts: { item: runtimeIssue } }, []],
    ['creates nothing on its own', { facts: { item: runtimeIssue, repositoryLabels: [] } }, []],
  ])('%s', (_, world, want) => {
    expect(written(world)).toEqual(want);
  });

  it.each<[string, string[], boolean, string[]]>([
    ['where the controller lived', ['README.md', 'kubernetes/controller/internal/x.go'], true, ['sig/runtime']],
    ['where the controller lives now', ['bindings/go/kubernetes/controller/go.mod'], true, ['sig/runtime']],
    ['the bare directory', ['kubernetes/controller'], true, ['sig/runtime']],
    ['hidden files too', ['kubernetes/controller/.github/x.yaml'], true, ['sig/runtime']],
    ['a neighbour with the same beginning', ['kubernetes/controllers/x.go', 'kubernetes/controller.md'], true, []],
    ['elsewhere', ['cli/cmd/main.go'], true, []],
    ['elsewhere, list cut short', ['cli/cmd/main.go'], false, []],
  ])('decides a pull request by its changed paths: %s', (_, paths, complete, want) => {
    expect(written({ kind: 'pull_request', facts: { item: otherIssue, files: { paths, complete } } })).toEqual(want);
  });

  it('lets changed paths overrule the words of a pull request', () => {
    const [decision] = decide({ kind: 'pull_request', facts: { item: runtimeIssue, files: { paths: ['cli/x.go'], complete: true } } });
    expect(decision).toMatchObject({
      rule: 'label/paths',
      verdict: 'abstain',
      because: 'none of 1 changed paths matches the configured patterns',
    });
  });

  it('reads the words of a pull request when GitHub does not tell its paths', () => {
    expect(decide({ kind: 'pull_request', facts: { item: runtimeIssue } })[0]).toMatchObject({ rule: 'label/text', verdict: 'act' });
  });

  it('says on which words it decided, and how sure it is', () => {
    const [decision] = decide({ facts: { item: runtimeIssue } });
    expect(decision?.confidence).toBeGreaterThan(0.9);
    expect(decision?.evidence).toContainEqual({
      text: 'delivery.ocm.software',
      source: 'body',
      start: runtimeIssue.body.indexOf('delivery'),
      end: runtimeIssue.body.indexOf('delivery') + 'delivery.ocm.software'.length,
      rule: 'scope/ocm-api-group',
    });
    expect(decision?.evidence).toContainEqual(expect.objectContaining({ text: 'CheckVersionFailed', source: 'title' }));
  });

  it('records a label that the repository lacks, and shows what to add to the settings file', async () => {
    const [decision] = decide({ facts: { item: runtimeIssue, repositoryLabels: [] } });
    expect(decision).toMatchObject({ verdict: 'act', effects: [], memos: [{ type: 'label-missing', label: 'sig/runtime' }] });
    await expect(decision?.evidence.at(-1)?.text).toMatchFileSnapshot('golden/settings-patch.yaml.md');
  });

  it('creates the label where the repository wants the bot to own it', () => {
    const configuration = { sha: 's', source: 'acme/app', settings: { labels: { create: true } } };
    const [decision] = decide({ configuration, facts: { item: runtimeIssue, repositoryLabels: [] } });
    expect(decision?.effects).toEqual([
      {
        type: 'add-label',
        item: itemRef(),
        label: 'sig/runtime',
        color: '1d76db',
        description: 'Belongs to SIG Runtime',
        createIfMissing: true,
      },
    ]);
  });

  it('writes a settings patch that stays YAML whatever the label is called', () => {
    expect(settingsPatch('a: "b"\n#', { color: '000000', description: 'x' })).toContain('name: "a: \\"b\\"\\n#"');
  });
});

describe('path patterns', () => {
  it.each<[string, string, boolean]>([
    ['docs', 'docs/a/b.md', true],
    ['docs/', 'docs/a.md', true],
    ['docs/*.md', 'docs/a.md', true],
    ['docs/*.md', 'docs/a/b.md', false],
    ['**/chart/**', 'kubernetes/controller/chart/values.yaml', true],
    ['Docs', 'docs/a.md', false],
  ])('%s against %s', (pattern, path, want) => {
    expect(pathMatcher([pattern])(path)).toBe(want);
  });

  it.each(['!(a)', '**/**/**/**/x', '', '+(a|b)'])('refuses %s', (pattern) => {
    expect(LabelOptions.safeParse({ paths: [pattern] }).success).toBe(false);
  });

  it('refuses options it does not know', () => {
    expect(LabelOptions.safeParse({ lable: 'x' }).success).toBe(false);
  });
});
