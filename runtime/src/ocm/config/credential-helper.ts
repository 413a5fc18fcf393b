import { execFile } from 'node:child_process';
import * as z from 'zod';
import type { CredentialHelper } from './docker.ts';
import { ConfigError } from './error.ts';

const answerSchema = z.looseObject({ Username: z.string(), Secret: z.string() });
const limits = { timeoutMs: 30_000, answerBytes: 64 * 1024 } as const;

/**
 * Runs `docker-credential-<name> get` from the path, without a shell, the server on standard input.
 * Its output is never repeated: it may hold the secret.
 * @see https://github.com/docker/docker-credential-helpers
 */
export const runCredentialHelper: CredentialHelper = async (name, server) => {
  const { failed, answer } = await run(`docker-credential-${name}`, server);
  if (failed && answer.includes('credentials not found')) return undefined;
  const parsed = failed ? undefined : answerSchema.safeParse(attempt(answer));
  if (parsed?.success !== true) {
    throw new ConfigError('HELPER_FAILED', `credential helper docker-credential-${name} gave no account; run it by hand to see why`);
  }
  return { username: parsed.data.Username, secret: parsed.data.Secret };
};

function run(program: string, input: string): Promise<{ readonly failed: boolean; readonly answer: string }> {
  return new Promise((resolve) => {
    const options = { timeout: limits.timeoutMs, maxBuffer: limits.answerBytes };
    const child = execFile(program, ['get'], options, (error, stdout) => resolve({ failed: error !== null, answer: stdout }));
    child.stdin?.on('error', () => undefined); // a helper may end without reading; the outcome tells
    child.stdin?.end(input);
  });
}

function attempt(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
