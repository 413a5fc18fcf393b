import type { Permission } from '../facts.ts';
import type { RepositoryRef } from '../item.ts';
import type { Connection } from './connection.ts';
import { pathOf } from './paths.ts';
import { GitHubError } from './port.ts';

const roles: ReadonlySet<string> = new Set<Permission>(['none', 'read', 'triage', 'write', 'maintain', 'admin']);

/** The role by name; a custom role counts as the base role that GitHub reports with it. People unknown to GitHub have `none`. */
export async function permissionOf({ octokit }: Connection, repository: RepositoryRef, login: string): Promise<Permission> {
  try {
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...pathOf(repository), username: login });
    const role = roles.has(data.role_name) ? data.role_name : data.permission;
    return roles.has(role) ? (role as Permission) : 'none';
  } catch (cause) {
    if (isMissing(cause)) return 'none';
    throw cause;
  }
}

export async function listTeamMembers({ octokit }: Connection, organisation: string, team: string): Promise<readonly string[]> {
  const members = await octokit.paginate(octokit.rest.teams.listMembersInOrg, { org: organisation, team_slug: team, per_page: 100 });
  return members.map(({ login }) => login);
}

export async function readFile({ octokit }: Connection, repository: RepositoryRef, path: string, ref?: string) {
  try {
    const { data } = await octokit.rest.repos.getContent({ ...pathOf(repository), path, ...(ref ? { ref } : {}) });
    if (Array.isArray(data) || !('content' in data) || data.encoding !== 'base64') {
      throw new GitHubError('VALIDATION', `${path}: not a file below 1 MB`, { status: 200 });
    }
    return { text: Buffer.from(data.content, 'base64').toString('utf8'), sha: data.sha };
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

function isMissing(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'status' in cause && cause.status === 404;
}
