import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Registry, type RegistryOptions } from './registry.ts';

let folder = '';
let authority = '';
let server: Server;
let location: string | undefined;
let challenge: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=loopback', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', certificate];
  execFileSync('openssl', [...made, ...subject], { stdio: 'ignore' });
  authority = await readFile(certificate, 'utf8');
  server = createServer({ key: await readFile(key), cert: authority }, (_, response) => {
    if (location !== undefined) response.writeHead(302, { location }).end();
    else if (challenge !== undefined) response.writeHead(401, { 'www-authenticate': challenge }).end();
    else response.end('{"tags":["v1"]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

async function tags(options: RegistryOptions): Promise<readonly string[]> {
  const registry = new Registry(`127.0.0.1:${(server.address() as AddressInfo).port}`, { retry: { attempts: 1 }, ...options });
  const found: string[] = [];
  try {
    for await (const tag of registry.repository('acme/app').tags()) found.push(tag);
  } finally {
    registry.close();
  }
  return found;
}
const trusting = (): RegistryOptions => ({ transportOptions: { certificateAuthorities: [authority] } });

describe('https', () => {
  it('trusts a certificate authority it is given, and none otherwise', async () => {
    expect(await tags(trusting())).toEqual(['v1']);
    await expect(tags({})).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('SELF_SIGNED') });
  });

  it('is never left for http, neither by a redirect nor for a token', async () => {
    location = 'http://127.0.0.1:1/x';
    await expect(tags(trusting())).rejects.toMatchObject({ code: 'REDIRECT' });
    location = undefined;
    challenge = 'Bearer realm="http://127.0.0.1:1/token"';
    const credentials = async () => ({ username: 'u', password: 'p' });
    await expect(tags({ ...trusting(), credentials })).rejects.toMatchObject({ code: 'PROTOCOL' });
    challenge = undefined;
  });
});
