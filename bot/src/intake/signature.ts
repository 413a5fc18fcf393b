import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'sha256=';
const STRONG_BYTES = 32;

/** Secrets that may not be used. The message never holds a secret. */
export class SecretError extends Error {
  readonly code: 'MISSING' | 'WEAK';
  constructor(code: 'MISSING' | 'WEAK', message: string) {
    super(message);
    this.name = 'SecretError';
    this.code = code;
  }
}

/**
 * The webhook secrets to verify with, newest first. In production every one needs at least 32 bytes; elsewhere at least one must be
 * there. Throws `SecretError`: a bot without a secret would obey anybody.
 */
export function requireStrongSecrets(secrets: readonly string[], { production }: { production: boolean }): readonly string[] {
  const given = secrets.filter((secret) => secret !== '');
  if (given.length === 0) throw new SecretError('MISSING', 'no webhook secret: set the one that is configured in the GitHub App');
  const weak = given.findIndex((secret) => Buffer.byteLength(secret) < STRONG_BYTES);
  if (production && weak >= 0) {
    throw new SecretError(
      'WEAK',
      `webhook secret ${weak + 1} of ${given.length} has fewer than ${STRONG_BYTES} bytes: make one with \`openssl rand -hex 32\` and set it in the GitHub App`,
    );
  }
  return given;
}

/** Whether a header has the form that GitHub sends: `sha256=` and 64 hexadecimal digits. */
export function isSignature(header: string | undefined): header is string {
  return header !== undefined && /^sha256=[0-9a-f]{64}$/.test(header);
}

/**
 * Whether the body was signed with any of the secrets. Takes the same time whichever of them fits.
 * @param header value of `X-Hub-Signature-256`
 * @see https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function verifySignature(body: Uint8Array, header: string | undefined, secrets: readonly string[]): boolean {
  if (!isSignature(header)) return false;
  const given = Buffer.from(header.slice(PREFIX.length), 'hex');
  let matches = false;
  for (const secret of secrets) {
    if (timingSafeEqual(createHmac('sha256', secret).update(body).digest(), given)) matches = true;
  }
  return matches;
}

/** The header value for a body, as GitHub computes it: for the embedded GitHub, tests and the benchmark. */
export function sign(body: string | Uint8Array, secret: string): string {
  return PREFIX + createHmac('sha256', secret).update(body).digest('hex');
}
