import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOciError } from '../error.ts';
import { describe as descriptorOf } from './descriptor.ts';
import { parseIndex, parseManifest, sniffMediaType, successors } from './manifest.ts';
import { MEDIA_TYPES } from './media-types.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value));
const config = descriptorOf(Buffer.from('{}'), MEDIA_TYPES.empty);
const layer = descriptorOf(Buffer.from('layer'), 'text/plain');

describe('a manifest', () => {
  it('points at its config, then at its layers; lists written as null are empty', () => {
    const bytes = encode({ schemaVersion: 2, config, layers: [layer] });
    expect(successors(MEDIA_TYPES.dockerManifest, bytes)).toEqual([config, layer]);
    expect(parseManifest(encode({ schemaVersion: 2, config, layers: null })).layers).toEqual([]);
    expect(successors('text/plain', bytes)).toEqual([]);
  });

  it('is told from an index by what it states, else by its members', () => {
    expect(sniffMediaType(encode({ schemaVersion: 2, config, layers: [] }))).toBe(MEDIA_TYPES.manifest);
    expect(sniffMediaType(encode({ schemaVersion: 2, manifests: [] }))).toBe(MEDIA_TYPES.index);
    expect(sniffMediaType(encode({ schemaVersion: 2, mediaType: MEDIA_TYPES.dockerIndex, manifests: [] }))).toBe(MEDIA_TYPES.dockerIndex);
    expect(sniffMediaType(encode({ schemaVersion: 2, mediaType: 'text/plain', manifests: [] }))).toBeUndefined();
    expect(sniffMediaType(Buffer.from([0xff, 0x00]))).toBeUndefined();
  });

  it('from foreign bytes parses or ends in INVALID_DOCUMENT, whatever they are', () => {
    const documents = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .record({ schemaVersion: fc.constantFrom(1, 2, '2'), config: fc.anything(), layers: fc.anything(), manifests: fc.anything() })
        .map((value) => {
          try {
            return encode(value);
          } catch {
            return Buffer.from('{}');
          }
        }),
    );
    fc.assert(
      fc.property(documents, (bytes) => {
        for (const parse of [parseManifest, parseIndex]) {
          try {
            expect(parse(bytes).schemaVersion).toBe(2);
          } catch (error) {
            if (!isOciError(error, 'INVALID_DOCUMENT')) throw error;
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
