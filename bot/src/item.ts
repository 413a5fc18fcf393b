/** A repository as the bot keys it: by numeric ids, because names move (`repository.renamed`, `repository.transferred`). */
export type RepositoryRef = {
  installationId: number;
  repositoryId: number;
  owner: string;
  name: string;
  /** Private repositories are left out of every feed. */
  private: boolean;
};

export type ItemKind = 'issue' | 'pull_request' | 'discussion';

/** An issue, pull request or discussion; the three share one number space in a repository. */
export type ItemRef = { repository: RepositoryRef; kind: ItemKind; number: number; nodeId: string };

export type Actor = { login: string; id: number; type: 'User' | 'Bot' | 'Organization' };

/** GitHub's `author_association`, every value. */
export const ASSOCIATIONS = [
  'OWNER',
  'MEMBER',
  'COLLABORATOR',
  'CONTRIBUTOR',
  'FIRST_TIME_CONTRIBUTOR',
  'FIRST_TIMER',
  'MANNEQUIN',
  'NONE',
] as const;
export type Association = (typeof ASSOCIATIONS)[number];

/** What must stay in order: everything about one item, else about one repository, else about one installation. */
export function subjectOf(target: {
  item?: ItemRef | undefined;
  repository?: RepositoryRef | undefined;
  installationId?: number | undefined;
}): string {
  const repository = target.item?.repository ?? target.repository;
  if (target.item) return `repository/${target.item.repository.repositoryId}/item/${target.item.number}`;
  if (repository) return `repository/${repository.repositoryId}`;
  return `installation/${target.installationId ?? 0}`;
}

const PATHS: Readonly<Record<ItemKind, string>> = { issue: 'issues', pull_request: 'pull', discussion: 'discussions' };

/** Where GitHub shows the item, below its web address: `/acme/app/pull/3`. */
export function itemPath(item: ItemRef): string {
  return `/${fullName(item.repository)}/${PATHS[item.kind]}/${item.number}`;
}

export function fullName(repository: RepositoryRef): string {
  return `${repository.owner}/${repository.name}`;
}
