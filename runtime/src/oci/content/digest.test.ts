import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDescriptor } from './descriptor.ts';
import { algorithmOf, digestOf, hexOf, parseDigest, toDigest } from './digest.ts';

describe('a digest', () => {
  it('of bytes is the known one', () => {
    expect(digestOf('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(algorithmOf(digestOf('', 'sha512'))).toBe('sha512');
    expect(hexOf(digestOf('', 'sha512'))).toHaveLength(128);
  });

  it.each([
    '',
    'sha256',
    'sha256:',
    `sha256:${'A'.repeat(64)}`,
    `sha256:${'a'.repeat(63)}`,
    `md5:${'a'.repeat(32)}`,
    `sha256:../${'a'.repeat(61)}`,
  ])('is not %j', (text) => {
    expect(toDigest(text)).toBeUndefined();
    expect(() => parseDigest(text)).toThrow(expect.objectContaining({ code: 'INVALID_DIGEST' }));
  });

  it('survives printing and parsing', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => parseDigest(digestOf(bytes)) === digestOf(bytes)));
  });
});

describe('a descriptor', () => {
  it('keeps members it does not know and drops those that are null', () => {
    const value = { mediaType: 'a/b', digest: digestOf('x'), size: 1, annotations: null, 'vendor.example/x': [1] };
    expect(parseDescriptor(value)).toEqual({ mediaType: 'a/b', digest: digestOf('x'), size: 1, 'vendor.example/x': [1] });
  });

  it.each([null, 1, [], {}, { digest: 'sha256:x', size: 1 }, { digest: digestOf('x'), size: -1 }, { digest: digestOf('x'), size: 1.5 }])(
    'is not %j',
    (value) => {
      expect(() => parseDescriptor(value)).toThrow(expect.objectContaining({ code: 'INVALID_DESCRIPTOR' }));
    },
  );
});
