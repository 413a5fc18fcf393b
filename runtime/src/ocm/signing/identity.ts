import { quoted } from '../error.ts';
import type { Certificate } from './certificate.ts';
import { parseDistinguishedName, printDistinguishedName, sameName } from './distinguished-name.ts';
import { VerificationError } from './error.ts';

/** Who must have signed, as RFC 2253 names. Asked only of signatures already found genuine. */
export type IdentityPolicy = {
  readonly subject?: string;
  readonly issuer?: string;
};

/**
 * Holds a signature's own `issuer` against its certificate. The older tools write the leaf's subject there, the newer library
 * compares with the leaf's issuer: either is accepted. Plain signatures have no certificate to compare with.
 * @throws VerificationError check `identity`, code `ISSUER_MISMATCH`
 */
export function checkIssuerClaim(claim: string, leaf: Certificate | undefined): void {
  if (claim.trim() === '' || leaf === undefined) return;
  const name = parseDistinguishedName(claim);
  if (sameName(name, leaf.subject) || sameName(name, leaf.issuer)) return;
  const message = `signature names ${quoted(claim)} as its issuer, its certificate is ${described(leaf)}`;
  throw new VerificationError('identity', 'ISSUER_MISMATCH', message);
}

/** @throws VerificationError check `identity`, code `SIGNER_MISMATCH`; a bare key has no name and satisfies no policy */
export function checkPolicy(policy: IdentityPolicy, leaf: Certificate | undefined): void {
  const { subject, issuer } = policy;
  if (subject === undefined && issuer === undefined) return;
  if (leaf === undefined) {
    throw new VerificationError('identity', 'SIGNER_MISMATCH', 'a signer is asked for by name, but a plain signature names none');
  }
  const isSubject = subject === undefined || sameName(parseDistinguishedName(subject), leaf.subject);
  const isIssuer = issuer === undefined || sameName(parseDistinguishedName(issuer), leaf.issuer);
  if (isSubject && isIssuer) return;
  throw new VerificationError('identity', 'SIGNER_MISMATCH', `signed by ${described(leaf)}, which is not the signer asked for`);
}

const described = ({ subject, issuer }: Certificate): string =>
  `${quoted(printDistinguishedName(subject))} of ${quoted(printDistinguishedName(issuer))}`;
