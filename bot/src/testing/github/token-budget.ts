import { createSign } from 'node:crypto';
import type { Emulator } from './emulator.ts';

/** Calls that emulate must still allow before a fresh token takes over. */
const reserve = 200;

/**
 * emulate allows a token 5,000 calls in an hour of real time, but a simulated week passes in seconds. Before an installation token
 * runs out, another one answers for it; the bot keeps using the one it has.
 */
export class TokenBudget {
  readonly #appId: number;
  readonly #privateKey: string;
  readonly #standIns = new Map<string, string>();

  constructor(appId: number, privateKey: string) {
    this.#appId = appId;
    this.#privateKey = privateKey;
  }

  standInFor(token: string): string {
    return this.#standIns.get(token) ?? token;
  }

  async renew(emulator: Emulator, token: string, installationId: number, headers: Record<string, string> | undefined): Promise<void> {
    const remaining = headers?.['x-ratelimit-remaining'];
    if (remaining === undefined || Number(remaining) > reserve) return;
    const path = `/app/installations/${installationId}/access_tokens`;
    const answer = await emulator.request({ method: 'POST', path, token: this.#jwt(), body: {} });
    if (answer.status === 201) this.#standIns.set(token, (JSON.parse(answer.text) as { token: string }).token);
  }

  #jwt(): string {
    const seconds = Math.floor(Date.now() / 1000);
    const parts = [
      { alg: 'RS256', typ: 'JWT' },
      { iss: String(this.#appId), iat: seconds - 30, exp: seconds + 300 },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const signature = createSign('RSA-SHA256').update(parts.join('.')).sign(this.#privateKey, 'base64url');
    return [...parts, signature].join('.');
  }
}
