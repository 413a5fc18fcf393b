import { constants, createHash, type KeyObject, privateEncrypt, publicDecrypt, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Hash } from './digest.ts';

/** RSA signature schemes by their OCM names (RFC 8017 §8.1 and §8.2). */
export type Scheme = 'RSASSA-PSS' | 'RSASSA-PKCS1-V1_5';

export const schemes: readonly Scheme[] = ['RSASSA-PSS', 'RSASSA-PKCS1-V1_5'];

/**
 * Whether `signature` was made over `digest` with the private half of `key`.
 * The digest is the finished hash: OCM signs digests, and Node has no call that verifies one, so the encoded message is
 * recovered with the bare RSA operation and checked here. PSS salts of any length are accepted, as Go does.
 * @param key an RSA public key that passed `usableRsaKey`
 * @see https://www.rfc-editor.org/rfc/rfc8017 §8.1.2 (PSS), §8.2.2 (PKCS #1 v1.5)
 */
export function verifyDigest(scheme: Scheme, key: KeyObject, hash: Hash, digest: Buffer, signature: Buffer): boolean {
  const bits = modulusBits(key);
  if (signature.length !== Math.ceil(bits / 8)) return false;
  let encoded: Buffer;
  try {
    encoded = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
  } catch {
    return false; // the number is not below the modulus
  }
  if (scheme === 'RSASSA-PSS') return pssHolds(encoded, bits - 1, hash, digest);
  return timingSafeEqual(encoded, pkcs1Encoded(encoded.length, hash, digest));
}

/**
 * Signature bytes over a finished hash. PSS takes the longest salt the key allows, the default of Go's `crypto/rsa`.
 * PKCS #1 v1.5 is deterministic and therefore equal, byte for byte, to what every other tool makes with this key.
 * @param key an RSA private key that passed `usableRsaKey`, which leaves room for every hash
 */
export function signDigest(scheme: Scheme, key: KeyObject, hash: Hash, digest: Buffer): Buffer {
  const bits = modulusBits(key);
  const sizeBytes = Math.ceil(bits / 8);
  const encoded = scheme === 'RSASSA-PSS' ? pssEncoded(bits - 1, hash, digest) : pkcs1Encoded(sizeBytes, hash, digest);
  const padded = Buffer.concat([Buffer.alloc(sizeBytes - encoded.length), encoded]);
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, padded);
}

/** EMSA-PKCS1-v1_5-ENCODE, RFC 8017 §9.2: compared whole, so that nothing can hide behind a lenient parser. */
function pkcs1Encoded(sizeBytes: number, hash: Hash, digest: Buffer): Buffer {
  const info = Buffer.concat([hash.digestInfoPrefix, digest]);
  const fill = sizeBytes - info.length - 3;
  return Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(fill, 0xff), Buffer.from([0]), info]);
}

/** EMSA-PSS-ENCODE, RFC 8017 §9.1.1, with the salt filling what the modulus leaves. */
function pssEncoded(encodedBits: number, hash: Hash, digest: Buffer): Buffer {
  const size = Math.ceil(encodedBits / 8);
  const saltLength = size - hash.sizeBytes - 2;
  const salt = randomBytes(saltLength);
  const proof = pssProof(hash, digest, salt);
  const block = Buffer.concat([Buffer.from([1]), salt]);
  const masked = xor(block, mask(proof, block.length, hash));
  masked[0] = (masked[0] ?? 0) & topByte(encodedBits, size);
  return Buffer.concat([masked, proof, Buffer.from([0xbc])]);
}

/** EMSA-PSS-VERIFY, RFC 8017 §9.1.2, with the salt length recovered from the padding. */
function pssHolds(message: Buffer, encodedBits: number, hash: Hash, digest: Buffer): boolean {
  const size = Math.ceil(encodedBits / 8);
  const surplus = message.length - size; // one zero byte when the modulus has 8k+1 bits
  if (surplus > 0 && message[0] !== 0) return false;
  const encoded = message.subarray(surplus);
  const blockLength = size - hash.sizeBytes - 1;
  if (blockLength < 1 || encoded[size - 1] !== 0xbc) return false;
  const masked = encoded.subarray(0, blockLength);
  const proof = encoded.subarray(blockLength, size - 1);
  const top = topByte(encodedBits, size);
  if (((masked[0] ?? 0) & ~top & 0xff) !== 0) return false;
  const block = xor(masked, mask(proof, blockLength, hash));
  block[0] = (block[0] ?? 0) & top;
  const separator = block.findIndex((byte) => byte !== 0);
  if (separator < 0 || block[separator] !== 1) return false;
  return timingSafeEqual(proof, pssProof(hash, digest, block.subarray(separator + 1)));
}

function pssProof(hash: Hash, digest: Buffer, salt: Buffer): Buffer {
  return createHash(hash.node).update(Buffer.alloc(8)).update(digest).update(salt).digest();
}

/** MGF1, RFC 8017 appendix B.2.1. */
function mask(seed: Buffer, length: number, hash: Hash): Buffer {
  const parts: Buffer[] = [];
  for (let counter = 0; parts.length * hash.sizeBytes < length; counter += 1) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    parts.push(createHash(hash.node).update(seed).update(count).digest());
  }
  return Buffer.concat(parts).subarray(0, length);
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)));

/** The bits of the first byte that the encoding may use. */
const topByte = (encodedBits: number, size: number): number => 0xff >> (8 * size - encodedBits);

const modulusBits = (key: KeyObject): number => key.asymmetricKeyDetails?.modulusLength ?? 0;
