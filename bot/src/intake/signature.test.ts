import { describe, expect, it } from 'vitest';
import { requireStrongSecrets, SecretError, sign, verifySignature } from './signature.ts';

const strong = 'a'.repeat(32);

describe('verifySignature', () => {
  it("agrees with the example of GitHub's documentation", () => {
    const header = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    expect(verifySignature(Buffer.from('Hello, World!'), header, ["It's a Secret to Everybody"])).toBe(true);
  });

  it('accepts any of several secrets, wherever it stands', () => {
    const body = Buffer.from('{}');
    for (const secret of ['one', 'two', 'three']) expect(verifySignature(body, sign(body, secret), ['one', 'two', 'three'])).toBe(true);
  });

  it.each([
    ['another secret', sign('{}', 'other')],
    ['another body', sign('{ }', 'one')],
    ['nothing', undefined],
    ['SHA-1', 'sha1=757107ea0eb2509fc211221cce984b8a37570b6d'],
    ['a digest cut short', sign('{}', 'one').slice(0, -2)],
    ['letters that are not hexadecimal', `sha256=${'z'.repeat(64)}`],
  ])('refuses a signature made with %s', (_what, header) => {
    expect(verifySignature(Buffer.from('{}'), header, ['one'])).toBe(false);
  });

  it('refuses everything without a secret', () => {
    expect(verifySignature(Buffer.from('{}'), sign('{}', ''), [])).toBe(false);
  });
});

describe('requireStrongSecrets', () => {
  it('refuses a weak secret in production without repeating it', () => {
    const start = () => requireStrongSecrets([strong, 'development'], { production: true });
    expect(start).toThrow(SecretError);
    expect(start).not.toThrow('development');
    expect(start).toThrow('2 of 2');
  });

  it('counts bytes, not characters', () => {
    expect(requireStrongSecrets(['é'.repeat(16)], { production: true })).toHaveLength(1);
  });

  it.each([true, false])('refuses to go without any (production: %s)', (production) => {
    expect(() => requireStrongSecrets([], { production })).toThrow(SecretError);
    expect(() => requireStrongSecrets([''], { production })).toThrow('no webhook secret');
  });

  it('lets a short one pass elsewhere', () => {
    expect(requireStrongSecrets(['short'], { production: false })).toEqual(['short']);
  });
});
