import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCredentials, readCredentialsConfig } from './credentials.ts';
import type { ConsumerIdentity } from './identity.ts';
import { refusal } from './test-refusal.ts';

const direct = (properties: Record<string, unknown>) => ({ type: 'Credentials/v1', properties });
const config = (...consumers: readonly object[]) => ({ type: 'credentials.config.ocm.software', consumers });
const find = (requested: ConsumerIdentity, ...consumers: readonly object[]) =>
  findCredentials(readCredentialsConfig([config(...consumers)]).consumers, requested)?.properties;
const host = { type: 'OCIRegistry', hostname: 'r.example' };

describe('credentials of consumers', () => {
  it('are found for an equal identity before any pattern', () => {
    const found = find(
      { ...host, path: 'a/b' },
      { identity: { ...host, path: 'a/*' }, credentials: [direct({ username: 'pattern' })] },
      { identity: { ...host, path: 'a/b' }, credentials: [direct({ username: 'exact' })] },
      { identities: [host, { ...host, path: '*/*' }], credentials: [direct({ username: 'wide' })] },
    );
    expect(found).toEqual({ username: 'exact' });
  });

  it('go by the path that spells out more, then by the number of attributes, then by the last word', () => {
    const asked = { ...host, scheme: 'https', path: 'team/app' };
    const of = (identity: object, username: string) => ({ identity: { ...host, ...identity }, credentials: [direct({ username })] });
    expect(find(asked, of({ path: 'team/*' }, 'team'), of({ scheme: 'https', port: '443' }, 'host'))).toEqual({ username: 'team' });
    expect(find(asked, of({ scheme: 'https', port: '443' }, 'host and scheme'), of({ port: '443' }, 'port'))).toEqual({
      username: 'host and scheme',
    });
    expect(find(asked, of({ path: '*/app*' }, 'one'), of({ path: '*app/*' }, 'no'), of({ path: '*/*app' }, 'two'))).toEqual({
      username: 'two',
    });
  });

  it('merge what is said about one identity, field by field, later ones winning', () => {
    const found = find(
      host,
      { identity: host, credentials: [direct({ username: 'a', password: 'p' })] },
      { identity: { hostname: 'r.example', type: 'OCIRegistry' }, credentials: [direct({ username: 'b' })] },
    );
    expect(found).toEqual({ username: 'b', password: 'p' });
  });

  it('prefer a typed kind to direct ones, and the last typed one', () => {
    const typed = (username: string) => ({ type: 'OCICredentials/v1', username, password: null });
    const { consumers } = readCredentialsConfig([
      config({ identity: host, credentials: [typed('a'), typed('b'), direct({ username: 'c' })] }),
    ]);
    expect(findCredentials(consumers, host)).toEqual({ type: 'OCICredentials/v1', properties: { username: 'b' } });
  });

  it('read a port without quotes as text, and refuse a secret without quotes, unprinted', async () => {
    expect(find({ ...host, port: '5000' }, { identity: { ...host, port: 5000 }, credentials: [direct({ a: 'b' })] })).toEqual({ a: 'b' });
    const read = () => readCredentialsConfig([config({ identity: host, credentials: [direct({ password: 12345 })] })]);
    expect(await refusal(read)).toBe('SCHEMA');
    expect(read).toThrow(expect.objectContaining({ message: expect.not.stringContaining('12345') as unknown }));
  });

  it('that only come from an unsupported kind are an error, not an anonymous request', async () => {
    const vault = { identity: host, credentials: [{ type: 'HashiCorpVault/v1', serverURL: 'https://v' }] };
    expect(await refusal(() => find(host, vault))).toBe('CREDENTIALS_UNSUPPORTED');
    expect(find({ ...host, hostname: 'other' }, vault)).toBeUndefined();
    expect(find(host, vault, { identity: host, credentials: [direct({ a: 'b' })] })).toEqual({ a: 'b' });
  });

  it('refuse a path that is no pattern when they are read', async () => {
    expect(await refusal(() => readCredentialsConfig([config({ identity: { ...host, path: '[' }, credentials: [] })]))).toBe('PATTERN');
  });

  it('come with credential repositories in order, and are nothing without configuration', () => {
    const repository = { type: 'DockerConfig/v1', dockerConfigFile: '~/x' };
    expect(readCredentialsConfig([{ ...config(), repositories: [{ repository }] }])).toEqual({ consumers: [], repositories: [repository] });
    expect(readCredentialsConfig([{ type: 'other' }])).toEqual({ consumers: [], repositories: [] });
  });

  it('do not depend on the order of consumers that differ in rank or do not match', () => {
    const part = fc.constantFrom('a', 'bb', 'ccc');
    const identity = fc.record(
      { hostname: fc.constantFrom('r.example', 's.example'), path: fc.array(part, { minLength: 1, maxLength: 3 }).map((p) => p.join('/')) },
      { requiredKeys: ['hostname'] },
    );
    const distinct = fc.uniqueArray(identity, { selector: (each) => JSON.stringify(each), maxLength: 8 });
    const shuffled = distinct.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), identity));
    fc.assert(
      fc.property(shuffled, ([list, other, requested]) => {
        const consumers = (identities: typeof list) =>
          identities.map((each) => ({ identity: { type: 'OCIRegistry', ...each }, credentials: [direct({ for: JSON.stringify(each) })] }));
        const asked = { type: 'OCIRegistry', ...requested };
        expect(find(asked, ...consumers(other))).toEqual(find(asked, ...consumers(list)));
      }),
      { numRuns: 150 },
    );
  });
});
