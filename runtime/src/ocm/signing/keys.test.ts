import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SigningError } from './error.ts';
import { certificateKey, readCertificates, readPrivateKey, readTrust } from './keys.ts';
import { maxPemBytes, printPem, readPem } from './pem.ts';
import { issueCertificate, vector, vectorKey } from './test-certificates.ts';

const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof SigningError) return error.code;
    throw error;
  }
  return 'none';
};

describe('keys from pem', () => {
  const secret = vectorKey('rsa');
  const expected = createPublicKey(secret);

  it.each([
    ['PUBLIC KEY', () => expected.export({ format: 'pem', type: 'spki' })],
    ['RSA PUBLIC KEY', () => expected.export({ format: 'pem', type: 'pkcs1' })],
    ['PRIVATE KEY', () => secret.export({ format: 'pem', type: 'pkcs8' })],
    ['RSA PRIVATE KEY', () => secret.export({ format: 'pem', type: 'pkcs1' })],
  ])('reads %s', (label, print) => {
    const pem = print().toString();
    expect(pem).toContain(`BEGIN ${label}-`);
    expect(readTrust(pem).key?.equals(expected)).toBe(true);
    if (label.includes('PRIVATE')) expect(readPrivateKey(pem).equals(secret)).toBe(true);
  });

  it('reads a certificate as its key and as an anchor', () => {
    const { key, certificates } = readTrust(vector('keys/leaf.crt'));
    expect(key?.equals(createPublicKey(vectorKey('leaf')))).toBe(true);
    expect(certificates.map(({ subject }) => subject)).toEqual(['O=acme.org\nCN=signer']);
  });

  it('takes the first RSA key of several blocks and passes over the others', () => {
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
    expect(readTrust(`comment\n${curve}${vector('keys/rsa.pub')}${vector('keys/other.pub')}`).key?.equals(expected)).toBe(true);
  });

  it('reads text with carriage returns as Windows editors leave it', () => {
    expect(readTrust(vector('keys/rsa.pub').replaceAll('\n', '\r\n')).key?.equals(expected)).toBe(true);
  });

  it('refuses what holds no key, weak keys and broken text, each with its code', () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 768 }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
    expect(refusal(() => readTrust(''))).toBe('KEY_MISSING');
    expect(refusal(() => readTrust('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'))).toBe('KEY_MISSING');
    expect(refusal(() => readTrust(weak))).toBe('KEY_UNSUPPORTED');
    expect(refusal(() => readPrivateKey(vector('keys/rsa.pub')))).toBe('KEY_MISSING');
    expect(refusal(() => readTrust('-----BEGIN PUBLIC KEY-----\nAAAA\n'))).toBe('PEM_MALFORMED');
    expect(refusal(() => readTrust('-----BEGIN PUBLIC KEY-----\nA!AA\n-----END PUBLIC KEY-----'))).toBe('PEM_MALFORMED');
    expect(refusal(() => readTrust(' '.repeat(maxPemBytes + 1)))).toBe('PEM_TOO_LARGE');
    expect(refusal(() => readCertificates('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'))).toBe('CERTIFICATE_MALFORMED');
    expect(refusal(() => readCertificates(vector('keys/leaf.crt').repeat(33)))).toBe('CERTIFICATE_MALFORMED');
  });

  it('takes only RSA keys from certificates', () => {
    const { privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    expect(certificateKey(readCertificates(vector('keys/leaf.crt'))[0]!).equals(createPublicKey(vectorKey('leaf')))).toBe(true);
    expect(
      refusal(() => certificateKey(issueCertificate({ name: 'a', key: privateKey, issuer: { name: 'b', key: vectorKey('leaf') } }))),
    ).toBe('KEY_UNSUPPORTED');
  });

  it('never repeats key material in a message', () => {
    const pem = vector('keys/rsa.key').replace('MII', 'AII');
    const body = pem.split('\n')[2]!;
    expect(() => readPrivateKey(pem)).toThrow(expect.objectContaining({ message: expect.not.stringContaining(body.slice(0, 16)) }));
  });
});

describe('pem text', () => {
  it('prints what it reads, headers included', () => {
    const text = printPem('SIGNATURE', Buffer.alloc(100, 7), { 'Signature Algorithm': 'RSASSA-PSS' });
    const [block] = readPem(text);
    expect(block).toEqual({ label: 'SIGNATURE', headers: new Map([['Signature Algorithm', 'RSASSA-PSS']]), bytes: Buffer.alloc(100, 7) });
    expect(text.split('\n').slice(0, 3)).toEqual(['-----BEGIN SIGNATURE-----', 'Signature Algorithm: RSASSA-PSS', '']);
  });

  it('prints certificates byte for byte as they came', () => {
    expect(
      readCertificates(vector('keys/ca.crt'))
        .map(({ raw }) => printPem('CERTIFICATE', raw))
        .join(''),
    ).toBe(vector('keys/ca.crt'));
  });
});
