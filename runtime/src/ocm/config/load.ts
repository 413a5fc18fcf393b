import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type DockerConfig, readDockerConfig } from './docker.ts';
import { type ConfigEntry, isOfType } from './entry.ts';
import { ConfigError } from './error.ts';
import { flattenConfig } from './generic.ts';
import { maxConfigBytes, readYaml } from './read-yaml.ts';

/** The parts of the environment that decide where configuration is found; programs pass them in. */
export type Surroundings = {
  readonly ocmConfig?: string | undefined;
  readonly xdgConfigHome?: string | undefined;
  readonly home?: string | undefined;
  readonly dockerConfigDirectory?: string | undefined;
  readonly workingDirectory: string;
};

/** Where the official command line looks, in ascending priority. */
export function configPaths({ ocmConfig, xdgConfigHome, home, workingDirectory }: Surroundings): readonly string[] {
  const below = (directory: string | undefined, names: readonly string[]) => (directory ? names.map((name) => join(directory, name)) : []);
  return [
    ...(ocmConfig ? [ocmConfig] : []),
    ...below(xdgConfigHome, ['ocm/config', '.ocmconfig']),
    ...below(home, ['.config/ocm/config', '.config/.ocmconfig', '.ocm/config', '.ocmconfig']),
    ...below(workingDirectory, ['.ocm/config', '.ocmconfig']),
  ];
}

/**
 * The entries of configuration files, flattened, in ascending priority.
 * @param paths `required` ones must exist (`--config`), `optional` ones may be missing but not broken
 * @throws ConfigError `UNREADABLE`, `TOO_LARGE`, `SYNTAX`, `SCHEMA`
 */
export async function loadConfig(paths: readonly string[], presence: 'required' | 'optional'): Promise<readonly ConfigEntry[]> {
  const entries: ConfigEntry[] = [];
  for (const path of paths) {
    const text = await readText(path);
    if (text === undefined && presence === 'required') throw new ConfigError('UNREADABLE', `configuration ${path} does not exist`);
    if (text !== undefined) entries.push(...flattenConfig([readYaml(text, path)], path));
  }
  return entries;
}

/**
 * The docker configs that credential repositories (`DockerConfig/v1`) stand for: inline, a file (`~` is the home directory), or
 * the user's own. Files that do not exist offer nothing.
 * @throws ConfigError `CREDENTIALS_UNSUPPORTED` for another kind of repository, `SCHEMA`, and as `loadConfig`
 */
export async function loadDockerConfigs(
  repositories: readonly ConfigEntry[],
  surroundings: Pick<Surroundings, 'home' | 'dockerConfigDirectory'>,
): Promise<readonly DockerConfig[]> {
  const configs: DockerConfig[] = [];
  for (const repository of repositories) {
    if (!isOfType(repository, 'DockerConfig', 'v1')) {
      throw new ConfigError('CREDENTIALS_UNSUPPORTED', `credential repository ${repository.type} is not supported; DockerConfig/v1 is`);
    }
    const { dockerConfig, dockerConfigFile } = repository;
    if (typeof dockerConfig === 'string' && dockerConfig !== '') {
      configs.push(readDockerConfig(dockerConfig, 'inline docker config'));
      continue;
    }
    const path = dockerPath(typeof dockerConfigFile === 'string' ? dockerConfigFile : '', surroundings);
    const text = path === undefined ? undefined : await readText(path);
    if (path !== undefined && text !== undefined) configs.push(readDockerConfig(text, path));
  }
  return configs;
}

function dockerPath(
  named: string,
  { home, dockerConfigDirectory }: Pick<Surroundings, 'home' | 'dockerConfigDirectory'>,
): string | undefined {
  if (named.startsWith('~/')) return home === undefined ? undefined : join(home, named.slice(2));
  if (named !== '') return named;
  if (dockerConfigDirectory) return join(dockerConfigDirectory, 'config.json');
  return home === undefined ? undefined : join(home, '.docker', 'config.json');
}

/** The text of a file, undefined when there is none; its size is looked at before it is read. */
async function readText(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    if (size > maxConfigBytes) throw new ConfigError('TOO_LARGE', `${path} is larger than ${maxConfigBytes} bytes`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ConfigError('UNREADABLE', `${path} cannot be read (${code})`, { cause: error });
  }
}
