import { type DestinationStream, type Logger, pino } from 'pino';

/** Fields that may hold credentials wherever they appear; user text is redacted before it reaches a log line. */
const SECRET_FIELDS = ['authorization', 'token', 'secret', 'password', 'privateKey', 'private_key', 'webhookSecret', 'databaseUrl'];

/** Structured log lines (JSON, one a line) on standard error unless told otherwise. Secrets in known fields are masked. */
export function createLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent', destination?: DestinationStream): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const options = {
    level,
    base: {},
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'message',
    redact: { paths, censor: '[redacted]' },
    serializers: { err: describe },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, destination ?? pino.destination({ dest: 2, sync: true }));
}

/** Errors with a code are foreseen: what happened is enough. Others are defects, and come with their stack. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ('code' in error) return { code: error.code, message: error.message };
  return pino.stdSerializers.err(error);
}

export type { Logger };
