import { describe, expect, it } from 'vitest';
import { decideInput, repository, testKnowledge } from '../../testing/handler-world.ts';
import { installation } from './index.ts';

const knowledge = testKnowledge();
const at = '2026-03-02T10:00:00Z';
const secret = { ...repository, repositoryId: 3, name: 'secret', private: true };
const decide = (name: string, repositories = [repository, secret], source = 'default') =>
  installation.decide(
    decideInput({}, { event: { guid: 'g', name, at, installationId: 1, repositories }, knowledge, configuration: { sha: source, source } }),
  );

describe('installation', () => {
  it('every event it listens to is put on record, and none writes to GitHub', async () => {
    const records = installation.on.flatMap((name) => decide(name));
    expect(records).toHaveLength(installation.on.length);
    expect(records.flatMap(({ effects }) => effects)).toEqual([]);
    await expect(records.map(({ rule, because }) => `- \`${rule}\`: ${because}\n`).join('')).toMatchFileSnapshot('golden/record.md');
  });

  it('uninstalling names the rule by which the store is purged', () => {
    expect(decide('installation.deleted')).toMatchObject([{ rule: 'installation/purge', verdict: 'act' }]);
  });

  it('private repositories are counted, never named', () => {
    for (const name of installation.on) expect(decide(name)[0]?.because).not.toContain('secret');
    expect(decide('installation.created', [secret])[0]?.because).toContain('1 private');
  });

  it('a long list is cut', () => {
    const many = Array.from({ length: 14 }, (_, index) => ({ ...repository, repositoryId: index, name: `r${index}` }));
    expect(decide('installation_repositories.added', many)[0]?.because).toContain('acme/r9 and 4 more');
  });
});
