import type { ItemSnapshot } from '../facts.ts';
import type { ItemRef } from '../item.ts';
import type { Connection } from './connection.ts';
import { pathOf } from './paths.ts';
import { itemOf, type RestItem } from './snapshots.ts';

/** GitHub lists at most this many files of a pull request. */
const maxListedFiles = 3000;

export async function getPullRequest({ octokit }: Connection, item: ItemRef): Promise<ItemSnapshot> {
  const { data } = await octokit.rest.pulls.get({ ...pathOf(item.repository), pull_number: item.number });
  return itemOf(data as RestItem);
}

/** Every changed path; a renamed file counts under both its names. */
export async function listFiles({ octokit }: Connection, item: ItemRef): Promise<{ paths: readonly string[]; complete: boolean }> {
  const pull = { ...pathOf(item.repository), pull_number: item.number };
  const files = await octokit.paginate(octokit.rest.pulls.listFiles, { ...pull, per_page: 100 });
  const paths = new Set(files.flatMap((file) => (file.previous_filename ? [file.previous_filename, file.filename] : [file.filename])));
  if (files.length < maxListedFiles) return { paths: [...paths], complete: true };
  const { data } = await octokit.rest.pulls.get(pull);
  return { paths: [...paths], complete: data.changed_files <= files.length };
}
