import type { ItemRef, RepositoryRef } from '../item.ts';
import type { Connection } from './connection.ts';
import { pathOf } from './paths.ts';

export async function listLabels({ octokit }: Connection, repository: RepositoryRef): Promise<readonly string[]> {
  const labels = await octokit.paginate(octokit.rest.issues.listLabelsForRepo, { ...pathOf(repository), per_page: 100 });
  return labels.map((label) => label.name);
}

/** Adds one label and leaves the others alone. GitHub creates unknown names on the fly, so the label is looked up first: 404 when absent. */
export async function addIssueLabel({ octokit }: Connection, item: ItemRef, label: string): Promise<void> {
  await octokit.rest.issues.getLabel({ ...pathOf(item.repository), name: label });
  await octokit.rest.issues.addLabels({ ...pathOf(item.repository), issue_number: item.number, labels: [label] });
}

/** Removing a label that the item does not have is a success. */
export async function removeIssueLabel({ octokit }: Connection, item: ItemRef, label: string): Promise<void> {
  try {
    await octokit.rest.issues.removeLabel({ ...pathOf(item.repository), issue_number: item.number, name: label });
  } catch (cause) {
    if (!(cause instanceof Error && 'status' in cause && cause.status === 404 && cause.message.startsWith('Label does not exist')))
      throw cause;
  }
}

/** Creating a label that exists is a success; its colour and description stay as they are. */
export async function createLabel(
  { octokit }: Connection,
  repository: RepositoryRef,
  label: { name: string; color: string; description: string },
): Promise<void> {
  try {
    await octokit.rest.issues.createLabel({ ...pathOf(repository), ...label });
  } catch (cause) {
    if (!(cause instanceof Error && cause.message.includes('already_exists'))) throw cause;
  }
}
