import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { toGitHubError } from './errors.ts';

const Credentials = z.object({
  id: z.number().int(),
  slug: z.string(),
  html_url: z.string(),
  pem: z.string(),
  webhook_secret: z.string().nullable(),
});
export type Credentials = z.infer<typeof Credentials>;

const timeoutMs = 30_000;

/**
 * Trades the code that GitHub gave the browser for the credentials of the new App. A code works once, for an hour.
 * @throws GitHubError
 */
export async function convertManifest(apiUrl: string, code: string): Promise<Credentials> {
  const what = 'create the App from its manifest';
  try {
    const response = await fetch(`${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`, {
      method: 'POST',
      headers: { accept: 'application/vnd.github+json' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw Object.assign(new Error('conversion refused'), { status: response.status });
    return Credentials.parse(await response.json());
  } catch (cause) {
    throw toGitHubError(what, cause, Date.now());
  }
}

/** The file exists already: it is never overwritten, because it may hold the only copy of a key. */
export class CredentialsFileExists extends Error {
  readonly code = 'CREDENTIALS_FILE_EXISTS';
  constructor(path: string) {
    super(`${path} exists already; move it away and start again`);
    this.name = 'CredentialsFileExists';
  }
}

/**
 * Reserves the file (its folder is created) before GitHub is asked, so that credentials never have nowhere to go, then fills it. Readable by its owner only.
 * @throws CredentialsFileExists
 */
export async function saveCredentials(path: string, obtain: () => Promise<Credentials>, apiUrl: string): Promise<Credentials> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') throw new CredentialsFileExists(path);
    throw cause;
  });
  try {
    const credentials = await obtain();
    await file.writeFile(environmentOf(credentials, apiUrl));
    await file.sync();
    return credentials;
  } catch (cause) {
    await rmIfEmpty(path, file);
    throw cause;
  } finally {
    await file.close();
  }
}

async function rmIfEmpty(path: string, file: { stat(): Promise<{ size: number }> }): Promise<void> {
  if ((await file.stat()).size === 0) await rm(path);
}

function environmentOf({ id, pem, webhook_secret }: Credentials, apiUrl: string): string {
  const lines = [
    `APP_ID=${id}`,
    `PRIVATE_KEY=${Buffer.from(pem).toString('base64')}`,
    `WEBHOOK_SECRET=${webhook_secret ?? ''}`,
    `GITHUB_API_URL=${apiUrl}`,
  ];
  return `${lines.join('\n')}\n`;
}
