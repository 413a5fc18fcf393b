import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Digest } from './digest.ts';
import { readTrust } from './keys.ts';
import { mediaType, type Signature } from './specification.ts';
import { vector } from './test-certificates.ts';
import { verifySignature } from './verify.ts';

type Row = { readonly component: string; readonly digest: Digest; readonly signatures: readonly Signature[] };
const rows = JSON.parse(vector('expected.json')) as readonly Row[];
const nowMs = Date.parse('2030-01-01T00:00:00Z');

const signed = (kind: 'pss' | 'pkcs1' | 'pem') => {
  const row = rows.find(({ component }) => component === `acme.org/train/signed/${kind}`)!;
  const trust = readTrust(vector(kind === 'pem' ? 'keys/ca.crt' : 'keys/rsa.pub'));
  return { row, signature: row.signatures[0]!, input: { computed: row.digest, trust, nowMs } };
};

describe('signatures made by the official command line', () => {
  it.each(['pss', 'pkcs1', 'pem'] as const)('verify: %s', (kind) => {
    const { signature, input } = signed(kind);
    expect(verifySignature(signature, input)).toMatchObject({
      verified: true,
      hash: 'SHA-256',
      scheme: kind === 'pkcs1' ? 'RSASSA-PKCS1-V1_5' : 'RSASSA-PSS',
      signer: { kind: kind === 'pem' ? 'certificate' : 'key' },
    });
  });

  it('tell who signed when they carry certificates', () => {
    const { signature, input } = signed('pem');
    const outcome = verifySignature(signature, input);
    expect(outcome).toMatchObject({
      signer: { subject: 'CN=signer,O=acme.org', issuer: 'CN=root,O=acme.org' },
    });
  });

  it.each(['pss', 'pkcs1'] as const)('fail the signature check under another key: %s', (kind) => {
    const { signature, input } = signed(kind);
    const outcome = verifySignature(signature, { ...input, trust: readTrust(vector('keys/other.pub')) });
    expect(outcome).toMatchObject({ verified: false, failed: 'signature', code: 'SIGNATURE_INVALID' });
  });

  it.each(['pss', 'pkcs1', 'pem'] as const)('fail the digest check on another component: %s', (kind) => {
    const { signature, input } = signed(kind);
    const computed = rows[0]!.digest;
    expect(verifySignature(signature, { ...input, computed })).toMatchObject({ failed: 'digest', code: 'DIGEST_MISMATCH' });
  });

  it('fail the signature check when the digest was rewritten to fit a changed descriptor', () => {
    const { signature, input } = signed('pss');
    const computed = rows[0]!.digest;
    const outcome = verifySignature({ ...signature, digest: computed }, { ...input, computed });
    expect(outcome).toMatchObject({ failed: 'signature', code: 'SIGNATURE_INVALID' });
  });

  it('need a certificate as anchor when they carry a chain: a bare key names no authority', () => {
    const { signature, input } = signed('pem');
    const outcome = verifySignature(signature, { ...input, trust: readTrust(vector('keys/other.pub')) });
    expect(outcome).toMatchObject({ failed: 'chain', code: 'CHAIN_NO_ANCHOR' });
  });

  it('are refused before and after the lifetime of their certificate', () => {
    const { signature, input } = signed('pem');
    for (const moment of ['2026-01-01T00:00:00Z', '2037-01-01T00:00:00Z']) {
      const outcome = verifySignature(signature, { ...input, nowMs: Date.parse(moment) });
      expect(outcome).toMatchObject({ failed: 'chain', code: 'CHAIN_UNTRUSTED' });
    }
  });

  it('need a key: none in the trust is a failed key check', () => {
    const { signature, input } = signed('pss');
    const outcome = verifySignature(signature, { ...input, trust: { key: undefined, certificates: [] } });
    expect(outcome).toMatchObject({ failed: 'key', code: 'KEY_MISSING' });
  });
});

