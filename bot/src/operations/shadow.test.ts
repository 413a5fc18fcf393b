import { describe, expect, it } from 'vitest';
import type { StoredDecision } from '../decision.ts';
import type { History } from '../facts.ts';
import type { ItemRef } from '../item.ts';
import { shadowReport } from './shadow.ts';

const item: ItemRef = {
  repository: { installationId: 1, repositoryId: 2, owner: 'o', name: 'r', private: false },
  kind: 'issue',
  number: 1,
  nodeId: 'n',
};

function decision(id: number, subject: string, labels: boolean): StoredDecision {
  const effects = labels ? [{ type: 'add-label' as const, item, label: 'sig/runtime' }] : [];
  const verdict = labels ? 'act' : 'abstain';
  return {
    id,
    guid: `g${id}`,
    subject,
    at: '',
    configSha: 'c',
    handler: 'label',
    rule: 'label/scope',
    verdict,
    because: 'b',
    evidence: [],
    effects,
  };
}

function said(...memos: History['memos'][number][]): History {
  return { decisions: [], effects: [], memos, timeline: [] };
}

describe('shadowReport', () => {
  it('compares only items on which a person had a word', () => {
    const report = shadowReport(
      'sig/runtime',
      [decision(1, 'a', true), decision(2, 'b', true), decision(3, 'c', false), decision(4, 'd', true)],
      new Map([
        ['a', said({ type: 'human-label', label: 'sig/runtime', present: true, by: 'm', at: '1' })],
        ['b', said({ type: 'veto', label: 'sig/runtime', by: 'm', at: '1' })],
        ['c', said({ type: 'human-label', label: 'sig/runtime', present: true, by: 'm', at: '1' })],
        ['d', said({ type: 'human-label', label: 'other', present: true, by: 'm', at: '1' })],
      ]),
    );
    expect(report).toMatchObject({ decided: 4, compared: 3, tp: 1, fp: 1, fn: 1, tn: 0, precision: 0.5, recall: 0.5 });
    expect(report.disagreements.map(({ subject }) => subject)).toEqual(['b', 'c']);
  });

  it('lets the last decision and the last word count, in any order of arrival', () => {
    const history = said(
      { type: 'human-label', label: 'sig/runtime', present: true, by: 'm', at: '2' },
      { type: 'human-label', label: 'sig/runtime', present: false, by: 'm', at: '1' },
    );
    const report = shadowReport('sig/runtime', [decision(2, 'a', true), decision(1, 'a', false)], new Map([['a', history]]));
    expect(report).toMatchObject({ decided: 1, tp: 1, fp: 0, fn: 0, tn: 0 });
  });

  it('claims no precision where nothing was compared', () => {
    expect(shadowReport('sig/runtime', [decision(1, 'a', true)], new Map())).toMatchObject({
      compared: 0,
      precision: undefined,
      recall: undefined,
    });
  });
});
