import type { EffectiveConfiguration } from '../decide.ts';
import type { BotEvent } from '../event.ts';
import { CONFIGURATION_PATH } from '../gather.ts';
import { type GitHubApp, GitHubError } from '../github/port.ts';
import { fullName, type RepositoryRef } from '../item.ts';
import type { Logger } from '../operations/log.ts';
import type { Store } from '../store/port.ts';
import { parseConfiguration } from './parse.ts';
import { type ConfigurationFile, resolveConfiguration } from './resolve.ts';
import type { Configuration, Section } from './schema.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

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
  const files = {
    repository: await readFile(parts, repository),
    organisation: organisation && (await readFile(parts, organisation)),
  };
  const result = resolveConfiguration(files, parts.handlers);
  if (result.ok) {
    const { sha, source, configuration } = result.resolved;
    if (sha === 'default') return none;
    return effective(configuration, sha, source, await maintainersOf(parts, repository, configuration.settings.maintainers));
  }
  parts.log.warn(
    { repository: fullName(repository), file: result.file, errors: result.errors },
    'the two files do not fit together; the bot only reports',
  );
  return none;
}

async function organisationRepository({ app }: ConfigurationParts, repository: RepositoryRef): Promise<RepositoryRef | undefined> {
  if (repository.name === ORGANISATION_REPOSITORY) return undefined;
  const installed = await app.listRepositories(repository.installationId);
  return installed.find(({ owner, name }) => owner === repository.owner && name === ORGANISATION_REPOSITORY);
}

/** The file as it is, or its last good version when it is not valid; undefined when there is none. */
async function readFile(parts: ConfigurationParts, repository: RepositoryRef): Promise<ConfigurationFile | undefined> {
  const { app, store, handlers, clock, log } = parts;
  const scope = `repository/${repository.repositoryId}`;
  const source = `${fullName(repository)}/${CONFIGURATION_PATH}`;
  const lastGood = await store.getConfiguration(scope);
  let file: ConfigurationFile | undefined;
  try {
    file = await (await app.installation(repository.installationId)).readFile(repository, CONFIGURATION_PATH);
  } catch (error) {
    if (!(error instanceof GitHubError && (error.code === 'FORBIDDEN' || error.code === 'VALIDATION'))) throw error;
    log.warn({ source, err: error }, `configuration cannot be read; ${lastGood ? 'its last good version holds' : 'the bot only reports'}`);
    return lastGood;
  }
  if (!file) return undefined;
  if (lastGood?.sha === file.sha) return file;
  const parsed = parseConfiguration(file.text, handlers);
  if (parsed.ok) {
    await store.putConfiguration(scope, { ...file, source, installationId: repository.installationId, storedAtMs: clock() });
    return file;
  }
  log.warn(
    { source, errors: parsed.errors },
    lastGood ? 'configuration is not valid; its last good version holds' : 'configuration is not valid; the bot only reports',
  );
  return lastGood;
}

function allOn(handlers: readonly Section[]): ReadonlyMap<string, unknown> {
  return new Map(handlers.map(({ name, options }) => [name, options.parse({})]));
}

/** Maintainers by name and by team. A team that cannot be read is left out, and said. */
async function maintainersOf(
  { app, log }: ConfigurationParts,
  repository: RepositoryRef,
  { users, teams }: Settings['maintainers'],
): Promise<readonly string[]> {
  if (teams.length === 0) return users;
  const github = await app.installation(repository.installationId);
  const members = await Promise.all(
    teams.map(async (name) => {
      const [organisation = '', team = ''] = name.split('/');
      try {
        return await github.listTeamMembers(organisation, team);
      } catch (error) {
        if (!(error instanceof GitHubError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN'))) throw error;
        log.warn({ team: name, err: error }, 'maintainer team cannot be read; the App needs members: read and the team must exist');
        return [];
      }
    }),
  );
  return [...users, ...members.flat()];
}

function effective(
  { settings, sections }: Configuration,
  sha: string,
  source: string,
  maintainers: readonly string[] = settings.maintainers.users,
): EffectiveConfiguration {
  return {
    sha,
    source,
    mode: settings.mode,
    noise: settings.noise,
    settings,
    sections,
    people: { maintainers, associations: settings.maintainers.associations, bots: [] },
  };
}
