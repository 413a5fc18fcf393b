/**
 * Who may use a command, least first. `author` is the author of the item or anyone with triage rights; `triage` has GitHub's triage role
 * or better, or is a maintainer; `write` has the write role or better; `maintainer` is named in the configuration or may administer.
 */
export type Who = 'anyone' | 'author' | 'triage' | 'write' | 'maintainer';

export type CommandDeclaration = {
  usage: string;
  example: string;
  who: Who;
  /** Whether people who have never contributed anywhere in the repository may use it. */
  newcomers: boolean;
  summary: string;
};

/** Every command, once. The key is what the parser answers as `command`. */
export const COMMANDS = {
  'sig-runtime': {
    usage: '/sig runtime',
    example: '/sig runtime',
    who: 'anyone',
    newcomers: true,
    summary: 'Adds the SIG label; lifts the veto of an earlier removal when the caller has triage rights or set the veto.',
  },
  'remove-sig-runtime': {
    usage: '/remove-sig runtime',
    example: '/remove-sig runtime',
    who: 'author',
    newcomers: false,
    summary: 'Removes the SIG label; the bot never adds it to this item again on its own.',
  },
  why: {
    usage: '/sig why',
    example: '/sig why',
    who: 'anyone',
    newcomers: true,
    summary: 'Shows the rule, the evidence and the configuration behind every label and comment of the bot on this item.',
  },
  undo: {
    usage: '/sig undo [last|label|answer|all]',
    example: '/sig undo answer',
    who: 'triage',
    newcomers: false,
    summary: 'Takes back what the bot did on this item: the last step (default), its labels, its answer or everything.',
  },
  triage: {
    usage: '/triage accepted|needs-info|duplicate #number',
    example: '/triage duplicate #42',
    who: 'triage',
    newcomers: false,
    summary: 'Records the triage decision as a label. A duplicate is labelled and linked, never closed.',
  },
  priority: {
    usage: '/priority <value>',
    example: '/priority high',
    who: 'triage',
    newcomers: false,
    summary: 'Sets the priority label and removes any other priority label.',
  },
  kind: { usage: '/kind <value> …', example: '/kind bugfix', who: 'triage', newcomers: false, summary: 'Adds kind labels.' },
  area: { usage: '/area <value> …', example: '/area security', who: 'triage', newcomers: false, summary: 'Adds area labels.' },
  'assign-self': { usage: '/assign', example: '/assign', who: 'anyone', newcomers: false, summary: 'Assigns the caller.' },
  assign: {
    usage: '/assign @user …',
    example: '/assign @octocat',
    who: 'triage',
    newcomers: false,
    summary: 'Assigns people.',
  },
  'unassign-self': { usage: '/unassign', example: '/unassign', who: 'anyone', newcomers: true, summary: 'Unassigns the caller.' },
  unassign: {
    usage: '/unassign @user …',
    example: '/unassign @octocat',
    who: 'triage',
    newcomers: false,
    summary: 'Unassigns people.',
  },
  hold: {
    usage: '/hold [cancel]',
    example: '/hold cancel',
    who: 'author',
    newcomers: false,
    summary: 'Holds the item: its SLA clocks pause, a pull request gets the hold label. `cancel` releases it.',
  },
  playbook: {
    usage: '/playbook PB-NNN',
    example: '/playbook PB-007',
    who: 'triage',
    newcomers: false,
    summary: 'Puts that playbook into the answer comment of the bot.',
  },
  sla: {
    usage: '/sla pause|resume',
    example: '/sla pause',
    who: 'maintainer',
    newcomers: false,
    summary: 'Pauses or resumes the SLA clocks of the item.',
  },
  help: { usage: '/help', example: '/help', who: 'anyone', newcomers: true, summary: 'Lists the commands and who may use them.' },
} as const satisfies Record<string, CommandDeclaration>;

export type CommandName = keyof typeof COMMANDS;

/** Arguments of each command, already checked for form; whether a label or playbook of that name exists is decided later. */
export type CommandArguments = {
  'sig-runtime': Nothing;
  'remove-sig-runtime': Nothing;
  why: Nothing;
  undo: { what: UndoScope };
  triage: { verdict: 'accepted' } | { verdict: 'needs-info' } | { verdict: 'duplicate'; of: number };
  priority: { values: readonly string[] };
  kind: { values: readonly string[] };
  area: { values: readonly string[] };
  'assign-self': Nothing;
  assign: { logins: readonly string[] };
  'unassign-self': Nothing;
  unassign: { logins: readonly string[] };
  hold: { cancel: boolean };
  playbook: { id: string };
  sla: { action: 'pause' | 'resume' };
  help: Nothing;
};

export type UndoScope = 'last' | 'label' | 'answer' | 'all';
type Nothing = Readonly<Record<never, never>>;

/** A command with its arguments, without the place where it stood. */
export type Command = { [Name in CommandName]: { command: Name; args: CommandArguments[Name] } }[CommandName];
