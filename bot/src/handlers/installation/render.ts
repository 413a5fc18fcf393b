import { fullName, type RepositoryRef } from '../../item.ts';

const MAX_NAMES = 10;

/** Names of public repositories; private ones are only counted, because records reach the status page and logs. */
function list(repositories: readonly RepositoryRef[]): string {
  const open = repositories.filter((repository) => !repository.private).map(fullName);
  const rest = repositories.length - Math.min(open.length, MAX_NAMES);
  const names = open.slice(0, MAX_NAMES).join(', ');
  if (repositories.length === 0) return 'no repository';
  return rest === 0 ? names : names === '' ? `${rest} private` : `${names} and ${rest} more`;
}

export const added = (repositories: readonly RepositoryRef[], source: string): string =>
  `installed on ${list(repositories)}; ${source === 'default' ? 'without' : 'besides what is in'} .github/sig-runtime.yml the bot runs dry: it decides and reports, and writes nothing until the file says mode: active`;

export const purged = (installationId: number): string =>
  `the App was uninstalled; everything stored for installation ${installationId} is deleted`;

export const removed = (repositories: readonly RepositoryRef[]): string =>
  `the App was taken off ${list(repositories)}; nothing is decided there any more`;

export const permissionsAccepted = (): string => 'new permissions were accepted; what was switched off for want of them works from now on';

export const moved = (repositories: readonly RepositoryRef[], how: string): string =>
  `${list(repositories)} is the new name of a repository that was ${how}; its records are kept, because they are filed by numeric id`;
