import type { CommandDeclaration } from '../../commands/table.ts';
import type { Permission } from '../../facts.ts';
import type { Association } from '../../item.ts';
import { DEFAULT_ASSOCIATIONS, type People } from '../../sla/timeline.ts';

/** The person who gave a command, as far as rights go. */
export type Caller = {
  login: string;
  isAuthor: boolean;
  permission: Permission;
  isMaintainer: boolean;
  /** GitHub has not seen them contribute here (or anywhere) before. */
  isNewcomer: boolean;
};

const RANK: Record<Permission, number> = { none: 0, read: 1, triage: 2, write: 3, maintain: 4, admin: 5 };
const NEWCOMERS: readonly Association[] = ['FIRST_TIMER', 'FIRST_TIME_CONTRIBUTOR', 'MANNEQUIN'];

export function callerOf(who: {
  login: string;
  isAuthor: boolean;
  permission: Permission | undefined;
  association: Association | undefined;
  people: People | undefined;
}): Caller {
  const login = who.login.toLowerCase();
  const named = who.people?.maintainers.some((maintainer) => maintainer.toLowerCase() === login) ?? false;
  const associations = who.people?.associations ?? DEFAULT_ASSOCIATIONS;
  return {
    login: who.login,
    isAuthor: who.isAuthor,
    permission: who.permission ?? 'none',
    isMaintainer: named || (who.association !== undefined && associations.includes(who.association)),
    isNewcomer: who.association !== undefined && NEWCOMERS.includes(who.association),
  };
}

export const mayTriage = (caller: Caller): boolean => caller.isMaintainer || atLeast(caller, 'triage');

/** Undefined when the caller may use the command, else why not. */
export function refusal({ who, newcomers }: CommandDeclaration, caller: Caller): 'rights' | 'newcomer' | undefined {
  const allowed = {
    anyone: () => true,
    author: () => caller.isAuthor || mayTriage(caller),
    triage: () => mayTriage(caller),
    write: () => atLeast(caller, 'write'),
    maintainer: () => caller.isMaintainer || atLeast(caller, 'maintain'),
  }[who]();
  if (!allowed) return 'rights';
  return caller.isNewcomer && !newcomers && !mayTriage(caller) ? 'newcomer' : undefined;
}

function atLeast(caller: Caller, permission: Permission): boolean {
  return RANK[caller.permission] >= RANK[permission];
}
