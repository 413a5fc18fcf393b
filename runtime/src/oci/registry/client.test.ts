import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../content/bytes.ts';
import { describe as descriptorOf } from '../content/descriptor.ts';
import { digestOf } from '../content/digest.ts';
import { MEDIA_TYPES } from '../content/media-types.ts';
import { isOciError } from '../error.ts';
import { type ScriptedServer, scriptedServer } from '../testing/scripted-server.ts';
import { Registry } from './registry.ts';

type Answer = { status: number; headers: Record<string, string>; body: Buffer };

let answer: Answer = { status: 200, headers: {}, body: Buffer.alloc(0) };
let server: ScriptedServer;
let registry: Registry;
beforeAll(async () => {
  server = await scriptedServer((_, response) => {
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    response.statusCode = answer.status;
    response.end(answer.body);
  });
  registry = new Registry(server.host, { plainHttp: true, retry: { attempts: 1 }, transportOptions: { timeoutMs: 2000 } });
});
afterAll(async () => {
  registry.close();
  await server[Symbol.asyncDispose]();
});

const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests: [] }));
const index = descriptorOf(bytes, MEDIA_TYPES.index);
const headerText = fc.string({ unit: fc.constantFrom(...'aB0<>;="/,: -'), maxLength: 40 });
const answers: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom(200, 200, 200, 200, 201, 202, 206, 302, 307, 400, 401, 403, 404, 416, 429, 500, 503),
  headers: fc
    .record(
      {
        'content-type': fc.constantFrom(MEDIA_TYPES.index, MEDIA_TYPES.manifest, 'text/html', 'application/json'),
        'docker-content-digest': fc.constantFrom(index.digest, digestOf('other'), 'sha256:1', ''),
        location: fc.oneof(headerText, fc.constantFrom('http://[', '//', '/x', 'data:,x')),
        link: fc.oneof(headerText, fc.constant('</next>; rel="next"')),
        'www-authenticate': fc.oneof(headerText, fc.constantFrom('Bearer realm="x"', 'Bearer realm="data:,x"')),
        range: fc.oneof(headerText, fc.constantFrom('0-9', '0-999999', '9-0')),
      },
      { requiredKeys: [] },
    )
    .map((headers) => Object.fromEntries(Object.entries(headers).filter(([, value]) => value.trim() === value)) as Record<string, string>),
  body: fc.oneof(
    fc.constant(bytes),
    fc.json().map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 64 }).map((raw) => Buffer.from(raw)),
    fc
      .record({ tags: fc.jsonValue(), manifests: fc.jsonValue(), token: fc.jsonValue() })
      .map((value) => Buffer.from(JSON.stringify(value))),
  ),
});

/** Every way of asking; each result is checked for what it promises. */
const calls: Record<string, () => Promise<void>> = {
  resolve: async () => expect(['sha256', 'sha512']).toContain((await registry.repository('a').resolve('v1')).digest.split(':')[0]),
  fetchManifest: async () => {
    const found = await registry.repository('a').fetchManifest(index.digest);
    expect(digestOf(found.bytes)).toBe(index.digest);
  },
  fetch: async () => {
    const blob = { ...index, mediaType: MEDIA_TYPES.octetStream };
    expect(digestOf(await collect(await registry.repository('a').fetch(blob), 1000, 'test'))).toBe(index.digest);
  },
  tags: async () => {
    let count = 0;
    for await (const tag of registry.repository('a').tags()) {
      expect(typeof tag).toBe('string');
      count += 1;
      if (count > 100) break;
    }
  },
  referrers: async () => {
    for await (const found of registry.repository('a').referrers(index)) expect(found.digest).toMatch(/^sha(256|512):/);
  },
  push: () => registry.repository('a').push({ ...index, mediaType: MEDIA_TYPES.octetStream }, { open: () => one() }),
  ping: () => registry.ping(),
};
async function* one(): AsyncIterable<Uint8Array> {
  yield bytes;
}

describe('whatever a registry answers', () => {
  it.each(Object.keys(calls))('%s keeps its promise or ends in a typed error', async (name) => {
    await fc.assert(
      fc.asyncProperty(answers, async (next) => {
        answer = next;
        try {
          await calls[name]?.();
        } catch (error) {
          if (!isOciError(error)) throw error;
        }
      }),
      { numRuns: 80 },
    );
  });
});
