import type { Command, CommandName, UndoScope } from './table.ts';

/** What the words of one line mean: a command, a mistake in one of ours, or nothing of ours. */
export type Reading = Command | { mistake: string; command: CommandName } | undefined;

const MAX_VALUES = 5;
const MAX_LOGINS = 10;
const MAX_LABEL_LENGTH = 50;
const UNDO_SCOPES: readonly string[] = ['last', 'label', 'answer', 'all'] satisfies readonly UndoScope[];

/** Readers by the word after the slash. */
const READERS: ReadonlyMap<string, (words: readonly string[]) => Reading> = new Map([
  ['sig', readSig],
  ['remove-sig', (words) => readRemoveSig(words)],
  ['triage', readTriage],
  ['priority', (words) => readValues('priority', words, 1)],
  ['kind', (words) => readValues('kind', words, MAX_VALUES)],
  ['area', (words) => readValues('area', words, MAX_VALUES)],
  ['assign', (words) => readLogins('assign', words)],
  ['unassign', (words) => readLogins('unassign', words)],
  ['hold', (words) => ({ command: 'hold', args: { cancel: words[0]?.toLowerCase() === 'cancel' } })],
  ['playbook', readPlaybook],
  ['sla', readSla],
  ['help', () => ({ command: 'help', args: {} })],
]);

/** Names after a slash that are ours, for a cheap look before parsing. */
export const isKnownName = (name: string): boolean => READERS.has(name);

/**
 * Reads one line without its slash. Names are ASCII letters and hyphens in any case; look-alike letters and invisible characters make a
 * different, unknown name, and unknown names are somebody else's commands: `undefined`.
 */
export function readCommand(line: string): Reading {
  const words = line.split(/[ \t]/).filter((word) => word !== '');
  const [name = '', ...rest] = words;
  if (!line.startsWith(name) || !isPlainName(name)) return undefined;
  return READERS.get(name.toLowerCase())?.(rest);
}

function isPlainName(name: string): boolean {
  return /^[A-Za-z-]+$/.test(name);
}

function readSig(words: readonly string[]): Reading {
  const lower = words.map((word) => word.toLowerCase());
  if (lower.includes('runtime')) return { command: 'sig-runtime', args: {} };
  if (lower[0] === 'why') return { command: 'why', args: {} };
  if (lower[0] === undefined) return { command: 'sig-runtime', mistake: 'it names no SIG' };
  return lower[0] === 'undo' ? readUndo(lower.slice(1)) : undefined;
}

function readUndo(words: readonly string[]): Reading {
  const what = words[0] ?? 'last';
  if (UNDO_SCOPES.includes(what) && words.length <= 1) return { command: 'undo', args: { what: what as UndoScope } };
  return { command: 'undo', mistake: 'only last, label, answer and all can be undone' };
}

function readRemoveSig(words: readonly string[]): Reading {
  if (words.length === 0) return { command: 'remove-sig-runtime', mistake: 'it names no SIG' };
  return words.some((word) => word.toLowerCase() === 'runtime') ? { command: 'remove-sig-runtime', args: {} } : undefined;
}

function readTriage(words: readonly string[]): Reading {
  const [verdict, number, ...rest] = words.map((word) => word.toLowerCase());
  if (verdict === 'accepted' || verdict === 'needs-info') {
    return number === undefined ? { command: 'triage', args: { verdict } } : { command: 'triage', mistake: `nothing follows ${verdict}` };
  }
  if (verdict !== 'duplicate') return { command: 'triage', mistake: 'the decision is accepted, needs-info or duplicate' };
  const of = Number(/^#?[0-9]{1,9}$/.test(number ?? '') ? number?.replace('#', '') : 0);
  if (of > 0 && rest.length === 0) return { command: 'triage', args: { verdict, of } };
  return { command: 'triage', mistake: 'a duplicate needs the number of the item it repeats' };
}

function readValues(command: 'priority' | 'kind' | 'area', words: readonly string[], most: number): Reading {
  if (words.length === 0) return { command, mistake: 'it names no value' };
  if (words.length > most) return { command, mistake: most === 1 ? 'it takes one value' : `it takes at most ${most} values` };
  if (words.some((word) => word.length > MAX_LABEL_LENGTH || /\p{C}/u.test(word))) {
    return { command, mistake: 'a value is too long or has invisible characters' };
  }
  const read: Command = { command, args: { values: words } };
  return read;
}

function readLogins(command: 'assign' | 'unassign', words: readonly string[]): Reading {
  if (words.length === 0) {
    const self: Command = { command: `${command}-self`, args: {} };
    return self;
  }
  if (words.length > MAX_LOGINS) return { command, mistake: `it takes at most ${MAX_LOGINS} people` };
  if (words.some((word) => !/^@?[A-Za-z0-9_-]{1,39}$/.test(word))) {
    return { command, mistake: 'people are GitHub logins such as @octocat; teams cannot be assigned' };
  }
  const read: Command = { command, args: { logins: [...new Set(words.map((word) => word.replace('@', '')))] } };
  return read;
}

function readPlaybook(words: readonly string[]): Reading {
  const id = words[0]?.toUpperCase() ?? '';
  if (/^PB-[0-9]{3}$/.test(id) && words.length === 1) return { command: 'playbook', args: { id } };
  return { command: 'playbook', mistake: 'a playbook is PB- and three digits' };
}

function readSla(words: readonly string[]): Reading {
  const action = words[0]?.toLowerCase();
  if ((action === 'pause' || action === 'resume') && words.length === 1) return { command: 'sla', args: { action } };
  return { command: 'sla', mistake: 'the clocks can be paused or resumed' };
}
