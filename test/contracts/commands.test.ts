import { describe, expect, it } from 'vitest';
import { parseCommands } from '../../bot/src/commands/parse.ts';
import { COMMANDS, type CommandDeclaration, type CommandName } from '../../bot/src/commands/table.ts';
import { help } from '../../bot/src/handlers/commands/render.ts';
import { rowsOf, sectionOf } from '../markdown.ts';
import { read } from '../sources.ts';

const README = 'bot/src/handlers/commands/README.md';
const declared = Object.entries(COMMANDS) as [CommandName, CommandDeclaration][];
const usages = declared.map(([, { usage }]) => usage);
const bare = (cell: string | undefined): string => (cell ?? '').replaceAll('`', '');

describe('commands', () => {
  it.each(declared)('%s: its example is understood as that command', (name, { example }) => {
    expect(parseCommands(example)).toMatchObject([{ command: name, line: 1 }]);
  });

  it('the README of the handler lists each once, with who may use it', () => {
    const who = { anyone: 'anyone', author: 'author, triage', triage: 'triage', write: 'write', maintainer: 'maintainer' };
    const rows = rowsOf(sectionOf(README, 'Commands') ?? '').map(([usage, allowed]) => [bare(usage), allowed]);
    expect(rows).toEqual(declared.map(([, command]) => [command.usage, who[command.who]]));
  });

  it('the README names what newcomers may use', () => {
    const line = read(README)
      .split('\n')
      .find((text) => text.startsWith('- First-time contributors have '));
    const shown = [...(line ?? '').matchAll(/`([^`]+)`/g)].map(([, usage]) => usage);
    expect(shown).toEqual(declared.filter(([, { newcomers }]) => newcomers).map(([, { usage }]) => usage));
  });

  it('`/help`, its golden file and the reference page list the same', () => {
    expect(rowsOf(help()).map(([usage]) => bare(usage))).toEqual(usages);
    expect(read('bot/src/handlers/commands/golden/help.md')).toContain(help());
    expect(rowsOf(read('docs/reference/commands.md')).map(([usage]) => bare(usage))).toEqual(usages);
  });
});
