import { ConfigError } from './error.ts';

/** The code of the ConfigError that `act` ends in, `none` when it ends well; other exceptions pass through. */
export async function refusal(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof ConfigError) return error.code;
    throw error;
  }
  return 'none';
}
