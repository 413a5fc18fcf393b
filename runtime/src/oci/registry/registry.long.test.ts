import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ByteStream, type Content, collect, fromBytes } from '../content/bytes.ts';
import { copyGraph } from '../content/copy.ts';
import { type Descriptor, describe as descriptorOf } from '../content/descriptor.ts';
import { digestOf } from '../content/digest.ts';
import { MEDIA_TYPES } from '../content/media-types.ts';
import { MemoryRepository } from '../content/memory.ts';
import { openCtf } from '../ctf/ctf.ts';
import { OciError } from '../error.ts';
import { type RunningRegistry, startDockerRegistry } from '../testing/docker-registry.ts';
import { Registry } from './registry.ts';
import type { RemoteRepository } from './remote-repository.ts';

const fixture = fileURLToPath(new URL('../../../../test/fixtures/ocm/ctf', import.meta.url));
const chunkBytes = 1024 * 1024;

let server: RunningRegistry;
let registry: Registry;
beforeAll(async () => {
  server = await startDockerRegistry();
  registry = new Registry(server.host, { plainHttp: true, chunkBytes, pageSize: 3, retry: { baseMs: 5, maxMs: 50 } });
});
afterAll(async () => {
  registry.close();
  await server[Symbol.asyncDispose]();
});

const all = async <T>(items: AsyncIterable<T>) => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};
const pull = async (repository: RemoteRepository, what: Descriptor) =>
  Buffer.from(await collect(await repository.fetch(what), 1 << 26, 'test'));

async function pushImage(repository: RemoteRepository, extra: object = {}): Promise<Descriptor> {
  const config = descriptorOf(Buffer.from('{}'), MEDIA_TYPES.config);
  await repository.push(config, fromBytes('{}'));
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.manifest, config, layers: [], ...extra }));
  const manifest = descriptorOf(bytes, MEDIA_TYPES.manifest);
  await repository.push(manifest, fromBytes(bytes));
  return manifest;
}

