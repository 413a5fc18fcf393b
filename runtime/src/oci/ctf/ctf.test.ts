import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect, fromBytes } from '../content/bytes.ts';
import { copyGraph } from '../content/copy.ts';
import { type Descriptor, describe as descriptorOf } from '../content/descriptor.ts';
import { digestOf, parseDigest } from '../content/digest.ts';
import { parseManifest } from '../content/manifest.ts';
import { MEDIA_TYPES } from '../content/media-types.ts';
import { readAll } from '../content/verify.ts';
import { type Ctf, openCtf } from './ctf.ts';

const fixture = fileURLToPath(new URL('../../../../test/fixtures/ocm/ctf', import.meta.url));
const PLAIN = 'component-descriptors/acme.org/train/plain';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ctf-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function tagsOf(ctf: Ctf, repository: string): Promise<readonly string[]> {
  const tags: string[] = [];
  for await (const tag of ctf.repository(repository).tags()) tags.push(tag);
  return tags.sort();
}

async function image(ctf: Ctf, repository: string, extra: object = {}): Promise<Descriptor> {
  const store = ctf.repository(repository);
  const empty = descriptorOf(Buffer.from('{}'), MEDIA_TYPES.empty);
  await store.push(empty, fromBytes('{}'));
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, config: empty, layers: [], ...extra }));
  const manifest = descriptorOf(bytes, MEDIA_TYPES.manifest);
  await store.push(manifest, fromBytes(bytes));
  return manifest;
}

async function archive(name: string): Promise<string> {
  const path = join(folder, name);
  execFileSync('tar', ['-C', fixture, name.endsWith('.tar') ? '-cf' : '-czf', path, 'artifact-index.json', 'blobs']);
  return path;
}

/** Everything reachable from every tag, read and verified. */
async function contents(ctf: Ctf): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const name of ctf.repositories()) {
    for (const tag of await tagsOf(ctf, name)) {
      const repository = ctf.repository(name);
      const manifest = await repository.resolve(tag);
      const { config, layers } = parseManifest(await readAll(repository, manifest));
      for (const part of [config, ...layers]) await collect(await repository.fetch(part), 1 << 24, 'part');
      found[`${name}:${tag}`] = [manifest, config, ...layers].map(({ digest }) => digest);
    }
  }
  return found;
}

