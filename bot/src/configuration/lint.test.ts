import { loadCatalog } from '@sig-runtime/playbooks/catalog/load';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LabelName } from './label-name.ts';
import { lintConfiguration } from './lint.ts';
import { parseConfiguration } from './parse.ts';

const handlers = [
  {
    name: 'label',
    options: z.strictObject({
      label: LabelName.default('sig/runtime'),
      more: z.array(LabelName).default([]),
      map: z.record(z.string(), LabelName).default({}),
      note: z.string().optional(),
    }),
  },
];
const catalogue = loadCatalog().labels;
const lint = (text: string, repositoryLabels = ['sig/runtime', 'kind/bugfix', 'area/security']) => {
  const parsed = parseConfiguration(`version: 1\n${text}`, handlers);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return lintConfiguration(parsed.configuration, handlers, { repositoryLabels, owner: 'acme', catalogue }).map(
    ({ path, message, remedy }) => `${path}: ${message} -> ${remedy}`,
  );
};

describe('what the schema cannot see', () => {
  it('labels that exist, in whatever case, and other strings pass', () => {
    expect(lint('label: { label: SIG/Runtime, more: [kind/bugfix], map: { x: area/security }, note: no/label }')).toEqual([]);
  });

  it('names labels that do not exist, wherever they stand, with the likely one', () => {
    const found = lint('label: { more: [kind/bugfx], map: { x: area/none-such } }', ['kind/bugfix', 'sig/runtime']);
    expect(found).toEqual([
      expect.stringMatching(/^label\.more\.0: label kind\/bugfx does not exist.*did you mean kind\/bugfix\?/),
      expect.stringMatching(/^label\.map\.x: label area\/none-such does not exist.*declare it/),
    ]);
  });

  it('defaults count too: a repository without the label is told', () => {
    expect(lint('label:', [])).toEqual([expect.stringMatching(/^label\.label: label sig\/runtime does not exist/)]);
  });

  it('a missing label is fine where the bot may create it, a retired name is not', () => {
    expect(lint('labels: { create: true }\nlabel: { label: sig/new, more: [kind/bug] }')).toEqual([
      'label.more.0: label kind/bug was replaced by kind/bugfix -> write kind/bugfix',
    ]);
  });

  it('a team of another organisation is named', () => {
    expect(lint('maintainers: { teams: [acme/sig, other/sig] }')).toEqual([expect.stringMatching(/^maintainers\.teams: team other\/sig/)]);
  });
});
