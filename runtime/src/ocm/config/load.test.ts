import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCredentialsConfig } from './credentials.ts';
import { findDockerCredentials } from './docker.ts';
import { configPaths, loadConfig, loadDockerConfigs } from './load.ts';
import { maxConfigBytes } from './read-yaml.ts';
import { rsaIdentity, rsaKeySources } from './rsa-credentials.ts';
import { refusal } from './test-refusal.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ocm-config-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (name: string, text: string): string => {
  const path = join(home, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

describe('configuration files', () => {
  it('are looked for where the official command line looks, the nearest with the last word', () => {
    expect(configPaths({ ocmConfig: '/e/c', xdgConfigHome: '/x', home: '/h', workingDirectory: '/w' })).toEqual([
      '/e/c',
      '/x/ocm/config',
      '/x/.ocmconfig',
      '/h/.config/ocm/config',
      '/h/.config/.ocmconfig',
      '/h/.ocm/config',
      '/h/.ocmconfig',
      '/w/.ocm/config',
      '/w/.ocmconfig',
    ]);
  });

  it('are merged in order; missing ones matter only when they were named', async () => {
    const first = write('a', 'type: generic.config.ocm.software/v1\nconfigurations: [{type: one}]');
    const second = write('b', '{"type":"two"}');
    expect(await loadConfig([first, join(home, 'none'), second], 'optional')).toEqual([{ type: 'one' }, { type: 'two' }]);
    expect(await refusal(() => loadConfig([join(home, 'none')], 'required'))).toBe('UNREADABLE');
  });

  it('are refused when broken, too large or no file, also when they were only looked for', async () => {
    expect(await refusal(() => loadConfig([write('c', 'a: [')], 'optional'))).toBe('SYNTAX');
    expect(await refusal(() => loadConfig([write('d', ' '.repeat(maxConfigBytes + 1))], 'optional'))).toBe('TOO_LARGE');
    expect(await refusal(() => loadConfig([home], 'optional'))).toBe('UNREADABLE');
  });

  it('carry the keys of signatures', async () => {
    const path = write(
      '.ocmconfig',
      `type: generic.config.ocm.software/v1
configurations:
- type: credentials.config.ocm.software
  consumers:
  - identity: {type: RSA/v1alpha1, algorithm: RSASSA-PSS, signature: release}
    credentials:
    - {type: Credentials/v1, properties: {public_key_pem_file: k.pub, private_key_pem: secret}}
`,
    );
    const { consumers } = readCredentialsConfig(await loadConfig([path], 'required'));
    const [consumer] = consumers;
    expect(consumer?.identity).toEqual(rsaIdentity('RSASSA-PSS', 'release'));
    expect(rsaKeySources(consumer!.credentials!)).toEqual({
      publicKey: { kind: 'file', path: 'k.pub' },
      privateKey: { kind: 'pem', pem: 'secret' },
    });
    expect(rsaKeySources({ type: 'RSACredentials/v1', properties: { publicKeyPEM: 'p', publicKeyPEMFile: 'f' } })).toEqual({
      publicKey: { kind: 'pem', pem: 'p' },
    });
  });
});

describe('docker config repositories', () => {
  const auths = (user: string) => JSON.stringify({ auths: { 'r.example': { username: user, password: 'p' } } });
  const users = async (...repositories: readonly { type: string; [field: string]: string }[]) => {
    const configs = await loadDockerConfigs(repositories, { home });
    const found = await Promise.all(configs.map((config) => findDockerCredentials(config, { hostname: 'r.example' })));
    return found.map((credentials) => credentials?.properties.username);
  };

  it('are inline, a file, a file below the home directory, or the user’s own; missing files offer nothing', async () => {
    const path = write('docker.json', auths('file'));
    write('.docker/config.json', auths('own'));
    const type = 'DockerConfig/v1';
    expect(
      await users(
        { type, dockerConfig: auths('inline') },
        { type, dockerConfigFile: path },
        { type, dockerConfigFile: '~/docker.json' },
        { type: 'DockerConfig' },
        { type, dockerConfigFile: '~/none.json' },
      ),
    ).toEqual(['inline', 'file', 'file', 'own']);
  });

  it('of another kind are refused, as is an unreadable one', async () => {
    expect(await refusal(() => users({ type: 'HashiCorpVault/v1' }))).toBe('CREDENTIALS_UNSUPPORTED');
    const directory = join(home, 'directory');
    mkdirSync(directory);
    chmodSync(directory, 0o700);
    expect(await refusal(() => users({ type: 'DockerConfig/v1', dockerConfigFile: directory }))).toBe('UNREADABLE');
  });
});
