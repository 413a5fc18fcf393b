import type { X509Certificate } from 'node:crypto';
import { quoted } from '../error.ts';
import { type Certificate, keyUsageBit, purpose, readCertificate } from './certificate.ts';
import { printDistinguishedName, sameName } from './distinguished-name.ts';
import { SigningError, VerificationError } from './error.ts';

/** Where paths may pass and must end. Everything here comes from the verifier, but `embedded`, which the signer sent along. */
export type ChainTrust = {
  /** The certificates a verifier configured: intermediates, and at most one root, which then is the only anchor. */
  readonly configured: readonly X509Certificate[];
  /** Anchors used when no root is configured, for example those of the system. */
  readonly roots: readonly X509Certificate[];
  readonly nowMs: number;
};

/** Longest path, leaf and root included, and the number of links tried before giving up (Go's `crypto/x509` tries 100). */
const limits = { path: 8, links: 100 } as const;

/**
 * Leads the first of `embedded` to an anchor, or says why not (RFC 5280 §6.1, without revocation).
 * Each certificate must be inside its validity window; the leaf must be made for signing code, each authority for signing
 * certificates and no deeper than its path length. Roots among `embedded` are refused: a signer does not choose what is trusted.
 * Unknown critical extensions and name constraints are refused rather than ignored.
 * @returns the path, leaf first, anchor last
 * @throws VerificationError check `chain`; `CERTIFICATE_MALFORMED` comes as SigningError
 */
export function validateChain(embedded: readonly X509Certificate[], trust: ChainTrust): readonly Certificate[] {
  const [leaf, ...sent] = embedded.map(readCertificate);
  if (leaf === undefined) throw new VerificationError('signature', 'SIGNATURE_MALFORMED', 'pem signature carries no certificate');
  const root = [leaf, ...sent].find(isSelfSigned);
  if (root !== undefined) {
    throw new VerificationError(
      'chain',
      'CHAIN_EMBEDS_ROOT',
      `${named(root)} is self-signed; pass roots to the verifier, not in the signature`,
    );
  }
  const configured = trust.configured.map(readCertificate);
  const own = configured.filter(isSelfSigned);
  const anchors = own.length > 0 ? own : trust.roots.flatMap(readableRoot);
  if (anchors.length === 0) {
    throw new VerificationError('chain', 'CHAIN_NO_ANCHOR', `nothing to trust ${named(leaf)} by: pass the certificate of its root`);
  }
  const objection = objectionToLeaf(leaf, trust.nowMs);
  if (objection !== undefined) throw untrusted(objection);
  return new Search(anchors, [...sent, ...configured.filter((candidate) => !own.includes(candidate))], trust.nowMs).from(leaf);
}

/** Depth-first search for a valid path; remembers the first objection, which is what a person needs to read. */
class Search {
  readonly #anchors: readonly Certificate[];
  readonly #authorities: readonly Certificate[];
  readonly #nowMs: number;
  #links = 0;
  #objection: string | undefined;

  constructor(anchors: readonly Certificate[], intermediates: readonly Certificate[], nowMs: number) {
    this.#anchors = anchors;
    this.#authorities = [...anchors, ...intermediates];
    this.#nowMs = nowMs;
  }

  from(leaf: Certificate): readonly Certificate[] {
    const path = this.#extend([leaf]);
    if (path === undefined) throw untrusted(this.#objection ?? `no certificate of the issuer of ${named(leaf)} is trusted`);
    return path;
  }

  #extend(path: readonly Certificate[]): readonly Certificate[] | undefined {
    const child = path.at(-1);
    if (child === undefined || path.length >= limits.path) return undefined;
    for (const issuer of this.#authorities) {
      if (path.includes(issuer) || !sameName(issuer.subject, child.issuer)) continue;
      const objection = this.#objectionToLink(child, issuer, path.length - 1);
      if (objection !== undefined) {
        this.#objection ??= objection;
        continue;
      }
      const longer = [...path, issuer];
      const complete = this.#anchors.includes(issuer) ? longer : this.#extend(longer);
      if (complete !== undefined) return complete;
    }
    return undefined;
  }

  /** @param below authorities already between the leaf and this issuer */
  #objectionToLink(child: Certificate, issuer: Certificate, below: number): string | undefined {
    this.#links += 1;
    if (this.#links > limits.links) {
      throw new VerificationError('chain', 'CHAIN_TOO_LONG', `gave up after ${limits.links} links; send only the certificates of one path`);
    }
    return objectionToAuthority(issuer, below, this.#nowMs) ?? objectionToSignature(child, issuer);
  }
}

function objectionToLeaf(leaf: Certificate, nowMs: number): string | undefined {
  const signing = keyUsageBit.digitalSignature | keyUsageBit.nonRepudiation;
  if (leaf.keyUsage !== undefined && (leaf.keyUsage & signing) === 0) return `${named(leaf)} is not made for signing (key usage)`;
  return commonObjection(leaf, nowMs);
}

function objectionToAuthority(issuer: Certificate, below: number, nowMs: number): string | undefined {
  if (!issuer.isAuthority) return `${named(issuer)} is not a certificate authority`;
  if (issuer.keyUsage !== undefined && (issuer.keyUsage & keyUsageBit.keyCertSign) === 0) {
    return `${named(issuer)} is not made for signing certificates (key usage)`;
  }
  if (issuer.pathLength !== undefined && below > issuer.pathLength) return `${named(issuer)} allows fewer authorities below it`;
  return commonObjection(issuer, nowMs);
}

function commonObjection(certificate: Certificate, nowMs: number): string | undefined {
  const { purposes, unprocessed, notBeforeMs, notAfterMs } = certificate;
  if (nowMs < notBeforeMs) return `${named(certificate)} is valid only from ${new Date(notBeforeMs).toISOString()}`;
  if (nowMs > notAfterMs) return `${named(certificate)} expired at ${new Date(notAfterMs).toISOString()}`;
  if (purposes !== undefined && !purposes.includes(purpose.codeSigning) && !purposes.includes(purpose.any)) {
    return `${named(certificate)} is not made for signing code (extended key usage)`;
  }
  const [unknown] = unprocessed;
  return unknown === undefined ? undefined : `${named(certificate)} has the extension ${unknown}, which is not supported`;
}

function objectionToSignature(child: Certificate, issuer: Certificate): string | undefined {
  if (!child.isSoundlySigned) return `${named(child)} is signed with a broken or unknown algorithm; it needs SHA-256 or better`;
  return verifies(child, issuer) ? undefined : `${named(child)} was not signed by the key of ${named(issuer)}`;
}

/** One odd certificate among a system's hundreds must not stop every verification: it is no anchor, that is all. */
function readableRoot(root: X509Certificate): readonly Certificate[] {
  try {
    return [readCertificate(root)];
  } catch (error) {
    if (error instanceof SigningError) return [];
    throw error;
  }
}

/** Like Go's `CheckSignatureFrom(self)`: the certificate is an authority, names itself, and its key made its signature. */
function isSelfSigned(certificate: Certificate): boolean {
  return certificate.isAuthority && sameName(certificate.subject, certificate.issuer) && verifies(certificate, certificate);
}

function verifies(child: Certificate, issuer: Certificate): boolean {
  try {
    return child.x509.verify(issuer.x509.publicKey);
  } catch {
    return false; // another kind of key
  }
}

const untrusted = (objection: string) => new VerificationError('chain', 'CHAIN_UNTRUSTED', objection);

const named = ({ subject }: Certificate): string => `certificate ${quoted(printDistinguishedName(subject))}`;
