import { GitHubError } from './port.ts';

/** A suspended installation, a repository without issues: there is nothing to see in it, and the others must not wait for it. */
export async function unlessClosed<T>(reading: Promise<T>, nothing: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof GitHubError && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND')) return nothing;
    throw error;
  }
}
