import { type Credentials, type CredentialsConfig, findCredentials } from './credentials.ts';
import { type CredentialHelper, type DockerConfig, findDockerCredentials } from './docker.ts';
import type { ConsumerIdentity } from './identity.ts';

/** Everything credentials can come from, in the order it is asked: consumers, then docker configs for OCI registries. */
export type CredentialSources = {
  readonly consumers: CredentialsConfig['consumers'];
  readonly dockerConfigs: readonly DockerConfig[];
  readonly helper?: CredentialHelper;
};

/**
 * Credentials for an identity, or undefined when nothing is configured for it: whether to go on without is the caller's decision.
 * @throws ConfigError `CREDENTIALS_UNSUPPORTED`, `HELPER_FAILED`
 */
export async function resolveCredentials(sources: CredentialSources, requested: ConsumerIdentity): Promise<Credentials | undefined> {
  const configured = findCredentials(sources.consumers, requested);
  if (configured !== undefined || requested.type !== 'OCIRegistry') return configured;
  for (const config of sources.dockerConfigs) {
    const found = await findDockerCredentials(config, requested, sources.helper);
    if (found !== undefined) return found;
  }
  return undefined;
}
