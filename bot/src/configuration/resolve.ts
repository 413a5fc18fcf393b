import { type ConfigurationProblem, checkConfiguration, parseConfiguration } from './parse.ts';
import type { Configuration, Section } from './schema.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

/** A file as it was read: its text and the sha of its blob. */
export type ConfigurationFile = { text: string; sha: string };

/**
 * What holds for a repository. `sha` names the version: the blob of the one file there is, both joined by `+` (repository first) when
 * there are two, `default` when there is none. `source` says which files those are.
 */
export type ResolvedConfiguration = {
  sha: string;
  source: 'default' | 'repository' | 'organisation' | 'repository+organisation';
  configuration: Configuration;
};

export type ResolveResult =
  | { ok: true; resolved: ResolvedConfiguration }
  | { ok: false; file: 'repository' | 'organisation'; errors: readonly ConfigurationProblem[] };

/**
 * The repository's file over the one in the organisation's `.github` repository, by top-level key: a key that the repository's file has
 * replaces the organisation's as a whole, `false` switches a handler off. With neither file there are no sections and `sha` is `default`; what that means is the caller's choice.
 * A file with errors resolves to nothing: the caller keeps the last good version.
 */
export function resolveConfiguration(
  files: { repository?: ConfigurationFile | undefined; organisation?: ConfigurationFile | undefined },
  handlers: readonly Section[],
): ResolveResult {
  const { repository, organisation } = files;
  if (!repository && !organisation) {
    return {
      ok: true,
      resolved: { sha: 'default', source: 'default', configuration: { settings: DEFAULT_SETTINGS, sections: new Map() } },
    };
  }
  const ours = repository && parseConfiguration(repository.text, handlers);
  if (ours && !ours.ok) return { ok: false, file: 'repository', errors: ours.errors };
  const shared = organisation && parseConfiguration(organisation.text, handlers);
  if (shared && !shared.ok) return { ok: false, file: 'organisation', errors: shared.errors };
  const merged = checkConfiguration({ ...shared?.raw, ...ours?.raw }, handlers);
  if (!merged.ok) {
    const errors = merged.issues.map(({ message, path }) => ({ line: 1, column: 1, message: `${path.join('.')}: ${message}`, remedy: '' }));
    return { ok: false, file: 'repository', errors };
  }
  return {
    ok: true,
    resolved: {
      sha: [repository?.sha, organisation?.sha].filter((sha) => sha !== undefined).join('+'),
      source: repository ? (organisation ? 'repository+organisation' : 'repository') : 'organisation',
      configuration: merged.configuration,
    },
  };
}
