import { constants, createHash, createPublicKey, generateKeyPairSync, type KeyObject, privateEncrypt, publicDecrypt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashByName } from './digest.ts';
import { signDigest, verifyDigest } from './rsa.ts';
import { vectorKey } from './test-certificates.ts';

const hash = hashByName('SHA-256');
const digest = createHash('sha256').update('a message').digest();
const padding = constants.RSA_NO_PADDING;

/**
 * Whether a PSS signature holds whose encoded message was changed by somebody who has the private key: what is left to catch is
 * the form alone. Salts are tried until the changed number is below the modulus.
 */
function holds(key: KeyObject, change: (encoded: Buffer) => void): boolean {
  const publicKey = createPublicKey(key);
  for (let attempts = 0; attempts < 200; attempts += 1) {
    const encoded = publicDecrypt({ key: publicKey, padding }, signDigest('RSASSA-PSS', key, hash, digest));
    change(encoded);
    try {
      return verifyDigest('RSASSA-PSS', publicKey, hash, digest, privateEncrypt({ key, padding }, encoded));
    } catch {
      // not below the modulus: another salt
    }
  }
  throw new Error('no salt made a number below the modulus');
}

const flip = (at: number, bits: number) => (encoded: Buffer) => {
  const position = at < 0 ? encoded.length + at : at;
  encoded[position] = (encoded[position] ?? 0) ^ bits;
};

describe('the form of an RSASSA-PSS encoding', () => {
  const key = vectorKey('rsa');

  it('is accepted as it was made', () => {
    expect(holds(key, () => undefined)).toBe(true);
  });

  it.each([
    ['another trailer', flip(-1, 0x70)],
    ['a bit above the encoding', flip(0, 0x80)],
    ['another separator before the salt', flip(0, 0x03)],
    ['another hash inside', flip(-2, 0x01)],
    ['another salt', flip(8, 0x01)],
  ])('is refused with %s', (_, change) => {
    expect(holds(key, change)).toBe(false);
  });

  it('is refused with anything in the byte that a modulus of 8k+1 bits adds', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1025 });
    expect(holds(privateKey, () => undefined)).toBe(true);
    expect(holds(privateKey, flip(0, 0x01))).toBe(false);
  });
});

describe('signatures of another size or range', () => {
  it('do not verify, be they short, long or not below the modulus', () => {
    const key = vectorKey('rsa');
    const publicKey = createPublicKey(key);
    for (const scheme of ['RSASSA-PSS', 'RSASSA-PKCS1-V1_5'] as const) {
      const signature = signDigest(scheme, key, hash, digest);
      expect(verifyDigest(scheme, publicKey, hash, digest, signature)).toBe(true);
      for (const other of [
        signature.subarray(1),
        Buffer.concat([Buffer.alloc(1), signature]),
        Buffer.alloc(256, 0xff),
        Buffer.alloc(256),
      ]) {
        expect(verifyDigest(scheme, publicKey, hash, digest, other)).toBe(false);
      }
    }
  });

  it('do not verify under the other scheme', () => {
    const key = vectorKey('rsa');
    const signature = signDigest('RSASSA-PKCS1-V1_5', key, hash, digest);
    expect(verifyDigest('RSASSA-PSS', createPublicKey(key), hash, digest, signature)).toBe(false);
  });
});
