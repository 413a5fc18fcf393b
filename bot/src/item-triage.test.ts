import { describe, expect, it } from 'vitest';
import type { CommentSnapshot } from './facts.ts';
import { triageItem } from './item-triage.ts';
import { testKnowledge } from './testing/handler-world.ts';

const knowledge = testKnowledge();

const comment = (body: string, more: Partial<CommentSnapshot> = {}): CommentSnapshot => ({
  id: 1,
  nodeId: 'C_1',
  body,
  author: { login: 'reporter', id: 1, type: 'User' },
  association: 'NONE',
  createdAt: '2026-03-02T10:00:00Z',
  updatedAt: '2026-03-02T10:00:00Z',
  minimized: false,
  ours: false,
  ...more,
});
const item = { title: 'Component not ready', body: 'It says\nfailed to list versions' };

function where(words: string, comments: readonly CommentSnapshot[] = []) {
  const text = triageItem(knowledge, 'issue', item, comments);
  const start = text.set.text.indexOf(words);
  return start < 0 ? undefined : text.quote({ start, end: start + words.length }, 'r');
}

describe('text of an item', () => {
  it('says where a quotation stood', () => {
    expect(where('Component')).toMatchObject({ source: 'title', start: 0, text: 'Component' });
    expect(where('failed to list')).toMatchObject({ source: 'body', start: item.body.indexOf('failed'), text: 'failed to list' });
    expect(where('still broken', [comment('still broken')])).toEqual({ source: 'comment', text: 'still broken', rule: 'r' });
  });

  it.each<[string, CommentSnapshot]>([
    ['of a bot', comment('needle', { author: { login: 'stale[bot]', id: 2, type: 'Bot' } })],
    ['of this App', comment('needle', { ours: true })],
    ['that was hidden', comment('needle', { minimized: true })],
    ['that only quotes', comment('> needle\nthanks')],
  ])('leaves out a comment %s', (_, given) => {
    expect(where('needle', [given])).toBeUndefined();
  });

  it('reads the newest comments when there are many', () => {
    const many = Array.from({ length: 40 }, (_, index) => comment(`number${index}end`));
    expect(where('number0end', many)).toBeUndefined();
    expect(where('number39end', many)).toBeDefined();
  });
});
