import type { Reported, Support, Tested, Versions } from '@sig-runtime/playbooks/catalog';
import { describe, expect, it } from 'vitest';
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
  stored,
  testKnowledge,
} from '../../testing/handler-world.ts';
import { findingsOn } from './findings.ts';
import { compatibility } from './index.ts';
import { CompatibilityOptions } from './options.ts';

const source = 'https://example.org/source';
const reported: Reported = {
  schemaVersion: 1,
  staleAfter: '30d',
  pairs: [
    { products: ['ocm-controller', 'kro'], optional: false },
    { products: ['ocm-controller', 'flux'], optional: false },
  ],
  entries: [
    {
      id: 'tried',
      kind: 'combination',
      products: { 'ocm-controller': '>=0.3.0', kro: '0.9.0' },
      state: 'pass',
      summary: 'The suite ran with kro 0.9.0.',
      sources: [source],
    },
    {
      id: 'too-old',
      kind: 'combination',
      products: { 'ocm-controller': '*', flux: '<2.6.0' },
      state: 'fail',
      summary: 'Old Flux.',
      breaks: 'The API is not there.',
      remedy: 'Upgrade Flux.',
      playbook: 'PB-008',
      sources: [source],
    },
    {
      id: 'broken',
      kind: 'defect',
      products: { 'ocm-controller': '<0.12.0' },
      state: 'partial',
      summary: 'A fault.',
      breaks: 'Credentials with a path are ignored.',
      remedy: 'Upgrade to 0.12.0.',
      playbook: 'PB-001',
      sources: [source],
    },
  ],
};
const tested: Tested = { schemaVersion: 1, runs: [] };
const support: Support = {
  schemaVersion: 1,
  policyVersion: 1,
  status: 'proposed',
  windows: [{ product: 'kro', minors: 1, rule: 'The newest minor only.' }],
  deprecation: [],
};
const versions: Versions = {
  schemaVersion: 1,
  asOf: '2026-03-01',
  products: [
    {
      product: 'kro',
      name: 'kro',
      tagPrefix: 'v',
      source,
      releases: [{ version: '0.9.0' }, { version: '0.8.1' }],
    },
    { product: 'ocm-controller', name: 'OCM controller', tagPrefix: 'v', source, releases: [{ version: '0.12.0' }] },
    { product: 'flux', name: 'Flux', tagPrefix: 'v', source, releases: [{ version: '2.8.0' }] },
  ],
};
const knowledge = testKnowledge({ reported, tested, support, versions });
const text = (...lines: string[]) =>
  itemSnapshot({ title: 'Component is not ready', body: ['delivery.ocm.software', ...lines].join('\n') });
const CONTROLLER = 'image: ghcr.io/open-component-model/kubernetes/controller:0.12.0';
const OLD_FLUX = 'flux version: v2.5.0';
const ours = commentBy({ login: app.login, id: 99, type: 'Bot' }, 'news');

type World = { name?: string; facts?: Facts; options?: unknown; kind?: 'issue' | 'pull_request'; now?: string };
function decide({ name = 'issues.opened', facts = {}, options = {}, kind = 'issue', now = NOW }: World) {
  const event = botEvent(name, kind);
  return compatibility.decide(
    decideInput(CompatibilityOptions.parse(options), {
      event,
      knowledge,
      now,
      facts: { item: text(CONTROLLER, OLD_FLUX), comments: [], history: history(), ...facts },
    }),
  );
}
const effectsOf = (world: World): readonly Effect[] => decide(world).flatMap(({ effects }) => effects);
const seen = (world: World): string[] => effectsOf(world).map(({ type }) => type);
const news: Effect = { type: 'put-comment', item: itemRef(), slot: 'compatibility', body: 'news' };
const standing = { comments: [ours], history: history({ effects: [stored(news)] }) };

