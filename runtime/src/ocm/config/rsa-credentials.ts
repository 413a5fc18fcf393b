import type { Credentials } from './credentials.ts';
import type { ConsumerIdentity } from './identity.ts';

/** Where a key comes from: the text itself, or a file that has it. */
export type KeySource = { readonly kind: 'pem'; readonly pem: string } | { readonly kind: 'file'; readonly path: string };

/** Under which identity the official tools look for the keys of a signature. */
export const rsaIdentity = (algorithm: string, signature: string): ConsumerIdentity => ({ type: 'RSA/v1alpha1', algorithm, signature });

/**
 * The keys in RSA credentials (`RSACredentials/v1`, or direct properties in snake or camel case). Text wins over a file.
 * A missing public key may be taken from the private one: `readTrust` accepts either.
 */
export function rsaKeySources({ properties }: Credentials): { readonly publicKey?: KeySource; readonly privateKey?: KeySource } {
  const publicKey = source(
    properties.publicKeyPEM ?? properties.public_key_pem,
    properties.publicKeyPEMFile ?? properties.public_key_pem_file,
  );
  const privateKey = source(
    properties.privateKeyPEM ?? properties.private_key_pem,
    properties.privateKeyPEMFile ?? properties.private_key_pem_file,
  );
  return { ...(publicKey ? { publicKey } : {}), ...(privateKey ? { privateKey } : {}) };
}

function source(pem: string | undefined, path: string | undefined): KeySource | undefined {
  if (pem) return { kind: 'pem', pem };
  return path ? { kind: 'file', path } : undefined;
}