describe('the archive that the official command line made', () => {
  it('is read whole, every blob verified, alike as folder, tar, tgz and with a misleading name', async () => {
    const reference = await contents(await openCtf(fixture));
    expect(Object.keys(reference)).toContain(`${PLAIN}:1.2.0.build-build.5`);
    for (const name of ['a.tar', 'a.tgz', 'a.tar.gz']) {
      await using ctf = await openCtf(await archive(name));
      expect(await contents(ctf)).toEqual(reference);
    }
    const disguised = join(folder, 'disguised.tar');
    await writeFile(disguised, await readFile(join(folder, 'a.tgz')));
    await using ctf = await openCtf(disguised);
    expect(ctf.repositories()).toContain(PLAIN);
  });

  it('is read without the media types that older tools leave out', async () => {
    const copy = join(folder, 'copy');
    await cp(fixture, copy, { recursive: true });
    const index = await readFile(join(copy, 'artifact-index.json'), 'utf8');
    await writeFile(join(copy, 'artifact-index.json'), index.replaceAll(`,"mediaType":"${MEDIA_TYPES.manifest}"`, ''));
    expect(await contents(await openCtf(copy))).toEqual(await contents(await openCtf(fixture)));
  });

  it('gives a blob by its digest as bytes of unknown kind', async () => {
    const ctf = await openCtf(fixture);
    const name = (await readdir(join(fixture, 'blobs'))).find((file) => file.startsWith('sha256.16b04a')) ?? '';
    const found = await ctf.repository('any').resolve(name.replace('.', ':'));
    expect(found.digest).toBe(parseDigest(name.replace('.', ':')));
    await expect(ctf.repository('any').resolve(digestOf('absent'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ctf.repository(PLAIN).resolve('9.9.9')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses a changed blob', async () => {
    const copy = join(folder, 'copy');
    await cp(fixture, copy, { recursive: true });
    const repository = (await openCtf(copy)).repository(PLAIN);
    const manifest = await repository.resolve('1.0.0');
    const path = join(copy, 'blobs', manifest.digest.replace(':', '.'));
    const bytes = await readFile(path);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(readAll(repository, manifest)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });
});

describe('writing', () => {
  it.each(['new', 'new.tar', 'new.tgz'])('a copy to %s keeps every manifest, and the same content is the same bytes', async (name) => {
    const source = await openCtf(fixture);
    const digests: string[] = [];
    for (const path of [join(folder, name), join(folder, `again-${name}`)]) {
      await using target = await openCtf(path, { mode: 'create' });
      const repositories = path.includes('again') ? [...source.repositories()].reverse() : source.repositories();
      for (const repository of repositories) {
        for (const tag of await tagsOf(source, repository)) {
          const root = await source.repository(repository).resolve(tag);
          await copyGraph(source.repository(repository), target.repository(repository), root);
          await target.repository(repository).tag(root, tag);
        }
      }
      await target.save();
      digests.push(digestOf(await readFile(target.format === 'directory' ? join(path, 'artifact-index.json') : path)));
    }
    expect(digests[0]).toBe(digests[1]);
    await using copy = await openCtf(join(folder, name));
    expect(await contents(copy)).toEqual(await contents(source));
  });

  it('to an archive opened for reading is refused', async () => {
    const ctf = await openCtf(await archive('a.tar'));
    await expect(image(ctf, 'r')).rejects.toMatchObject({ code: 'READ_ONLY' });
    await expect(ctf.save()).rejects.toMatchObject({ code: 'READ_ONLY' });
    await ctf.close();
  });

  it('many manifests at a time loses none', async () => {
    const ctf = await openCtf(join(folder, 'many'), { mode: 'create' });
    const tags = Array.from({ length: 20 }, (_, at) => `v${at}`);
    await Promise.all(tags.map(async (tag) => ctf.repository('r').tag(await image(ctf, 'r', { annotations: { tag } }), tag)));
    const again = await openCtf(join(folder, 'many'));
    expect(await tagsOf(again, 'r')).toEqual([...tags].sort());
  });

  it('lists the manifests that refer to another one', async () => {
    const ctf = await openCtf(join(folder, 'referrers'), { mode: 'create' });
    const subject = await image(ctf, 'r');
    const referrer = await image(ctf, 'r', { subject, artifactType: 'application/vnd.example', annotations: { a: 'b' } });
    const found: Descriptor[] = [];
    for await (const one of ctf.repository('r').referrers(subject, 'application/vnd.example')) found.push(one);
    expect(found).toEqual([{ ...referrer, artifactType: 'application/vnd.example', annotations: { a: 'b' } }]);
    for await (const one of ctf.repository('r').referrers(subject, 'application/other')) expect(one).toBeUndefined();
  });
});

describe('opening', () => {
  it('what is not there fails unless it may be created; an empty folder is an empty archive', async () => {
    await expect(openCtf(join(folder, 'none'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await openCtf(folder)).repositories()).toEqual([]);
  });

  it('a damaged archive fails and leaves no temporary folder', async () => {
    await writeFile(join(folder, 'bad.tgz'), Buffer.from([0x1f, 0x8b, 1, 2, 3]));
    const opening = openCtf(join(folder, 'bad.tgz'), { temporaryFolder: folder });
    await expect(opening).rejects.toMatchObject({ code: 'INVALID_ARCHIVE' });
    expect(await readdir(folder)).toEqual(['bad.tgz']);
  });

  it('and closing an archive leaves no temporary folder either', async () => {
    const ctf = await openCtf(await archive('a.tgz'), { temporaryFolder: folder });
    expect((await readdir(folder)).length).toBe(2);
    await ctf.close();
    expect(await readdir(folder)).toEqual(['a.tgz']);
  });
});