describe('compatibility', () => {
  it.each<[string, World, string[]]>([
    ['warns of a combination known to break', {}, ['put-comment']],
    ['is silent about a combination known to work', { facts: { item: text(CONTROLLER, 'kro: v0.9.0') } }, []],
    ['is silent without versions', { facts: { item: text('it is broken') } }, []],
    ['is silent about one version alone', { facts: { item: text(CONTROLLER) } }, []],
    ['warns of a version out of support', { facts: { item: text('kro: v0.8.1') } }, ['put-comment']],
    ['is silent when a newer version is named too: an upgrade', { facts: { item: text('kro: v0.8.1', 'kro: v0.9.0') } }, []],
    [
      'is silent about the support of products it does not watch',
      { options: { endedFor: ['flux'] }, facts: { item: text('kro: v0.8.1') } },
      [],
    ],
    ['is silent about support when told so', { options: { speakOn: ['fail'] }, facts: { item: text('kro: v0.8.1') } }, []],
    [
      'is silent about a known fault that does not fit the report',
      { facts: { item: text('image: ghcr.io/open-component-model/kubernetes/controller:0.11.0') } },
      [],
    ],
    [
      'warns of a known fault whose symptoms are there',
      { facts: { item: text('image: ghcr.io/open-component-model/kubernetes/controller:0.11.0', 'failed to list versions: 401') } },
      ['put-comment'],
    ],
    [
      'warns of any known fault when told so',
      { options: { speakOn: ['fault'] }, facts: { item: text('image: ghcr.io/open-component-model/kubernetes/controller:0.11.0') } },
      ['put-comment'],
    ],
    ['is silent about what nobody tried', { facts: { item: text(CONTROLLER, 'kro: v0.9.3') } }, []],
    [
      'warns of what nobody tried when told so',
      { options: { speakOn: ['outside'] }, facts: { item: text(CONTROLLER, 'kro: v0.9.3') } },
      ['put-comment'],
    ],
    ['is silent outside the runtime', { facts: { item: itemSnapshot({ title: 'curl', body: 'flux version: v2.5.0 influxdb' }) } }, []],
    ['is silent on pull requests', { kind: 'pull_request', name: 'pull_request.opened' }, []],
    ['is silent on closed items', { facts: { item: { ...text(CONTROLLER, OLD_FLUX), state: 'closed' } } }, []],
    ['is silent on old items', { now: '2026-05-02T10:00:00Z' }, []],
    [
      'folds away what no longer holds',
      { name: 'issues.edited', facts: { ...standing, item: text(CONTROLLER, 'flux version: v2.8.0') } },
      ['hide-comment'],
    ],
    ['brings a standing comment up to date', { name: 'issues.edited', facts: standing }, ['put-comment']],
    ['is silent for good once a person removed the comment', { facts: { ...standing, comments: [] } }, []],
  ])('%s', (_, world, want) => {
    expect(seen(world)).toEqual(want);
  });

  it('does not write the same twice', () => {
    const [first] = effectsOf({});
    expect(first).toBeDefined();
    expect(decide({ facts: { comments: [ours], history: history({ effects: [stored(first as Effect)] }) } })).toEqual([]);
  });

  it('quotes the versions it read, and says why it is silent', () => {
    expect(decide({})[0]).toMatchObject({
      verdict: 'act',
      because: 'ocm-controller 0.12.0 with flux 2.5.0: fail',
      evidence: [{ rule: 'version/ocm-controller' }, { rule: 'version/flux' }],
    });
    expect(decide({ facts: { item: text(CONTROLLER) } })[0]).toMatchObject({
      verdict: 'abstain',
      because: 'nothing speaks against ocm-controller 0.12.0; not found in the text: kro, flux',
    });
  });

  it('guesses no version', () => {
    expect(findingsOn([{ product: 'flux', version: 'latest' }], knowledge.catalog, new Date(NOW))).toEqual({
      said: [],
      found: [],
      notFound: [],
    });
  });

  it('says it like this', async () => {
    const item = text(CONTROLLER, OLD_FLUX, 'kro: v0.8.1');
    const body = (world: World) => effectsOf(world).map((effect) => (effect.type === 'put-comment' ? effect.body : ''))[0];
    await expect(body({ facts: { item } })).toMatchFileSnapshot('golden/findings.md');
    await expect(body({})).toMatchFileSnapshot('golden/version-not-found.md');
  });
});
