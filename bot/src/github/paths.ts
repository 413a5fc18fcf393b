import type { ItemRef, RepositoryRef } from '../item.ts';

/** Path parameters that every repository route takes. */
export function pathOf(repository: RepositoryRef): { owner: string; repo: string } {
  return { owner: repository.owner, repo: repository.name };
}

/** `acme/app#3`, for messages. */
export function nameOf(item: ItemRef): string {
  return `${item.repository.owner}/${item.repository.name}#${item.number}`;
}
