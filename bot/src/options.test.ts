import { describe, expect, it } from 'vitest';
import { botOptions, flagOf, OptionError, parseOptions } from './options.ts';

describe('parseOptions', () => {
  it('fills in embedded defaults that listen on loopback only', () => {
    const options = parseOptions({}, {});
    expect(options).toMatchObject({ host: '127.0.0.1', adminHost: '127.0.0.1', port: 3000, production: false });
    expect(options.appId).toBeUndefined();
  });

  it('lets a flag win over the environment and the environment over the default', () => {
    expect(parseOptions({ port: '4000' }, { PORT: '5000' }).port).toBe(4000);
    expect(parseOptions({}, { PORT: '5000' }).port).toBe(5000);
  });

  it('treats an empty variable as absent', () => {
    expect(parseOptions({}, { PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  it('names the flag and the variable of a wrong value', () => {
    expect(() => parseOptions({ workers: '0' }, {})).toThrow(OptionError);
    expect(() => parseOptions({}, { DATABASE_URL: 'mysql://x' })).toThrow('--database-url (DATABASE_URL)');
  });

  it('recognises production from NODE_ENV alone', () => {
    expect(parseOptions({}, { NODE_ENV: 'production' }).production).toBe(true);
    expect(parseOptions({}, { NODE_ENV: 'test' }).production).toBe(false);
  });

  it('gives every option its own flag and variable', () => {
    const names = Object.keys(botOptions);
    expect(new Set(names.map(flagOf)).size).toBe(names.length);
    expect(new Set(Object.values(botOptions).map((option) => option.env)).size).toBe(names.length);
  });
});
