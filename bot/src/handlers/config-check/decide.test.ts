import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LabelName } from '../../configuration/label-name.ts';
import { botEvent, decideInput, itemSnapshot, testKnowledge } from '../../testing/handler-world.ts';
import { configCheck } from './index.ts';
import { ConfigCheckOptions } from './options.ts';

const knowledge = testKnowledge();
const handler = configCheck([{ name: 'label', options: z.strictObject({ label: LabelName.default('sig/runtime') }) }]);
const path = '.github/sig-runtime.yml';

function check(text: string | undefined, { options = {}, headSha = 'abc', labels = ['sig/runtime'] } = {}) {
  const decisions = handler.decide(
    decideInput(ConfigCheckOptions.parse(options), {
      event: botEvent('pull_request.opened', 'pull_request'),
      knowledge,
      facts: {
        item: itemSnapshot(headSha === '' ? {} : { headSha }),
        repositoryLabels: labels,
        ...(text === undefined ? {} : { proposedConfiguration: { path, text } }),
      },
    }),
  );
  const [effect] = decisions.flatMap(({ effects }) => effects);
  return { rules: decisions.map(({ rule }) => rule), check: effect?.type === 'put-check' ? effect : undefined };
}

describe('config-check', () => {
  it('says nothing on pull requests that do not touch the configuration, or whose head is not known', () => {
    expect(check(undefined).rules).toEqual([]);
    expect(check('version: 1', { headSha: '' }).rules).toEqual([]);
  });

  it('passes a valid file and says what it would switch on', async () => {
    const { check: made } = check('version: 1\nmode: active\nlabel:\nconfig-check:');
    expect(made).toMatchObject({ headSha: 'abc', conclusion: 'success', title: 'valid' });
    await expect(made?.summary).toMatchFileSnapshot('golden/valid.md');
  });

  it('fails a file with errors and shows line, column and remedy, with nothing live', async () => {
    const { check: made, rules } = check('version: 1\nlable: {}\n"@octocat | `x` <b>": 1\nlabel: { label: 3 }');
    expect(rules).toEqual(['config-check/invalid']);
    expect(made).toMatchObject({ conclusion: 'failure', title: '3 errors' });
    await expect(made?.summary).toMatchFileSnapshot('golden/invalid.md');
  });

  it('warns of a label that does not exist; fails only when told to', async () => {
    const { check: made } = check('version: 1\nlabel: { label: sig/rntime }');
    expect(made).toMatchObject({ conclusion: 'success', title: 'valid, 1 warning' });
    await expect(made?.summary).toMatchFileSnapshot('golden/warnings.md');
    expect(check('version: 1\nlabel:', { labels: [], options: { warningsFail: true } }).check?.conclusion).toBe('failure');
  });

  it('knows its own section', () => {
    expect(check('version: 1\nconfig-check: { warningsFail: maybe }').check?.title).toBe('1 error');
  });

  it('a file full of errors still fits into a check', () => {
    const text = `version: 1\n${Array.from({ length: 1900 }, (_, index) => `unknown-key-number-${index}: 1`).join('\n')}`;
    expect(check(text).check?.summary.length).toBeLessThan(65_535);
  });
});
