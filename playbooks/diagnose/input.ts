/** Largest input that is read. Only its head and tail decide (see `extractEvidence`). */
export const MAX_INPUT_BYTES = 16 * 1024 * 1024;

export type InputErrorCode = 'USAGE' | 'NOT_FOUND' | 'TOO_LARGE' | 'BINARY' | 'EMPTY';

/** Input that cannot be diagnosed; the message names it and the remedy. */
export class InputError extends Error {
  readonly code: InputErrorCode;

  constructor(code: InputErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InputError';
    this.code = code;
  }
}

/**
 * The text of a file or pipe.
 * @throws InputError `TOO_LARGE` | `BINARY` (a NUL byte, or not UTF-8) | `EMPTY`
 */
export function decodeInput(name: string, bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_INPUT_BYTES) {
    const size = Math.ceil(bytes.byteLength / 1024 / 1024);
    throw new InputError('TOO_LARGE', `${name}: ${size} MiB is more than 16 MiB; cut it, for instance with: tail -c 64K`);
  }
  if (bytes.includes(0)) throw new InputError('BINARY', `${name}: binary data; give text such as kubectl output, a manifest or a log`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError('BINARY', `${name}: not UTF-8 text; convert it first, for instance with: iconv -t UTF-8`, { cause });
  }
  if (text.trim() === '') throw new InputError('EMPTY', `${name}: empty; paste conditions, events, a manifest or a log`);
  return text;
}
