import type { NewDelivery } from '../store/port.ts';

/** Where a payload belongs, before anything else of it is trusted to have a shape. */
export type Route = Pick<NewDelivery, 'subject' | 'installationId'>;

/** The subject under which a delivery waits for its turn: its item, else its repository, else its installation. Never throws. */
export function routeOf(payload: unknown): Route {
  const installationId = idOf(field(payload, 'installation'));
  const repositoryId = idOf(field(payload, 'repository'));
  const installation = installationId === undefined ? {} : { installationId };
  if (repositoryId === undefined) return { subject: `installation/${installationId ?? 0}`, ...installation };
  const number = numberOf(payload);
  const repository = `repository/${repositoryId}`;
  return { subject: number === undefined ? repository : `${repository}/item/${number}`, ...installation };
}

function numberOf(payload: unknown): number | undefined {
  for (const kind of ['issue', 'pull_request', 'discussion']) {
    const number = field(field(payload, kind), 'number');
    if (isId(number)) return number;
  }
  return undefined;
}

function idOf(object: unknown): number | undefined {
  const id = field(object, 'id');
  return isId(id) ? id : undefined;
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function field(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}
