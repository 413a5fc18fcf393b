import type { RepositoryRef } from '../item.ts';
import type { Connection } from './connection.ts';
import { pathOf } from './paths.ts';
import type { CheckInput } from './port.ts';

export async function findCheck({ octokit, app }: Connection, repository: RepositoryRef, headSha: string, name: string) {
  const { data } = await octokit.rest.checks.listForRef({
    ...pathOf(repository),
    ref: headSha,
    check_name: name,
    app_id: app.id,
    filter: 'latest',
  });
  const run = data.check_runs.find((check) => check.app?.id === app.id);
  return run ? { id: run.id } : undefined;
}

export async function createCheck({ octokit }: Connection, repository: RepositoryRef, check: CheckInput) {
  const { data } = await octokit.rest.checks.create({ ...pathOf(repository), head_sha: check.headSha, ...bodyOf(check) });
  return { id: data.id, url: data.html_url ?? '' };
}

export async function updateCheck({ octokit }: Connection, repository: RepositoryRef, id: number, check: CheckInput): Promise<void> {
  await octokit.rest.checks.update({ ...pathOf(repository), check_run_id: id, ...bodyOf(check) });
}

function bodyOf(check: CheckInput) {
  return {
    name: check.name,
    status: 'completed' as const,
    conclusion: check.conclusion,
    output: { title: check.title, summary: check.summary },
  };
}
