import examples from '@octokit/webhooks-examples' with { type: 'json' };
import { expect, it } from 'vitest';
import type { BotEvent } from '../../bot/src/event.ts';
import { createDoor, WEBHOOK_PATH } from '../../bot/src/intake/door.ts';
import { sign } from '../../bot/src/intake/signature.ts';
import { subjectOf } from '../../bot/src/item.ts';
import { openSqliteStore } from '../../bot/src/store/sqlite.ts';
import { serve } from '../../bot/src/testing/http.ts';
import { createWorker } from '../../bot/src/worker/worker.ts';

const SECRET = 'x'.repeat(32);

it("takes every payload of GitHub's examples through the door, and decides or ignores each", async () => {
  const store = await openSqliteStore({ path: ':memory:', clock: () => 0 });
  const server = await serve(createDoor({ store, secrets: [SECRET], redact: (payload) => payload, clock: () => 0 }));
  const sent = (examples as unknown as { name: string; examples: object[] }[]).flatMap((definition) =>
    definition.examples.map((payload) => ({ name: definition.name, payload })),
  );
  for (const [n, { name, payload }] of sent.entries()) {
    const body = JSON.stringify(payload);
    const headers = {
      'content-type': 'application/json',
      'x-github-event': name,
      'x-github-delivery': `e-${n}`,
      'x-hub-signature-256': sign(body, SECRET),
    };
    expect((await fetch(server.url + WEBHOOK_PATH, { method: 'POST', headers, body })).status, `${name} ${n}`).toBe(202);
  }
  const decided: BotEvent[] = [];
  const buried: string[] = [];
  const worker = createWorker({
    store,
    clock: () => 1,
    random: () => 0,
    decide: async (event) => {
      decided.push(event);
      return { configSha: 'default', decisions: [], timeline: [], subject: subjectOf(event) };
    },
    onResult: ({ kind, event }) => (kind === 'buried' ? buried.push(event) : undefined),
  });
  const gone = await worker.drain();
  // One example is `installation.deleted`: its installation's other deliveries go with it, undecided or not.
  expect(gone).toBeGreaterThan(sent.length - 40);
  expect(buried).toEqual([]);
  expect(decided.length).toBeGreaterThan(100);
  expect((await store.counts(1)).deliveries).toMatchObject({ pending: 0, dead: 0 });
  await server.close();
  await store.close();
});
