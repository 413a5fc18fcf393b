import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { listen } from './listen.ts';

const nobody = async () => false;

it('closes although somebody holds a connection with half a request', async () => {
  const listener = await listen('127.0.0.1', 0, [nobody], () => undefined, 10);
  const socket = connect(listener.port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf');
  await once(socket, 'data');
  const ended = once(socket, 'close');
  await listener.close();
  await ended;
  expect(socket.destroyed).toBe(true);
});

it('says which address is taken and what to do', async () => {
  const first = await listen('127.0.0.1', 0, [nobody], () => undefined);
  const second = listen('127.0.0.1', first.port, [nobody], () => undefined);
  await expect(second).rejects.toMatchObject({ code: 'LISTEN_FAILED', message: expect.stringContaining(`127.0.0.1:${first.port}`) });
  await first.close();
});

it('answers what nobody knows with 404, and an answerer that fails with a neutral 500', async () => {
  const errors: unknown[] = [];
  const failing = async () => Promise.reject(new Error('inner secret'));
  const [empty, broken] = [
    await listen('127.0.0.1', 0, [nobody], () => undefined),
    await listen('127.0.0.1', 0, [failing], (error) => errors.push(error)),
  ];
  expect((await fetch(empty.url)).status).toBe(404);
  const response = await fetch(broken.url);
  expect([response.status, await response.text(), errors.length]).toEqual([500, '', 1]);
  await Promise.all([empty.close(), broken.close()]);
});
