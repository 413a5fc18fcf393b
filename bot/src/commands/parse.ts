import { isKnownName, type Reading, readCommand } from './arguments.ts';
import { commandLines } from './markdown.ts';
import { COMMANDS, type Command, type CommandName } from './table.ts';

/** A command and the line (from 1) on which it stands. */
export type ParsedCommand = Command & { line: number };

/** A command of ours that cannot be carried out as written, to be shown to its author. `command` is absent when the text as a whole is at fault. */
export type CommandError = { error: string; line: number; usage: string; command?: CommandName };

export type Parsed = ParsedCommand | CommandError;

/** GitHub's limit for a body; longer texts are not read. */
const MAX_TEXT_LENGTH = 65_536;
export const MAX_COMMANDS = 10;

/**
 * Commands in a text, in order.
 *
 * A command is a line whose first character is `/`, then one of our names (any case), in visible prose: see `commandLines`. Lines with
 * other names belong to other bots and are passed over in silence. With `previousText` only commands that the edit adds count; with
 * `byAnother` (the editor did not write the text) a command that stood there hidden, in a quote, in code or in a text too long to read,
 * is not added by bringing it to light: it would be carried out with the rights of whoever tidied up.
 * After ten commands one error stands for the rest. Takes time linear in the text within the bounds of `commandLines`.
 */
export function parseCommands(text: string, previousText?: string, { byAnother = false } = {}): readonly Parsed[] {
  const read = readText(text);
  const before = previousText === undefined ? [] : byAnother ? readEveryLine(previousText) : readText(previousText);
  const seen = new Map<string, number>();
  for (const { key } of before) seen.set(key, (seen.get(key) ?? 0) + 1);
  const added = read.filter(({ key }) => {
    const count = seen.get(key) ?? 0;
    seen.set(key, count - 1);
    return count <= 0;
  });
  const parsed = added.slice(0, MAX_COMMANDS).map((entry) => entry.parsed);
  const next = added[MAX_COMMANDS];
  if (!next) return parsed;
  return [
    ...parsed,
    { error: `only the first ${MAX_COMMANDS} commands of a text are carried out`, line: next.parsed.line, usage: '/help' },
  ];
}

type Entry = { key: string; parsed: Parsed };

/** Whatever any line could mean, visible or not, without the marks of quotes and lists before it. */
function readEveryLine(text: string): readonly Pick<Entry, 'key'>[] {
  return text.split(/\r\n|\n|\r/).flatMap((line) => {
    const slash = line.indexOf('/');
    const reading = slash === -1 || /[A-Za-z0-9]/.test(line.slice(0, slash)) ? undefined : readCommand(line.slice(slash + 1));
    return reading ? [{ key: JSON.stringify(reading) }] : [];
  });
}

function readText(text: string): readonly Entry[] {
  const candidate = firstCandidate(text);
  if (candidate === undefined) return [];
  const lines = commandLines(text);
  if (lines === undefined) {
    const error = 'the text is too long or too deeply nested to look for commands; put them into a comment of their own';
    return [{ key: error, parsed: { error, line: candidate, usage: '/help' } }];
  }
  return lines.flatMap(({ text: line, line: number }) => {
    const reading = readCommand(line.slice(1));
    return reading ? [{ key: JSON.stringify(reading), parsed: located(reading, number) }] : [];
  });
}

function located(reading: NonNullable<Reading>, line: number): Parsed {
  if (!('mistake' in reading)) return { ...reading, line };
  return { error: reading.mistake, line, usage: COMMANDS[reading.command].usage, command: reading.command };
}

/** Line of the first thing that could be a command of ours, before any parsing: most texts have none. */
function firstCandidate(text: string): number | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  const lines = text.split(/\r\n|\n|\r/);
  const index = lines.findIndex((line) => line.startsWith('/') && isKnownName((line.slice(1).split(/[ \t]/, 1)[0] ?? '').toLowerCase()));
  return index === -1 ? undefined : index + 1;
}
