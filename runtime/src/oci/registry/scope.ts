/** What a token must allow on a repository. @see https://distribution.github.io/distribution/spec/auth/scope/ */
export type Scope = { readonly type: string; readonly name: string; readonly actions: readonly string[] };

export const pullScope = (repository: string): Scope => ({ type: 'repository', name: repository, actions: ['pull'] });
export const pushScope = (repository: string): Scope => ({ type: 'repository', name: repository, actions: ['pull', 'push'] });

/** `type:name:action,action` each; one per resource, sorted, so that equal sets are equal text. */
export function formatScopes(scopes: readonly Scope[]): readonly string[] {
  const merged = new Map<string, Set<string>>();
  for (const { type, name, actions } of scopes) {
    const key = `${type}:${name}`;
    merged.set(key, new Set([...(merged.get(key) ?? []), ...actions]));
  }
  return [...merged].map(([key, actions]) => `${key}:${[...actions].sort().join(',')}`).sort();
}

/** Reads the `scope` parameter of a challenge; what is no scope is left out. */
export function parseScopes(text: string): readonly Scope[] {
  return text.split(' ').flatMap((part) => {
    const first = part.indexOf(':');
    const last = part.lastIndexOf(':');
    if (first <= 0 || last <= first + 1 || last === part.length - 1) return [];
    return [{ type: part.slice(0, first), name: part.slice(first + 1, last), actions: part.slice(last + 1).split(',') }];
  });
}
