import { quoted } from '../error.ts';
import { SigningError } from './error.ts';

/** `digest` object of a component version, a reference or a signature (component descriptor v2). `value` is hex. */
export type Digest = {
  readonly hashAlgorithm: string;
  readonly normalisationAlgorithm: string;
  readonly value: string;
};

/** A hash function as OCM names it, with what RSA needs to know about it. */
export type Hash = {
  readonly name: 'SHA-256' | 'SHA-384' | 'SHA-512';
  /** Name of the function in `node:crypto`. */
  readonly node: 'sha256' | 'sha384' | 'sha512';
  readonly sizeBytes: number;
  /** DER of DigestInfo up to the hash value (RFC 8017 §9.2, note 1). */
  readonly digestInfoPrefix: Buffer;
};

const digestInfo = (oidEnd: number, sizeBytes: number): Buffer =>
  Buffer.concat([
    Buffer.from([0x30, 0x11 + sizeBytes, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, oidEnd]),
    Buffer.from([0x05, 0x00, 0x04, sizeBytes]),
  ]);

const hashes: readonly Hash[] = [
  { name: 'SHA-256', node: 'sha256', sizeBytes: 32, digestInfoPrefix: digestInfo(1, 32) },
  { name: 'SHA-384', node: 'sha384', sizeBytes: 48, digestInfoPrefix: digestInfo(2, 48) },
  { name: 'SHA-512', node: 'sha512', sizeBytes: 64, digestInfoPrefix: digestInfo(3, 64) },
];

/**
 * The hash function a descriptor names. Case and dashes do not matter: old descriptors say `sha256`.
 * @throws SigningError `HASH_UNSUPPORTED`, also for `NO-DIGEST`
 */
export function hashByName(name: string): Hash {
  const wanted = name.toUpperCase().replaceAll('-', '');
  const hash = hashes.find((candidate) => candidate.name.replaceAll('-', '') === wanted);
  if (hash === undefined) {
    throw new SigningError('HASH_UNSUPPORTED', `hash algorithm ${quoted(name)} is not one of SHA-256, SHA-384, SHA-512`);
  }
  return hash;
}

/**
 * The bytes of a hex digest value; upper and lower case are the same.
 * @throws SigningError `DIGEST_MALFORMED` unless it is hex of exactly the hash's length
 */
export function digestBytes(value: string, hash: Hash): Buffer {
  if (value.length !== 2 * hash.sizeBytes || !/^[0-9a-fA-F]*$/.test(value)) {
    throw new SigningError('DIGEST_MALFORMED', `digest value is not ${2 * hash.sizeBytes} hexadecimal digits, as ${hash.name} needs`);
  }
  return Buffer.from(value, 'hex');
}

/** `jsonNormalisation/v3` and `/v4alpha1` are two names of the same bytes; every other name stands for itself. */
export function sameNormalisation(a: string, b: string): boolean {
  const canonical = (name: string) => (name === 'jsonNormalisation/v3' ? 'jsonNormalisation/v4alpha1' : name);
  return canonical(a) === canonical(b);
}
