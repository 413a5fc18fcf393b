/** Where the OCM controller lives upstream, before and after its move; a repository's configuration may name others. */
export const RUNTIME_PATHS: readonly string[] = ['kubernetes/controller/**', 'bindings/go/kubernetes/controller/**'];

/**
 * Does one of the changed paths lie at or below a pattern `directory/**` (or equal a plain path)? A change of the bare directory counts.
 * Callers with full glob patterns bring their own predicate (`createScopeModel` takes the outcome).
 */
export function touchesRuntime(changedPaths: readonly string[], patterns: readonly string[] = RUNTIME_PATHS): boolean {
  const roots = patterns.map((pattern) => pattern.replace(/\/\*\*$/, ''));
  return changedPaths.some((path) => roots.some((root) => path === root || path.startsWith(`${root}/`)));
}
