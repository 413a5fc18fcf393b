import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describe as descriptorOf } from '../content/descriptor.ts';
import { isOciError } from '../error.ts';
import { formatArtifactIndex, type IndexEntry, parseArtifactIndex, withArtifactTag, withManifest } from './artifact-index.ts';

const target = (name: string) => descriptorOf(Buffer.from(name), 'application/vnd.oci.image.manifest.v1+json');
const [a, b] = [target('a'), target('b')];
const mediaType = a.mediaType;

describe('the index of a transport archive', () => {
  it('fills an untagged entry of the same digest', () => {
    const entries = withManifest([], 'r', a);
    expect(withManifest(entries, 'r', a)).toBe(entries);
    expect(withArtifactTag(entries, 'r', a, '1')).toEqual([{ repository: 'r', tag: '1', digest: a.digest, mediaType }]);
  });

  it('moves a tag and leaves the old manifest untagged, unless it has another tag', () => {
    const one = withArtifactTag([], 'r', a, '1');
    expect(withArtifactTag(one, 'r', b, '1')).toEqual([
      { repository: 'r', digest: a.digest, mediaType },
      { repository: 'r', tag: '1', digest: b.digest, mediaType },
    ]);
    const two = withArtifactTag(one, 'r', a, '2');
    expect(withArtifactTag(two, 'r', b, '1').filter(({ digest }) => digest === a.digest)).toEqual([
      { repository: 'r', tag: '2', digest: a.digest, mediaType },
    ]);
  });

  it('leaves other repositories alone', () => {
    const other: IndexEntry = { repository: 'other', tag: '1', digest: a.digest };
    expect(withArtifactTag([other], 'r', b, '1')[0]).toBe(other);
  });

  it('keeps each tag once, each pushed manifest at least once, whatever the order of changes', () => {
    const change = fc.record({
      repository: fc.constantFrom('r', 's'),
      name: fc.constantFrom('a', 'b', 'c'),
      tag: fc.constantFrom(undefined, '1', '2'),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        let entries: readonly IndexEntry[] = [];
        for (const { repository, name, tag } of changes) {
          entries =
            tag === undefined ? withManifest(entries, repository, target(name)) : withArtifactTag(entries, repository, target(name), tag);
        }
        const tagged = entries.filter(({ tag }) => tag !== undefined).map(({ repository, tag }) => `${repository}:${tag}`);
        expect(new Set(tagged).size).toBe(tagged.length);
        for (const { repository, name } of changes) {
          const kept = entries.filter((entry) => entry.repository === repository && entry.digest === target(name).digest);
          expect(kept.length).toBeGreaterThan(0);
          if (kept.length > 1) expect(kept.every(({ tag }) => tag !== undefined)).toBe(true);
        }
        expect(formatArtifactIndex(parseArtifactIndex(Buffer.from(JSON.stringify(formatArtifactIndex(entries)))))).toEqual(
          formatArtifactIndex(entries),
        );
        expect(formatArtifactIndex([...entries].reverse())).toEqual(formatArtifactIndex(entries));
      }),
      { numRuns: 100 },
    );
  });

  it('is read with and without media types, and an empty file is an empty index', () => {
    expect(parseArtifactIndex(Buffer.from(''))).toEqual([]);
    expect(parseArtifactIndex(Buffer.from('{"schemaVersion":1,"artifacts":null}'))).toEqual([]);
    const text = `{"schemaVersion":1,"artifacts":[{"repository":"r","tag":"1","digest":"${a.digest}","vendor":1}]}`;
    expect(formatArtifactIndex(parseArtifactIndex(Buffer.from(text))).artifacts).toEqual([{ repository: 'r', tag: '1', digest: a.digest }]);
  });

  it('of foreign bytes parses or ends in INVALID_DOCUMENT', () => {
    const document = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 50 }),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .record({
          schemaVersion: fc.constantFrom(1, 2),
          artifacts: fc.array(fc.record({ repository: fc.jsonValue(), digest: fc.jsonValue() })),
        })
        .map((value) => Buffer.from(JSON.stringify(value))),
    );
    fc.assert(
      fc.property(document, (bytes) => {
        try {
          expect(Array.isArray(parseArtifactIndex(bytes))).toBe(true);
        } catch (error) {
          if (!isOciError(error, 'INVALID_DOCUMENT')) throw error;
        }
      }),
      { numRuns: 200 },
    );
  });
});
