import { checkConfiguration } from './parse.ts';
import type { Configuration, Section } from './schema.ts';

/** A valid file as it was read: sha of its blob, where it stands, its top-level keys as written. */
export type ConfigurationFile = { sha: string; source: string; raw: Readonly<Record<string, unknown>> };

/** What holds for a repository. `sha` names the version: the blobs of the files it is made of, joined by `+`, weakest first. */
export type ResolvedConfiguration = { sha: string; source: string; configuration: Configuration };

/**
 * Merges files by top-level key, weakest first (organisation, then repository): a key of a later file replaces the earlier one as a whole,
 * `false` switches a handler off. Undefined without files, or when what is merged is not valid (valid files merge to a valid one).
 */
export function resolveConfiguration(files: readonly ConfigurationFile[], handlers: readonly Section[]): ResolvedConfiguration | undefined {
  if (files.length === 0) return undefined;
  const merged = checkConfiguration(Object.assign({}, ...files.map(({ raw }) => raw)), handlers);
  if (!merged.ok) return undefined;
  return {
    sha: files.map(({ sha }) => sha).join('+'),
    source: files.map(({ source }) => source).join(' under '),
    configuration: merged.configuration,
  };
}
