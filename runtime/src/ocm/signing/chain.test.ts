import type { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { validateChain } from './chain.ts';
import { SigningError, VerificationError } from './error.ts';
import { type CertificateRequest, issueCertificate, vectorKey } from './test-certificates.ts';

const keys = { root: vectorKey('rsa'), middle: vectorKey('other'), leaf: vectorKey('leaf') };
const codeSigning = '1.3.6.1.5.5.7.3.3';
const serverAuthentication = '1.3.6.1.5.5.7.3.1';
const nowMs = Date.parse('2030-01-01T00:00:00Z');

const root = (change: Partial<CertificateRequest> = {}) =>
  issueCertificate({ name: 'root', key: keys.root, isAuthority: true, keyUsage: 0x04, ...change });
const middle = (change: Partial<CertificateRequest> = {}) =>
  issueCertificate({
    name: 'middle',
    key: keys.middle,
    issuer: { name: 'root', key: keys.root },
    isAuthority: true,
    keyUsage: 0x04,
    ...change,
  });
const leaf = (change: Partial<CertificateRequest> = {}) =>
  issueCertificate({
    name: 'leaf',
    key: keys.leaf,
    issuer: { name: 'middle', key: keys.middle },
    keyUsage: 0x80,
    purposes: [codeSigning],
    ...change,
  });

const outcome = (
  embedded: readonly X509Certificate[],
  configured: readonly X509Certificate[],
  roots: readonly X509Certificate[] = [],
): string => {
  try {
    return validateChain(embedded, { configured, roots, nowMs })
      .map(({ x509 }) => x509.subject.replace('CN=', ''))
      .join(' < ');
  } catch (error) {
    if (error instanceof VerificationError || error instanceof SigningError) return error.code;
    throw error;
  }
};

describe('the path from a leaf to an anchor', () => {
  it('is found through certificates the signature carries, in any order', () => {
    const other = middle({ name: 'elsewhere' });
    expect(outcome([leaf(), middle()], [root()])).toBe('leaf < middle < root');
    expect(outcome([leaf(), other, middle()], [root()])).toBe('leaf < middle < root');
  });

  it('is found through intermediates the verifier configured', () => {
    expect(outcome([leaf()], [middle(), root()])).toBe('leaf < middle < root');
    expect(outcome([leaf()], [middle()], [root()])).toBe('leaf < middle < root');
  });

  it('ends only at the configured root when there is one, not at those of the system', () => {
    const mine = issueCertificate({ name: 'mine', key: keys.leaf, isAuthority: true });
    expect(outcome([leaf(), middle()], [mine], [root()])).toBe('CHAIN_UNTRUSTED');
    expect(outcome([leaf(), middle()], [], [root()])).toBe('leaf < middle < root');
  });

  it('is found past a second certificate of the same name that does not fit', () => {
    const expired = middle({ notAfter: '20210101000000Z' });
    const impostor = issueCertificate({ name: 'middle', key: keys.leaf, issuer: { name: 'root', key: keys.root }, isAuthority: true });
    expect(outcome([leaf(), expired, impostor, middle()], [root()])).toBe('leaf < middle < root');
  });

  it('does not exist without an anchor, nor through a root the signer sent along', () => {
    expect(outcome([leaf(), middle()], [])).toBe('CHAIN_NO_ANCHOR');
    expect(outcome([leaf(), middle(), root()], [root()])).toBe('CHAIN_EMBEDS_ROOT');
  });

  it('is given up when certificates sign each other in circles', () => {
    const a = middle({ issuer: { name: 'knot', key: keys.leaf } });
    const b = issueCertificate({ name: 'knot', key: keys.leaf, issuer: { name: 'middle', key: keys.middle }, isAuthority: true });
    expect(outcome([leaf(), a, b], [root()])).toBe('CHAIN_UNTRUSTED');
    expect(outcome([leaf(), ...Array.from({ length: 14 }, () => [a, b]).flat()], [root()])).toBe('CHAIN_TOO_LONG');
  });
});

describe('the length of a path', () => {
  const tower = (authorities: number): readonly X509Certificate[] => {
    const rung = (at: number) => ({ name: at === 0 ? 'root' : `rung ${at}`, key: at % 2 === 0 ? keys.root : keys.middle });
    const above = Array.from({ length: authorities }, (_, at) =>
      issueCertificate({ ...rung(at + 1), issuer: rung(at), isAuthority: true }),
    );
    return [leaf({ issuer: rung(authorities) }), ...above.reverse()];
  };

  it('is eight certificates at most, leaf and root included', () => {
    expect(outcome(tower(6), [root()]).split(' < ')).toHaveLength(8);
    expect(outcome(tower(7), [root()])).toBe('CHAIN_UNTRUSTED');
  });
});

describe('a link of the path', () => {
  it.each<[string, readonly X509Certificate[], readonly X509Certificate[]]>([
    ['an expired leaf', [leaf({ notAfter: '20290101000000Z' }), middle()], [root()]],
    ['a leaf of the future', [leaf({ notBefore: '20310101000000Z' }), middle()], [root()]],
    ['an expired authority', [leaf(), middle({ notAfter: '20290101000000Z' })], [root()]],
    ['an expired root', [leaf(), middle()], [root({ notAfter: '20290101000000Z' })]],
    ['a leaf for servers', [leaf({ purposes: [serverAuthentication] }), middle()], [root()]],
    ['an authority for servers', [leaf(), middle({ purposes: [serverAuthentication] })], [root()]],
    ['a leaf whose key may only encrypt', [leaf({ keyUsage: 0x20 }), middle()], [root()]],
    ['an authority whose key may not sign certificates', [leaf(), middle({ keyUsage: 0x80 })], [root()]],
    ['an issuer that is no authority', [leaf(), middle({ isAuthority: false })], [root()]],
    ['an authority below a root that allows none', [leaf(), middle()], [root({ pathLength: 0 })]],
    ['a certificate signed with SHA-1', [leaf({ sha1: true }), middle()], [root()]],
    ['a signature of another key', [leaf({ issuer: { name: 'middle', key: keys.root } }), middle()], [root()]],
    ['an unknown critical extension', [leaf({ extra: { oid: '1.2.3.4', isCritical: true } }), middle()], [root()]],
    ['name constraints', [leaf(), middle({ extra: { oid: '2.5.29.30', isCritical: false } })], [root()]],
    ['an anchor of the right name and another key', [leaf(), middle()], [root({ key: keys.leaf })]],
  ])('does not hold with %s', (_, embedded, configured) => {
    expect(outcome(embedded, configured)).toBe('CHAIN_UNTRUSTED');
  });

  it('does not hold with a validity that is no date', () => {
    expect(outcome([leaf({ notAfter: '20209901000000Z' }), middle()], [root()])).toBe('CERTIFICATE_MALFORMED');
    expect(outcome([leaf(), middle()], [], [root({ notBefore: 'not a date, now' })])).toBe('CHAIN_NO_ANCHOR');
    expect(outcome([leaf(), middle()], [], [root({ notBefore: 'not a date, now' }), root()])).toBe('leaf < middle < root');
  });

  it('holds with a path length that fits, any purpose, no usage restrictions and unknown uncritical extensions', () => {
    expect(outcome([leaf(), middle({ pathLength: 0 })], [root({ pathLength: 1 })])).toBe('leaf < middle < root');
    expect(outcome([leaf({ purposes: ['2.5.29.37.0'] }), middle()], [root()])).toBe('leaf < middle < root');
    const { keyUsage: _, ...open } = { name: 'leaf', key: keys.leaf, issuer: { name: 'middle', key: keys.middle }, keyUsage: 0 };
    expect(outcome([issueCertificate({ ...open, extra: { oid: '1.2.3.4', isCritical: false } }), middle()], [root()])).toBe(
      'leaf < middle < root',
    );
  });
});
