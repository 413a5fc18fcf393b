import { describe, expect, it } from 'vitest';
import { hashHex, parseHashAlgorithm } from './hash.ts';

describe('hash functions of component digests', () => {
  it.each([
    ['SHA-256', 'SHA-256'],
    ['sha256', 'SHA-256'],
    ['sha-384', 'SHA-384'],
    ['SHA512', 'SHA-512'],
  ])('%s is read as %s', (name, algorithm) => {
    expect(parseHashAlgorithm(name)).toBe(algorithm);
  });

  it.each(['', 'MD5', 'SHA-1', 'NO-DIGEST', 'SHA-256 '])('%j is refused', (name) => {
    expect(() => parseHashAlgorithm(name)).toThrow(expect.objectContaining({ code: 'HASH_UNSUPPORTED' }));
  });

  it('hash the vectors of FIPS 180-4', () => {
    const abc = new TextEncoder().encode('abc');
    expect(hashHex('SHA-256', abc)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hashHex('SHA-384', abc)).toMatch(/^cb00753f45a35e8bb5a03d699ac65007/);
    expect(hashHex('SHA-512', abc)).toMatch(/^ddaf35a193617abacc417349ae204131/);
  });
});
