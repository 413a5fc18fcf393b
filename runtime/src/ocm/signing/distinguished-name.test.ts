import { describe, expect, it } from 'vitest';
import { readCertificate } from './certificate.ts';
import { parseDistinguishedName, printDistinguishedName, sameName } from './distinguished-name.ts';
import { issueCertificate, vectorKey } from './test-certificates.ts';

const same = (a: string, b: string): boolean => sameName(parseDistinguishedName(a), parseDistinguishedName(b) ?? []);

describe('distinguished names', () => {
  it('are the same in any order, spacing, case of keywords and joined with plus', () => {
    expect(same('CN=a,O=b,OU=c', 'ou=c + o=b , cn=a')).toBe(true);
    expect(same('CN=a,O=b', '2.5.4.3=a,2.5.4.10=b')).toBe(true);
    expect(same('CN=a;O=b', 'O=b,CN=a')).toBe(true);
  });

  it('differ by value, by case of a value, and by an attribute more or less', () => {
    expect(same('CN=a,O=b', 'CN=a')).toBe(false);
    expect(same('CN=a', 'CN=a,O=b')).toBe(false);
    expect(same('CN=a', 'CN=A')).toBe(false);
    expect(same('OU=a,OU=a', 'OU=a')).toBe(false);
  });

  it('read escapes, quotes and hexadecimal pairs', () => {
    expect(same('CN=Acme\\, Inc.', 'CN="Acme, Inc."')).toBe(true);
    expect(same('CN=M\\C3\\BCller', 'CN=Müller')).toBe(true);
  });

  it('are a common name when no attribute is in the text', () => {
    expect(same('release team', 'CN=release team')).toBe(true);
  });

  it('match nothing when an attribute is unknown or the text is empty', () => {
    expect(parseDistinguishedName('CN=a,planet=earth')).toBeUndefined();
    expect(parseDistinguishedName('CN=a,__proto__=x')).toBeUndefined();
    expect(parseDistinguishedName('  ')).toBeUndefined();
    expect(parseDistinguishedName('CN=a\\')).toBeUndefined();
  });

  it('of a certificate print as text that parses to the same name', () => {
    const key = vectorKey('leaf');
    for (const name of ['signer', 'Acme, "Inc." + \\ #1', 'Müller']) {
      const { subject } = readCertificate(issueCertificate({ name, key }));
      expect(sameName(parseDistinguishedName(printDistinguishedName(subject)), subject)).toBe(true);
    }
  });
});
