import { beforeEach, describe, expect, it } from 'vitest';
import { CONFIGURATION_PATH } from '../gather.ts';
import { handlers } from '../handlers/index.ts';
import type { RepositoryRef } from '../item.ts';
import type { StoredConfiguration } from '../store/port.ts';
import { botEvent } from '../testing/handler-world.ts';
import { MemoryGitHub } from '../testing/index.ts';
import { createConfigurations } from './load.ts';

const repository: RepositoryRef = { installationId: 1, repositoryId: 2, owner: 'acme', name: 'app', private: false };
const shared: RepositoryRef = { ...repository, repositoryId: 3, name: '.github' };

let nowMs: number;
let files: Map<string, string>;
let reads: number;
let warnings: string[];
let kept: Map<string, StoredConfiguration>;

beforeEach(() => {
  nowMs = 0;
  files = new Map();
  reads = 0;
  warnings = [];
  kept = new Map();
});

function configurations(
  repositories: readonly RepositoryRef[] = [repository],
  teams: Record<string, readonly string[]> = {},
  given?: MemoryGitHub,
) {
  const github = given ?? new MemoryGitHub();
  for (const [name, logins] of Object.entries(teams)) github.teams.set(name, logins);
  for (const known of repositories) github.addRepository(known);
  const fromFiles: MemoryGitHub['readFile'] = async ({ name }, path) => {
    reads += 1;
    const text = path === CONFIGURATION_PATH ? files.get(name) : undefined;
    return text === undefined ? undefined : { text, sha: `sha of ${text.length}` };
  };
  if (!given) github.readFile = fromFiles;
  return createConfigurations({
    handlers,
    app: github,
    store: { getConfiguration: async (scope) => kept.get(scope), putConfiguration: async (scope, value) => void kept.set(scope, value) },
    clock: () => nowMs,
    log: { warn: (_fields: unknown, message?: string) => void warnings.push(message ?? '') } as never,
  });
}

describe('configurations', () => {
  it('without any file decides everything and writes nothing', async () => {
    const { mode, sections, sha } = await configurations().of(repository);
    expect({ mode, sha, on: [...sections.keys()] }).toEqual({ mode: 'dry-run', sha: 'default', on: handlers.map(({ name }) => name) });
  });

  it('switches on what the file names and nothing else', async () => {
    files.set('app', 'version: 1\nmode: active\nlabel: {}\n');
    const { mode, sections } = await configurations().of(repository);
    expect({ mode, on: [...sections.keys()] }).toEqual({ mode: 'active', on: ['label'] });
  });

  it("puts the repository's file over the organisation's", async () => {
    files.set('.github', 'version: 1\nmode: active\nlabel: {}\nanswer: {}\n');
    files.set('app', 'version: 1\nanswer: false\n');
    const { mode, sections } = await configurations([repository, shared]).of(repository);
    expect({ mode, on: [...sections.keys()] }).toEqual({ mode: 'active', on: ['label'] });
  });

  it('counts the members of maintainer teams, and leaves a team out that it cannot read', async () => {
    files.set('app', 'version: 1\nmaintainers: { users: [one], teams: [acme/runtime, acme/gone] }\n');
    const { people } = await configurations([repository], { 'acme/runtime': ['two', 'three'] }).of(repository);
    expect(people.maintainers).toEqual(['one', 'two', 'three']);
    expect(warnings).toEqual(['maintainer team cannot be read; the App needs members: read and the team must exist']);
  });

  it('keeps the last good version when a push breaks the file, and says so', async () => {
    files.set('app', 'version: 1\nmode: active\nlabel: {}\n');
    const all = configurations();
    await all.of(repository);
    files.set('app', 'version: 1\nmode: actve\nlabel: {}\nextra\n');
    all.noticed(
      botEvent('push', 'issue', { push: { ref: 'refs/heads/main', headSha: 'h', paths: [CONFIGURATION_PATH], defaultBranch: 'main' } }),
    );
    const { mode, sections } = await all.of(repository);
    expect({ mode, on: [...sections.keys()] }).toEqual({ mode: 'active', on: ['label'] });
    expect(warnings).toEqual(['configuration is not valid; its last good version holds']);
  });

  it('only reports when the first file it ever sees is broken', async () => {
    files.set('app', 'mode: active\n');
    expect((await configurations().of(repository)).mode).toBe('dry-run');
    expect(warnings).toEqual(['configuration is not valid; the bot only reports']);
  });

  it.each(['FORBIDDEN', 'VALIDATION'] as const)(
    'holds on to the last good version while the file cannot be read (%s), and without one only reports',
    async (code) => {
      const fail = { method: 'readFile', when: 'before', code } as const;
      const github = new MemoryGitHub();
      github.addRepository(repository);
      github.contents.set(`2:${CONFIGURATION_PATH}`, { text: 'version: 1\nmode: active\nlabel: {}\n', sha: 'one' });
      github.failNext(fail);
      const all = configurations([repository], {}, github);
      expect((await all.of(repository)).mode).toBe('dry-run');
      nowMs += 300_001;
      expect((await all.of(repository)).mode).toBe('active');
      nowMs += 300_001;
      github.failNext(fail);
      expect((await all.of(repository)).mode).toBe('active');
      expect(warnings).toEqual([
        'configuration cannot be read; the bot only reports',
        'configuration cannot be read; its last good version holds',
      ]);
    },
  );

  it('reads a file once in five minutes, and again at once after a push that touches it', async () => {
    const all = configurations();
    await all.of(repository);
    await all.of(repository);
    expect(reads).toBe(1);
    nowMs = 300_001;
    await all.of(repository);
    expect(reads).toBe(2);
    all.noticed(botEvent('push', 'issue', { push: { ref: 'refs/heads/main', headSha: 'h', paths: ['README.md'], defaultBranch: 'main' } }));
    await all.of(repository);
    expect(reads).toBe(2);
  });
});
