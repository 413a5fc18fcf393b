import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCredentialHelper } from './credential-helper.ts';
import { refusal } from './test-refusal.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ocm-credential-helper-'));
  vi.stubEnv('PATH', `${directory}:/usr/bin:/bin`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true, force: true });
});

const install = (script: string): void => writeFileSync(join(directory, 'docker-credential-x'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

describe('credential helpers', () => {
  it('get the server on standard input and answer with an account', async () => {
    install('read server; printf \'{"ServerURL":"%s","Username":"%s","Secret":"%s"}\' "$server" "$1" "$server"');
    expect(await runCredentialHelper('x', 'r.example')).toEqual({ username: 'get', secret: 'r.example' });
  });

  it('may know nothing about a server', async () => {
    install('echo "credentials not found in native keychain"; exit 1');
    expect(await runCredentialHelper('x', 'r.example')).toBeUndefined();
  });

  it('end in a typed error when they fail, answer nonsense, too much or do not exist, and are not quoted', async () => {
    for (const script of ['echo s3cr3t; exit 1', 'echo s3cr3t', 'echo \'{"Username":"s3cr3t"}\'', 'head -c 200000 /dev/zero', 'exit 0']) {
      install(script);
      expect(await refusal(() => runCredentialHelper('x', 'r.example'))).toBe('HELPER_FAILED');
      await expect(runCredentialHelper('x', 'r.example')).rejects.toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('s3cr3t') as unknown }),
      );
    }
    expect(await refusal(() => runCredentialHelper('missing', 'r.example'))).toBe('HELPER_FAILED');
  });
});
