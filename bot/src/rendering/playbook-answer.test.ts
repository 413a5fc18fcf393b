import { describe, expect, it } from 'vitest';
import { testKnowledge } from '../testing/handler-world.ts';
import { playbookAnswer, playbookUrl } from './playbook-answer.ts';

const [playbook, other] = testKnowledge().playbooks;
const siteUrl = 'https://site.example';

describe('playbook answer', () => {
  it('names who asked for it without a mention, and claims no confidence', () => {
    const text = playbookAnswer(playbook!, { siteUrl, requestedBy: 'some-body' });
    expect(text).toContain('on request of `some-body`');
    expect(text).not.toMatch(/@some-body|% sure|What decided|looks like/);
  });

  it('links the page of the playbook', () => {
    expect(playbookUrl('PB-007', siteUrl)).toBe('https://site.example/playbooks/pb-007/');
    expect(playbookAnswer(playbook!, { siteUrl })).toContain('](https://site.example/playbooks/pb-001/)');
  });

  it('quotes each thing once', () => {
    const quote = (text: string) => ({ text, source: 'body' as const, rule: 'r' });
    const text = playbookAnswer(playbook!, {
      siteUrl,
      confidence: 0.9,
      quotes: [quote('401'), quote('status 401: x'), quote('status 401: x')],
    });
    expect(text.match(/From the description/g)).toHaveLength(1);
    expect(text).toContain('```text\nstatus 401: x\n```');
  });

  it('folds alternatives away, and leaves the heading out when there are none', () => {
    expect(playbookAnswer(playbook!, { siteUrl, alternatives: [other!] })).toContain('- [PB-002: ');
    expect(playbookAnswer(playbook!, { siteUrl })).not.toContain('Similar symptoms');
  });
});
