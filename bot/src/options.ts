import { z } from 'zod';

/** One option of the bot: declared here once; flag, environment variable, validation, `--help` and docs/reference/bot-options.md follow. */
export type Option = {
  /** Environment variable. The flag is the key in kebab case. */
  env: string;
  schema: z.ZodType;
  help: string;
  default?: string;
  /** Never printed, logged or shown in `--help` defaults. */
  secret?: boolean;
};

const port = z.coerce.number().int().min(0).max(65535);
const loopback = '127.0.0.1';

export const botOptions = {
  host: { env: 'HOST', schema: z.string(), default: loopback, help: 'address of the webhook listener; 0.0.0.0 in a container' },
  port: { env: 'PORT', schema: port, default: '3000', help: 'port of the webhook listener; 0 picks a free one' },
  adminHost: { env: 'ADMIN_HOST', schema: z.string(), default: loopback, help: 'address of the status page, metrics and set-up page' },
  adminPort: {
    env: 'ADMIN_PORT',
    schema: port,
    default: '3001',
    help: 'port of the status page, metrics and set-up page; 0 picks a free one',
  },
  webhookPath: {
    env: 'WEBHOOK_PATH',
    schema: z.string().startsWith('/'),
    default: '/api/github/webhooks',
    help: 'path GitHub delivers to',
  },
  appId: {
    env: 'APP_ID',
    schema: z.coerce.number().int().positive().optional(),
    help: 'numeric id of the GitHub App; absent: the embedded GitHub is used',
  },
  privateKey: { env: 'PRIVATE_KEY', schema: z.string().optional(), secret: true, help: 'private key of the App: PEM, or PEM in base64' },
  privateKeyPath: { env: 'PRIVATE_KEY_PATH', schema: z.string().optional(), help: 'file that holds the private key' },
  webhookSecrets: {
    env: 'WEBHOOK_SECRET',
    schema: z.string().optional(),
    secret: true,
    help: 'webhook secret; several, separated by commas, are all accepted (rotation)',
  },
  githubApiUrl: {
    env: 'GITHUB_API_URL',
    schema: z.url(),
    default: 'https://api.github.com',
    help: 'REST API of GitHub or GitHub Enterprise Server',
  },
  dataDir: { env: 'DATA_DIR', schema: z.string(), default: '.sig-runtime', help: 'directory of the embedded SQLite store' },
  databaseUrl: {
    env: 'DATABASE_URL',
    schema: z.string().startsWith('postgres').optional(),
    secret: true,
    help: 'PostgreSQL store, needed for two or more replicas: postgres://user:password@host/database',
  },
  slaExport: {
    env: 'SLA_EXPORT',
    schema: z.string().min(1).optional(),
    help: 'file that gets the SLA feed every hour (the same JSON as /api/v1/sla.json), for sites that cannot reach the bot',
  },
  siteUrl: {
    env: 'SITE_URL',
    schema: z.url(),
    default: 'https://ocm.software/sig-runtime',
    help: 'public site that playbook links point to',
  },
  workers: { env: 'WORKERS', schema: z.coerce.number().int().min(1).max(64), default: '4', help: 'items handled at the same time' },
  logLevel: {
    env: 'LOG_LEVEL',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    default: 'info',
    help: 'least severe log line that is written',
  },
  production: {
    env: 'NODE_ENV',
    schema: z.preprocess((value) => value === true || value === 'production' || value === 'true', z.boolean()),
    default: 'development',
    help: '`production` refuses to start without a strong webhook secret and switches the set-up page off',
  },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof botOptions;
export type BotOptions = { [Name in OptionName]: z.output<(typeof botOptions)[Name]['schema']> };

export class OptionError extends Error {
  readonly code = 'INVALID_OPTION';
}

export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * Flags win over the environment, the environment over defaults.
 * @throws OptionError naming the flag, the variable and what is expected
 */
export function parseOptions(flags: Partial<Record<string, unknown>>, env: Readonly<Record<string, string | undefined>>): BotOptions {
  const entries = Object.entries(botOptions as Record<string, Option>).map(([name, option]) => {
    const given = flags[name] ?? (env[option.env] === '' ? undefined : env[option.env]) ?? option.default;
    const parsed = option.schema.safeParse(given);
    if (parsed.success) return [name, parsed.data] as const;
    const problem = parsed.error.issues.map((issue) => issue.message).join('; ');
    throw new OptionError(`${flagOf(name)} (${option.env}): ${problem}. It is: ${option.help}`);
  });
  return Object.fromEntries(entries) as BotOptions;
}

/** Where the set-up page keeps the credentials of the App it created; read at the next start. */
export function credentialsFile(dataDir: string = botOptions.dataDir.default): string {
  return `${dataDir}/app.env`;
}

/** Address at which people use a GitHub whose API is at `apiUrl`: `https://api.github.com` or `https://host/api/v3`. */
export function webUrlOf(apiUrl: string): string {
  const url = new URL(apiUrl);
  return url.hostname === 'api.github.com' ? 'https://github.com' : url.origin;
}
