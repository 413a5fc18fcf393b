export type ConfigErrorCode =
  | 'TOO_LARGE'
  | 'SYNTAX'
  | 'SCHEMA'
  | 'TOO_DEEP'
  | 'PATTERN'
  | 'RESOLVERS_CONFLICT'
  | 'CREDENTIALS_UNSUPPORTED'
  | 'HELPER_FAILED'
  | 'UNREADABLE';

/**
 * What is wrong with a configuration. The message names the source, the place in it and the remedy, and never a value that
 * stands there: configurations are full of secrets. `code` is stable.
 */
export class ConfigError extends Error {
  readonly code: ConfigErrorCode;

  constructor(code: ConfigErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConfigError';
    this.code = code;
  }
}
