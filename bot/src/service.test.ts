import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { operate } from './cli/client.ts';
import { type Composed, compose } from './compose.ts';
import { loadKnowledge } from './knowledge.ts';
import { createLog } from './operations/log.ts';
import { OPERATION_HEADER } from './operations/operation-routes.ts';
import { parseOptions } from './options.ts';
import type { Service } from './service.ts';
import { openSqliteStore } from './store/sqlite.ts';
import { MemoryGitHub } from './testing/index.ts';

const NOW_MS = Date.parse('2026-09-08T10:00:00Z');
const clock = () => NOW_MS;
const knowledge = loadKnowledge('https://site.example');
const ended: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function serve(env: Record<string, string> = {}): Promise<{ service: Service; composed: Composed }> {
  const store = await openSqliteStore({ path: ':memory:', clock });
  const composed = await compose({
    options: parseOptions({ port: '0', adminPort: '0' }, env),
    store,
    app: new MemoryGitHub(),
    knowledge,
    githubUrl: 'https://github.example',
    secrets: ['secret'],
    clock,
    random: () => 0.5,
    log: createLog('silent'),
    minSpacingMs: 0,
    onApiCall: () => undefined,
  });
  const service = await composed.service();
  ended.push(async () => {
    await service.stop();
    await store.close();
  });
  return { service, composed };
}

/** Status of a request as a client sends it that does not tidy up what it is given. */
function rawGet(base: string, path: string, host?: string): Promise<number> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, agent: false, ...(host === undefined ? {} : { headers: { host } }) }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject).end();
  });
}

const get = (base: string, path: string) => fetch(new URL(path, base));

describe('the two listeners', () => {
  it('both tell health and readiness', async () => {
    const { service } = await serve();
    for (const base of [service.publicUrl, service.adminUrl]) {
      expect((await get(base, '/healthz')).status).toBe(200);
      expect((await get(base, '/readyz')).status).toBe(200);
    }
  });

  it('keep status, metrics and operations off the public one', async () => {
    const { service } = await serve();
    for (const path of ['/', '/metrics', '/api/v1/status.json', '/setup', '/api/v1/operations/decisions']) {
      expect((await get(service.publicUrl, path)).status, path).toBe(404);
      expect((await get(service.adminUrl, path)).status, path).not.toBe(404);
    }
  });

  it('give the SLA feed to everybody, as JSON', async () => {
    const { service } = await serve();
    const response = await get(service.publicUrl, '/api/v1/sla.json');
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toMatchObject({ schemaVersion: 1, items: 0, generatedAt: '2026-09-08T10:00:00.000Z' });
  });

  it('show a page without scripts and metrics under the documented names', async () => {
    const { service } = await serve();
    const page = await get(service.adminUrl, '/');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).not.toContain('<script');
    const metrics = await (await get(service.adminUrl, '/metrics')).text();
    for (const name of [
      'sig_bot_inbox_deliveries',
      'sig_bot_inbox_lag_seconds',
      'sig_bot_outbox_effects',
      'sig_bot_sla_breaches',
      'process_resident_memory_bytes',
    ]) {
      expect(metrics).toContain(`\n${name}`);
    }
  });

  it('have no set-up page in production', async () => {
    const { service } = await serve({ NODE_ENV: 'production' });
    expect((await get(service.adminUrl, '/setup')).status).toBe(404);
  });

  it('on loopback refuse a page that points its own name at this machine', async () => {
    const { service } = await serve();
    const { port } = new URL(service.adminUrl);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'localhost.evil.example', 'a b']) {
      expect(await rawGet(service.adminUrl, '/', host), host).toBe(421);
      expect(await rawGet(service.adminUrl, '/setup', host), host).toBe(421);
    }
    for (const host of [`localhost:${port}`, 'LOCALHOST', '[::1]:3001', '127.0.0.1']) {
      expect(await rawGet(service.adminUrl, '/', host), host).toBe(200);
    }
  });

  it('take a path that is no URL for one that is not there', async () => {
    const { service } = await serve();
    for (const base of [service.publicUrl, service.adminUrl]) expect(await rawGet(base, '//'), base).toBe(404);
  });

  it('answer other methods and unknown paths with a reason', async () => {
    const { service } = await serve();
    expect((await fetch(new URL('/metrics', service.adminUrl), { method: 'DELETE' })).status).toBe(405);
    expect((await get(service.publicUrl, '/nothing')).status).toBe(404);
  });
});

describe('operations', () => {
  it('are refused without the header that a browser cannot forge', async () => {
    const { service } = await serve();
    const url = new URL('/api/v1/operations/decisions', service.adminUrl);
    const response = await fetch(url, { method: 'POST', body: '{}' });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain(OPERATION_HEADER);
  });

  it('answer a caller and name what is wrong with a request', async () => {
    const { service } = await serve();
    expect(await operate(service.adminUrl, 'decisions', {})).toEqual([]);
    expect(await operate(service.adminUrl, 'dead-letters/replay', {})).toEqual({ replayed: 0 });
    await expect(operate(service.adminUrl, 'undo', {})).rejects.toThrow(/either which effects/);
    await expect(operate(service.adminUrl, 'decisions', { limit: 0 })).rejects.toThrow(/limit/);
    await expect(operate(service.adminUrl, 'policy-replay', { configuration: 'version: 2', from: '2026-01-01T00:00:00Z' })).rejects.toThrow(
      /version/,
    );
  });

  it('tell a caller when no bot answers', async () => {
    await expect(operate('http://127.0.0.1:1', 'decisions', {})).rejects.toThrow(/no bot answers at .*npm start/);
  });
});
