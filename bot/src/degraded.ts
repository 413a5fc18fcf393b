import type { Handler } from './handler.ts';
import type { StoredInstallation } from './store/port.ts';

const RANK: Readonly<Record<string, number>> = { read: 1, write: 2, admin: 3 };

/** Handlers that lack a permission in an installation: they go on without it, and the status page says which. */
export function degradedHandlers(
  handlers: readonly Pick<Handler, 'name' | 'permissions'>[],
  installations: readonly StoredInstallation[],
): readonly { installation: number; handler: string; missing: string }[] {
  return installations.flatMap(({ id, permissions }) =>
    handlers.flatMap(({ name, permissions: wanted }) =>
      Object.entries(wanted)
        .filter(([permission, level]) => (RANK[permissions[permission] ?? ''] ?? 0) < (RANK[level] ?? 0))
        .map(([permission, level]) => ({ installation: id, handler: name, missing: `${permission}: ${level}` })),
    ),
  );
}
