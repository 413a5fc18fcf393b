import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { describeStore } from '../testing/store-contract.ts';
import type { NewDelivery } from './port.ts';
import { openSqliteStore } from './sqlite.ts';

describeStore('SQLite', () => openSqliteStore({ path: ':memory:', clock: () => 0 }));

describe('a SQLite file', () => {
  const directories: string[] = [];
  const file = () => {
    const directory = mkdtempSync(join(tmpdir(), 'sig-runtime-store-'));
    directories.push(directory);
    return join(directory, 'below', 'bot.db');
  };
  afterEach(() => {
    for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
  });

  it('keeps everything when closed and opened again, and gives leases of the former owner free', async () => {
    const path = file();
    const first = await openSqliteStore({ path, clock: () => 0 });
    await first.accept(delivery('g'));
    await first.leaseDelivery({ nowMs: 0, leaseMs: 1e9 });
    await first.close();
    const second = await openSqliteStore({ path, clock: () => 0 });
    expect(await second.accept(delivery('g'))).toBe('duplicate');
    expect(await second.leaseDelivery({ nowMs: 1, leaseMs: 1 })).toMatchObject({ guid: 'g', attempts: 2 });
    await second.close();
  });

  it('does not grow once payloads expire as fast as new ones come', async () => {
    const path = file();
    const sizes: number[] = [];
    for (let month = 0; month < 4; month += 1) {
      const store = await openSqliteStore({ path, clock: () => 0 });
      for (let n = 0; n < 150; n += 1) await store.accept({ ...delivery(`${month}-${n}`), payload: 'x'.repeat(10_000) });
      for (let n = 0; n < 150; n += 1) {
        const lease = await store.leaseDelivery({ nowMs: 0, leaseMs: 1_000 });
        await store.completeDelivery(lease!.lease, { nowMs: 0 });
      }
      await store.expirePayloads(1);
      await store.close();
      sizes.push(statSync(path).size);
    }
    expect(sizes[3]! / sizes[0]!).toBeLessThan(1.2);
  });

  it('has one owner at a time', async () => {
    const path = file();
    const owner = await openSqliteStore({ path, clock: () => 0 });
    await expect(openSqliteStore({ path, clock: () => 0 })).rejects.toMatchObject({ code: 'IN_USE' });
    await owner.close();
    const next = await openSqliteStore({ path, clock: () => 0 });
    await next.ping();
    await next.close();
    expect(existsSync(path)).toBe(true);
  });
});

function delivery(guid: string): NewDelivery {
  return { guid, event: 'issues', source: 'webhook', subject: 's', payload: {}, receivedAtMs: 0 };
}