describe('against docker-registry', () => {
  it('pings, and finds nothing where nothing is', async () => {
    await registry.ping();
    const repository = registry.repository('none/here');
    await expect(repository.resolve('v1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(all(repository.tags())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await repository.exists(descriptorOf(Buffer.from('x'), 'text/plain'))).toBe(false);
  });

  it.each([0, 1, 1000, chunkBytes, 3 * chunkBytes + 17])('stores and returns a blob of %i bytes', async (size) => {
    const repository = registry.repository('acme/blobs');
    const bytes = randomBytes(size);
    const descriptor = descriptorOf(bytes, MEDIA_TYPES.octetStream);
    await repository.push(descriptor, fromBytes(bytes));
    expect(await repository.exists(descriptor)).toBe(true);
    expect((await repository.resolveBlob(descriptor.digest)).size).toBe(size);
    expect((await pull(repository, descriptor)).equals(bytes)).toBe(true);
  });

  it('refuses bytes that are not the described ones and keeps nothing', async () => {
    const repository = registry.repository('acme/blobs');
    for (const size of [1000, 2 * chunkBytes]) {
      const descriptor = descriptorOf(randomBytes(size), MEDIA_TYPES.octetStream);
      await expect(repository.push(descriptor, fromBytes(randomBytes(size)))).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
      expect(await repository.exists(descriptor)).toBe(false);
    }
  });

  it.each([
    ['resumes an upload that broke between two pieces where it stopped', 2 * chunkBytes, 2 * chunkBytes],
    ['begins an upload anew that broke within a piece, since this registry drops such a session', 2 * chunkBytes + 100_000, 0],
  ])('%s', async (_, breaksAt, resumesAt) => {
    const repository = registry.repository('acme/blobs');
    const bytes = randomBytes(4 * chunkBytes);
    const opened: number[] = [];
    const content: Content = {
      open(fromByte = 0) {
        opened.push(fromByte);
        return opened.length === 1 ? breaking(bytes, breaksAt) : fromBytes(bytes).open(fromByte);
      },
    };
    const descriptor = descriptorOf(bytes, MEDIA_TYPES.octetStream);
    await repository.push(descriptor, content);
    expect((await pull(repository, descriptor)).equals(bytes)).toBe(true);
    expect(opened).toEqual([0, resumesAt]);
  });

  it('mounts from a sibling without reading the content', async () => {
    const bytes = randomBytes(5000);
    const descriptor = descriptorOf(bytes, MEDIA_TYPES.octetStream);
    await registry.repository('acme/source').push(descriptor, fromBytes(bytes));
    const content: Content = {
      open() {
        throw new Error('must not be read');
      },
    };
    const target = registry.repository('acme/target');
    await target.push(descriptor, content, { mountFrom: 'acme/source' });
    expect((await pull(target, descriptor)).equals(bytes)).toBe(true);
  });

  it('lists tags over several pages', async () => {
    const repository = registry.repository('acme/tags');
    const manifest = await pushImage(repository);
    const tags = Array.from({ length: 10 }, (_, at) => `v${at}`);
    for (const tag of tags) await repository.tag(manifest, tag);
    expect((await all(repository.tags())).sort()).toEqual(tags);
    expect(await repository.resolve('v3')).toEqual(manifest);
    expect((await repository.fetchManifest(manifest.digest)).descriptor).toEqual(manifest);
    await expect(repository.resolve(digestOf('absent'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps referrers under the fallback tag, since it has no referrers API', async () => {
    const repository = registry.repository('acme/referrers');
    const subject = await pushImage(repository);
    const first = await pushImage(repository, { subject, annotations: { n: '1' } });
    const second = await pushImage(repository, { subject, annotations: { n: '2' } });
    expect((await all(repository.referrers(subject))).map(({ digest }) => digest)).toEqual([first.digest, second.digest]);
    expect(await all(repository.referrers(subject, 'application/other'))).toEqual([]);
  });

  it('takes every component of the fixture archive, gives it back alike, and needs nothing the second time', async () => {
    const source = await openCtf(fixture);
    for (const name of source.repositories()) {
      const from = source.repository(name);
      const to = registry.repository(`ocm/${name}`);
      for (const tag of await all(from.tags())) {
        const root = await from.resolve(tag);
        await copyGraph(from, to, root);
        await to.tag(root, tag);
        expect(await copyGraph(from, to, root)).toEqual({ blobsCopied: 0, blobsPresent: 1 });
        const back = new MemoryRepository();
        await copyGraph(to, back, await to.resolve(tag));
        expect((await back.resolve(root.digest)).digest).toBe(root.digest);
      }
      expect((await all(to.tags())).sort()).toEqual((await all(from.tags())).sort());
    }
  });
});

describe('against docker-registry with passwords', () => {
  /** bcrypt of `test-password`; it opens nothing but the registry that this test starts. */
  const htpasswd = 'tester:$2y$04$abcdefghijklmnopqrstuuobFaEJANklW4I6zZpcLRbXjrME4Qa2m\n';

  it('works with the right one and is UNAUTHORIZED with another or none', async () => {
    await using guarded = await startDockerRegistry(htpasswd);
    const bytes = randomBytes(3 * chunkBytes);
    const descriptor = descriptorOf(bytes, MEDIA_TYPES.octetStream);
    const as = (password: string | undefined) =>
      new Registry(guarded.host, {
        plainHttp: true,
        chunkBytes,
        credentials: async () => (password === undefined ? undefined : { username: 'tester', password }),
      });
    const right = as('test-password');
    await right.repository('acme/app').push(descriptor, fromBytes(bytes));
    expect((await pull(right.repository('acme/app'), descriptor)).equals(bytes)).toBe(true);
    for (const password of [undefined, 'wrong']) {
      const wrong = as(password);
      await wrong.ping();
      await expect(wrong.repository('acme/app').exists(descriptor)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
      await expect(wrong.repository('acme/app').push(descriptor, fromBytes(bytes))).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
      wrong.close();
    }
    right.close();
  });
});

async function* breaking(bytes: Buffer, after: number): ByteStream {
  for (let at = 0; at < after; at += 1000) yield bytes.subarray(at, Math.min(at + 1000, after));
  // Verified streams hold their last piece back; an empty one behind it lets everything before the break through.
  yield Buffer.alloc(0);
  throw new OciError('UNAVAILABLE', 'the source broke down');
}