describe('what a signature says about itself', () => {
  it('decides the scheme by media type, whatever the algorithm claims', () => {
    const { signature, input } = signed('pkcs1');
    const claim = { ...signature, signature: { ...signature.signature, algorithm: 'RSASSA-PSS' } };
    expect(verifySignature(claim, input)).toMatchObject({ verified: true, scheme: 'RSASSA-PKCS1-V1_5' });
    const moved = { ...signature, signature: { ...signature.signature, mediaType: mediaType.pss } };
    expect(verifySignature(moved, input)).toMatchObject({ failed: 'signature', code: 'SIGNATURE_INVALID' });
  });

  it('must have a media type that is known', () => {
    const { signature, input } = signed('pss');
    for (const foreign of ['application/vnd.dev.sigstore.bundle.v0.3+json', 'application/vnd.ocm.signature.gpg', '']) {
      const outcome = verifySignature({ ...signature, signature: { ...signature.signature, mediaType: foreign } }, input);
      expect(outcome).toMatchObject({ failed: 'signature', code: 'MEDIA_TYPE_UNSUPPORTED' });
    }
  });

  it('must not contradict its pem header', () => {
    const { signature, input } = signed('pem');
    const claim = { ...signature, signature: { ...signature.signature, algorithm: 'RSASSA-PKCS1-V1_5' } };
    expect(verifySignature(claim, input)).toMatchObject({ failed: 'signature', code: 'ALGORITHM_MISMATCH' });
    const silent = { ...signature, signature: { ...signature.signature, algorithm: '' } };
    expect(verifySignature(silent, input)).toMatchObject({ verified: true });
  });

  it('reads v3 and v4alpha1 as one normalisation, and nothing else', () => {
    const { signature, input, row } = signed('pss');
    const under = (normalisationAlgorithm: string) =>
      verifySignature(signature, { ...input, computed: { ...row.digest, normalisationAlgorithm } });
    expect(under('jsonNormalisation/v3')).toMatchObject({ verified: true });
    expect(under('jsonNormalisation/v2')).toMatchObject({ failed: 'normalisation', code: 'NORMALISATION_MISMATCH' });
  });

  it('accepts old spellings and upper-case hex, and no other hash', () => {
    const { signature, input } = signed('pkcs1');
    const under = (digest: Partial<Digest>) => verifySignature({ ...signature, digest: { ...signature.digest, ...digest } }, input);
    expect(under({ hashAlgorithm: 'sha256', value: signature.digest.value.toUpperCase() })).toMatchObject({ verified: true });
    expect(under({ hashAlgorithm: 'NO-DIGEST' })).toMatchObject({ failed: 'digest', code: 'HASH_UNSUPPORTED' });
    expect(under({ hashAlgorithm: 'SHA-512' })).toMatchObject({ failed: 'digest', code: 'DIGEST_MALFORMED' });
    expect(under({ value: `${signature.digest.value}00` })).toMatchObject({ failed: 'digest', code: 'DIGEST_MALFORMED' });
  });
});

describe('the digest a caller computed', () => {
  it('counts only with the hash the signature names, even if the digits agree', () => {
    const { signature, input, row } = signed('pss');
    const computed = { ...row.digest, hashAlgorithm: 'SHA-512' };
    expect(verifySignature(signature, { ...input, computed })).toMatchObject({ failed: 'digest', code: 'DIGEST_MISMATCH' });
  });
});

describe('who signed', () => {
  const under = (issuer: string, policy: object = {}) => {
    const { signature, input } = signed('pem');
    return verifySignature({ ...signature, signature: { ...signature.signature, issuer } }, { ...input, policy });
  };

  it('may be claimed as subject (older tools) or as issuer (newer library) of the certificate', () => {
    expect(under('CN=signer,O=acme.org')).toMatchObject({ verified: true });
    expect(under('O=acme.org, CN=root')).toMatchObject({ verified: true });
    expect(under('CN=someone,O=acme.org')).toMatchObject({ failed: 'identity', code: 'ISSUER_MISMATCH' });
    expect(under('CN=signer')).toMatchObject({ failed: 'identity', code: 'ISSUER_MISMATCH' });
    expect(under('signer')).toMatchObject({ failed: 'identity', code: 'ISSUER_MISMATCH' });
  });

  it('is held against the policy only after the signature proved genuine', () => {
    expect(under('', { subject: 'CN=signer,O=acme.org', issuer: 'CN=root,O=acme.org' })).toMatchObject({ verified: true });
    expect(under('', { subject: 'CN=other,O=acme.org' })).toMatchObject({ failed: 'identity', code: 'SIGNER_MISMATCH' });
    const { signature, input, row } = signed('pem');
    const wrong = { ...input, computed: rows[0]!.digest, policy: { subject: 'CN=other' } };
    expect(verifySignature(signature, wrong)).toMatchObject({ failed: 'digest' });
    expect(row.component).toContain('pem');
  });

  it('cannot be asked of a bare key', () => {
    const { signature, input } = signed('pss');
    const outcome = verifySignature(signature, { ...input, policy: { subject: 'CN=signer,O=acme.org' } });
    expect(outcome).toMatchObject({ failed: 'identity', code: 'SIGNER_MISMATCH' });
  });
});

describe('hostile signatures', () => {
  it('end in a refusal, never in an exception, whatever stands in the value', () => {
    const { signature, input } = signed('pem');
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('-----BEGIN SIGNATURE-----', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...Object.values(mediaType)), fc.string(), (value, type, issuer) => {
        const hostile = { ...signature, signature: { algorithm: '', value, mediaType: type, issuer } };
        expect(verifySignature(hostile, input).verified).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('do not verify with any single bit changed', () => {
    const { signature, input } = signed('pss');
    const bytes = Buffer.from(signature.signature.value, 'hex');
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        const forged = { ...signature, signature: { ...signature.signature, value: changed.toString('hex') } };
        expect(verifySignature(forged, input).verified).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('never survive a changed byte of the certificates they carry', () => {
    const { signature, input } = signed('pem');
    const at = signature.signature.value.indexOf('-----BEGIN CERTIFICATE');
    const base = signature.signature.value;
    fc.assert(
      fc.property(fc.integer({ min: at + 30, max: base.length - 40 }), (position) => {
        const replacement = base[position] === 'A' ? 'B' : 'A';
        if (base[position] === '\n' || base[position] === '=') return;
        const value = base.slice(0, position) + replacement + base.slice(position + 1);
        const outcome = verifySignature({ ...signature, signature: { ...signature.signature, value } }, input);
        expect(outcome.verified).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});
