import { describe, expect, it } from 'vitest';
import { type CredentialHelper, findDockerCredentials, readDockerConfig } from './docker.ts';
import { ConfigError } from './error.ts';
import { resolveCredentials } from './store.ts';
import { refusal } from './test-refusal.ts';

const account = (user: string) => ({ auth: Buffer.from(`${user}:p:${user}`).toString('base64') });
const read = (config: object) => readDockerConfig(JSON.stringify(config), 'docker config');
const user = async (config: object, identity: Record<string, string>, helper?: CredentialHelper) =>
  (await findDockerCredentials(read(config), identity, helper))?.properties;

describe('docker configs', () => {
  it('give the account of a host; a colon belongs to the password', async () => {
    expect(await user({ auths: { 'r.example': account('u') } }, { hostname: 'r.example' })).toEqual({ username: 'u', password: 'p:u' });
    expect(await user({ auths: { 'r.example': account('u') } }, { hostname: 's.example' })).toBeUndefined();
    expect(await user({ auths: { 'r.example': account('u') } }, {})).toBeUndefined();
  });

  it('give plain fields and tokens, and nothing for an empty account', async () => {
    const auths = { a: { username: 'u', password: 'p' }, b: { identitytoken: 'r', registrytoken: 't' }, c: {}, d: null };
    expect(await user({ auths }, { hostname: 'a' })).toEqual({ username: 'u', password: 'p' });
    expect(await user({ auths }, { hostname: 'b' })).toEqual({ refreshToken: 'r', accessToken: 't' });
    expect(await user({ auths }, { hostname: 'c' })).toBeUndefined();
    const padded = { a: { auth: Buffer.from('u:p\0\0').toString('base64') } };
    expect(await user({ auths: padded }, { hostname: 'a' })).toEqual({ username: 'u', password: 'p' });
  });

  it('keep docker.io under the address of its index, and read URLs as hosts', async () => {
    expect(await user({ auths: { 'https://index.docker.io/v1/': account('hub') } }, { hostname: 'docker.io' })).toMatchObject({
      username: 'hub',
    });
    expect(await user({ auths: { 'http://r.example/v2/': account('u') } }, { hostname: 'r.example' })).toMatchObject({ username: 'u' });
  });

  it('are asked for the host with its port when the host alone is unknown', async () => {
    const auths = { 'r.example:5000': account('port') };
    expect(await user({ auths }, { hostname: 'r.example', port: '5000' })).toMatchObject({ username: 'port' });
    expect(await user({ auths }, { hostname: 'r.example' })).toBeUndefined();
  });

  it('choose among paths the one that leads furthest, in any order of writing', async () => {
    const auths = { 'r.example/a': account('a'), 'r.example/a/b': account('ab'), 'r.example/c': account('c') };
    const reversed = Object.fromEntries(Object.entries(auths).reverse());
    for (const each of [auths, reversed]) {
      expect(await user({ auths: each }, { hostname: 'r.example', path: 'a/b/x' })).toMatchObject({ username: 'ab' });
      expect(await user({ auths: each }, { hostname: 'r.example', path: 'ax' })).toBeUndefined();
      expect(await user({ auths: each }, { hostname: 'r.example' })).toMatchObject({ username: 'a' });
    }
  });

  it('ask the helper of a registry, the store for the others, and the file when they have nothing', async () => {
    const asked: string[] = [];
    const helper: CredentialHelper = async (name, server) => {
      asked.push(`${name} ${server}`);
      return server === 'a' ? { username: '<token>', secret: 't' } : server === 'b' ? { username: 'u', secret: 's' } : undefined;
    };
    const config = { auths: { c: account('file') }, credHelpers: { a: 'cloud' }, credsStore: 'desktop' };
    expect(await user(config, { hostname: 'a' }, helper)).toEqual({ refreshToken: 't' });
    expect(await user(config, { hostname: 'b' }, helper)).toEqual({ username: 'u', password: 's' });
    expect(await user(config, { hostname: 'c' }, helper)).toMatchObject({ username: 'file' });
    expect(await user(config, { hostname: 'docker.io' }, helper)).toBeUndefined();
    expect(asked).toEqual(['cloud a', 'desktop b', 'desktop c', 'desktop https://index.docker.io/v1/']);
    expect(await user(config, { hostname: 'a' })).toBeUndefined();
  });

  it('are refused when malformed, without a word of their secrets', async () => {
    expect(await refusal(() => read({ auths: { a: { auth: Buffer.from('nocolon').toString('base64') } } }))).toBe('SCHEMA');
    expect(await refusal(() => read({ auths: [] }))).toBe('SCHEMA');
    expect(await refusal(() => read({ credsStore: '../../bin/sh' }))).toBe('SCHEMA');
    expect(await refusal(() => read({ credHelpers: { a: 'x; rm' } }))).toBe('SCHEMA');
    expect(() => read({ auths: { a: { auth: Buffer.from('s3cr3t').toString('base64'), password: 's3cr3t' } } })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('s3cr3t') as unknown }),
    );
  });

  it('are asked after consumers, for OCI registries only, and faults of helpers come through', async () => {
    const dockerConfigs = [read({}), read({ auths: { 'r.example': account('docker') } })];
    const registry = { type: 'OCIRegistry', hostname: 'r.example' };
    expect((await resolveCredentials({ consumers: [], dockerConfigs }, registry))?.properties).toMatchObject({ username: 'docker' });
    expect(await resolveCredentials({ consumers: [], dockerConfigs }, { ...registry, type: 'Wget' })).toBeUndefined();
    const consumer = { identity: registry, credentials: { type: 'Credentials/v1', properties: { username: 'mine' } }, unsupported: [] };
    expect((await resolveCredentials({ consumers: [consumer], dockerConfigs }, registry))?.properties).toEqual({ username: 'mine' });
    const helper: CredentialHelper = () => Promise.reject(new ConfigError('HELPER_FAILED', 'no'));
    const faulty = { consumers: [], dockerConfigs: [read({ credsStore: 'x' })], helper };
    expect(await refusal(() => resolveCredentials(faulty, registry))).toBe('HELPER_FAILED');
  });
});
