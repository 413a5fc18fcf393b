import type { EffectiveConfiguration } from '../decide.ts';
import type { BotEvent } from '../event.ts';
import { CONFIGURATION_PATH } from '../gather.ts';
import type { GitHubApp } from '../github/port.ts';
import { fullName, type RepositoryRef } from '../item.ts';
import type { Logger } from '../operations/log.ts';
import type { Store } from '../store/port.ts';
import { checkConfiguration, parseConfiguration } from './parse.ts';
import type { Configuration, Section } from './schema.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

/** The repository whose configuration holds for all others of its owner. */
const ORGANISATION_REPOSITORY = '.github';
const MAX_AGE_MS = 5 * 60_000;

export type ConfigurationParts = {
  handlers: readonly Section[];
  app: Pick<GitHubApp, 'installation' | 'listRepositories'>;
  store: Pick<Store, 'getConfiguration' | 'putConfiguration'>;
  clock: () => number;
  log: Pick<Logger, 'warn'>;
};

export type Configurations = {
  /** What holds for a repository now; read again after five minutes, or at once when a push touched the file. */
  of(repository: RepositoryRef | undefined): Promise<EffectiveConfiguration>;
  /** Lets a push to the file count at once. */
  noticed(event: BotEvent): void;
  /** A configuration given as text. @throws Error with every problem when it is not valid */
  fromText(text: string): EffectiveConfiguration;
};

type File = { sha: string; source: string; raw: Readonly<Record<string, unknown>> };

/**
 * Configuration of each repository: its own `.github/sig-runtime.yml` over the one in the owner's `.github` repository, section by
 * section, both from the default branch. A file that is not valid is passed over for the last good version of it. Without any file
 * every handler is on and nothing is written (dry run), so that a first installation shows what it would do.
 */
export function createConfigurations(parts: ConfigurationParts): Configurations {
  const { handlers, clock } = parts;
  const cache = new Map<number, { readAtMs: number; configuration: Promise<EffectiveConfiguration> }>();
  const everything = effective({ settings: DEFAULT_SETTINGS, sections: allOn(handlers) }, 'default', 'built-in defaults');
  return {
    of: (repository) => {
      if (!repository) return Promise.resolve(everything);
      const known = cache.get(repository.repositoryId);
      if (known && clock() - known.readAtMs < MAX_AGE_MS) return known.configuration;
      const configuration = read(parts, repository, everything);
      cache.set(repository.repositoryId, { readAtMs: clock(), configuration });
      configuration.catch(() => cache.delete(repository.repositoryId));
      return configuration;
    },
    noticed: ({ push, repository }) => {
      if (!push?.paths.includes(CONFIGURATION_PATH) || !repository) return;
      if (repository.name === ORGANISATION_REPOSITORY) cache.clear();
      else cache.delete(repository.repositoryId);
    },
    fromText: (text) => {
      const parsed = parseConfiguration(text, handlers);
      if (parsed.ok) return effective(parsed.configuration, 'given', 'given text');
      throw new Error(parsed.errors.map(({ line, column, message, remedy }) => `${line}:${column}: ${message} (${remedy})`).join('; '));
    },
  };
}

async function read(parts: ConfigurationParts, repository: RepositoryRef, none: EffectiveConfiguration): Promise<EffectiveConfiguration> {
  const organisation = await organisationRepository(parts, repository);
  const files: File[] = [];
  for (const place of [organisation, repository]) {
    const file = place && (await readFile(parts, place));
    if (file) files.push(file);
  }
  const last = files.at(-1);
  if (!last) return none;
  const merged = checkConfiguration(Object.assign({}, ...files.map(({ raw }) => raw)), parts.handlers);
  const sources = files.map(({ source }) => source).join(' under ');
  const sha = files.map((file) => file.sha).join('+');
  if (merged.ok) return effective(merged.configuration, sha, sources);
  parts.log.warn(
    { repository: fullName(repository), issues: merged.issues.map(({ message }) => message) },
    'the files do not fit together; the repository file holds alone',
  );
  const alone = checkConfiguration(last.raw, parts.handlers);
  return alone.ok ? effective(alone.configuration, last.sha, last.source) : none;
}

async function organisationRepository({ app }: ConfigurationParts, repository: RepositoryRef): Promise<RepositoryRef | undefined> {
  if (repository.name === ORGANISATION_REPOSITORY) return undefined;
  const installed = await app.listRepositories(repository.installationId);
  return installed.find(({ owner, name }) => owner === repository.owner && name === ORGANISATION_REPOSITORY);
}

/** The file as it is, or its last good version when it is not valid; undefined when there is none. */
async function readFile({ app, store, handlers, clock, log }: ConfigurationParts, repository: RepositoryRef): Promise<File | undefined> {
  const github = await app.installation(repository.installationId);
  const file = await github.readFile(repository, CONFIGURATION_PATH);
  if (!file) return undefined;
  const scope = `repository/${repository.repositoryId}`;
  const source = `${fullName(repository)}/${CONFIGURATION_PATH}`;
  const parsed = parseConfiguration(file.text, handlers);
  const lastGood = await store.getConfiguration(scope);
  if (parsed.ok) {
    if (lastGood?.sha !== file.sha) {
      await store.putConfiguration(scope, {
        sha: file.sha,
        source,
        text: file.text,
        installationId: repository.installationId,
        storedAtMs: clock(),
      });
    }
    return { sha: file.sha, source, raw: parsed.raw };
  }
  log.warn(
    { source, errors: parsed.errors },
    lastGood ? 'configuration is not valid; the last good version holds' : 'configuration is not valid; the bot only reports',
  );
  const good = lastGood && parseConfiguration(lastGood.text, handlers);
  return lastGood && good?.ok ? { sha: lastGood.sha, source: lastGood.source, raw: good.raw } : undefined;
}

function allOn(handlers: readonly Section[]): ReadonlyMap<string, unknown> {
  return new Map(handlers.map(({ name, options }) => [name, options.parse({})]));
}

function effective({ settings, sections }: Configuration, sha: string, source: string): EffectiveConfiguration {
  const { users, associations } = settings.maintainers;
  return {
    sha,
    source,
    mode: settings.mode,
    noise: settings.noise,
    settings,
    sections,
    people: { maintainers: users, associations, bots: [] },
  };
}
