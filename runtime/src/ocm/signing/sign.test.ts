import { constants, createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Digest } from './digest.ts';
import { readCertificates, readPrivateKey, readTrust } from './keys.ts';
import { schemes } from './rsa.ts';
import { signComponentDigest } from './sign.ts';
import type { Signature } from './specification.ts';
import { vector, vectorKey } from './test-certificates.ts';
import { verifySignature } from './verify.ts';

type Row = { readonly digest: Digest; readonly signatures: readonly Signature[] };
const rows = JSON.parse(vector('expected.json')) as readonly Row[];
const official = (algorithm: string, type: string) =>
  rows
    .flatMap(({ signatures }) => signatures)
    .find(({ signature }) => signature.algorithm === algorithm && signature.mediaType.includes(type))!;
const nowMs = Date.parse('2030-01-01T00:00:00Z');
const message = Buffer.from('what the component version says');
const digestOf = (name: 'SHA-256' | 'SHA-384' | 'SHA-512'): Digest => ({
  hashAlgorithm: name,
  normalisationAlgorithm: 'jsonNormalisation/v4alpha1',
  value: createHash(name.replace('-', '')).update(message).digest('hex'),
});

describe('signing a component digest', () => {
  it('makes the very bytes of the official command line where the scheme has no salt', () => {
    const { digest, signature } = official('RSASSA-PKCS1-V1_5', 'rsa');
    const key = readPrivateKey(vector('keys/rsa.key'));
    expect(signComponentDigest(digest, { scheme: 'RSASSA-PKCS1-V1_5', key })).toEqual(signature);
  });

  it('writes pem as the official command line does, but for the salted bytes', () => {
    const { digest, signature } = official('RSASSA-PSS', 'pem');
    const made = signComponentDigest(digest, {
      scheme: 'RSASSA-PSS',
      key: vectorKey('leaf'),
      certificates: readCertificates(vector('keys/leaf.crt')),
    });
    const withoutBytes = (text: string) => text.replace(/(RSASSA-PSS\n\n)[^-]*/, '$1');
    expect(made).toEqual({ ...signature, value: expect.any(String) });
    expect(withoutBytes(made.value)).toBe(withoutBytes(signature.value));
    expect(made.value).toHaveLength(signature.value.length);
    const outcome = verifySignature(
      { name: 'release', digest, signature: made },
      { computed: digest, trust: readTrust(vector('keys/ca.crt')), nowMs },
    );
    expect(outcome).toMatchObject({ verified: true });
  });

  it.each(schemes.flatMap((scheme) => (['SHA-256', 'SHA-384', 'SHA-512'] as const).map((hash) => ({ scheme, hash }))))(
    'agrees with OpenSSL in both directions: $scheme over $hash',
    ({ scheme, hash }) => {
      const key = vectorKey('rsa');
      const padding =
        scheme === 'RSASSA-PSS'
          ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
          : { padding: constants.RSA_PKCS1_PADDING };
      const digest = digestOf(hash);
      const made = signComponentDigest(digest, { scheme, key });
      const node = hash.replace('-', '');
      expect(verify(node, message, { key: createPublicKey(key), ...padding }, Buffer.from(made.value, 'hex'))).toBe(true);
      for (const saltLength of scheme === 'RSASSA-PSS' ? [0, 20, 32] : [0]) {
        const value = sign(node, message, { key, ...padding, ...(scheme === 'RSASSA-PSS' ? { saltLength } : {}) }).toString('hex');
        const trust = readTrust(vector('keys/rsa.pub'));
        expect(verifySignature({ name: 's', digest, signature: { ...made, value } }, { computed: digest, trust, nowMs })).toMatchObject({
          verified: true,
        });
      }
    },
  );

  it.each([1025, 2047])('works with moduli that are no whole number of bytes: %i bits', (modulusLength) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
    const digest = digestOf('SHA-256');
    for (const scheme of schemes) {
      const signature = signComponentDigest(digest, { scheme, key: privateKey });
      const trust = { key: publicKey, certificates: [] };
      expect(verifySignature({ name: 's', digest, signature }, { computed: digest, trust, nowMs })).toMatchObject({ verified: true });
    }
  });

  it('refuses a public key, another kind of key, a foreign certificate and a key too short to be safe', () => {
    const code = (act: () => unknown) => {
      try {
        act();
      } catch (error) {
        return (error as { code: string }).code;
      }
      return 'none';
    };
    const digest = digestOf('SHA-512');
    const scheme = 'RSASSA-PSS';
    const key = vectorKey('rsa');
    expect(code(() => signComponentDigest(digest, { scheme, key: createPublicKey(key) }))).toBe('KEY_UNSUPPORTED');
    expect(code(() => signComponentDigest(digest, { scheme, key: generateKeyPairSync('ed25519').privateKey }))).toBe('KEY_UNSUPPORTED');
    const certificates = readCertificates(vector('keys/leaf.crt'));
    expect(code(() => signComponentDigest(digest, { scheme, key, certificates }))).toBe('CERTIFICATE_MISMATCH');
    const short = generateKeyPairSync('rsa', { modulusLength: 1016 }).privateKey;
    expect(code(() => signComponentDigest(digest, { scheme, key: short }))).toBe('KEY_UNSUPPORTED');
    expect(code(() => signComponentDigest({ ...digest, hashAlgorithm: 'MD5' }, { scheme, key }))).toBe('HASH_UNSUPPORTED');
  });
});
