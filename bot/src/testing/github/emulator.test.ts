import { expect, it } from 'vitest';
import { startEmulator } from './emulator.ts';

it('nobody waits for a GitHub that has stopped', async () => {
  const emulator = await startEmulator({ baseUrl: 'http://127.0.0.1', seed: { github: {} }, onWebhook: () => undefined });
  expect((await emulator.request({ method: 'GET', path: '/zen' })).status).toBe(200);
  await Promise.all([emulator.drain(), emulator.stop()]);
  await emulator.drain();
  await emulator.stop();
  await expect(emulator.request({ method: 'GET', path: '/zen' })).rejects.toThrow();
});
