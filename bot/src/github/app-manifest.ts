import type { Handler, Permissions } from '../handler.ts';
import { READ_EVENTS } from '../intake/normalise.ts';

/** What GitHub needs to create the App: exactly the permissions and events that the handlers declare, not public. */
export type AppManifest = {
  name: string;
  url: string;
  description: string;
  hook_attributes: { url: string; active: boolean };
  redirect_url: string;
  public: false;
  default_permissions: Record<string, 'read' | 'write'>;
  default_events: string[];
};

export type ManifestOptions = {
  /** At most 34 characters; unique on GitHub. */
  name: string;
  homepageUrl: string;
  /** Where GitHub delivers to; must be reachable from GitHub. */
  webhookUrl: string;
  /** Where GitHub sends the browser with the code. */
  redirectUrl: string;
};

/** Delivered to every App without being asked for; GitHub refuses them in a manifest. */
const unasked: ReadonlySet<string> = new Set(['installation', 'installation_repositories', 'installation_target', 'ping']);
const description = 'Labels runtime issues with a reason, answers with a playbook when the evidence is there, and watches promises.';

/** @see https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest */
export function appManifest(handlers: readonly Pick<Handler, 'on' | 'permissions'>[], options: ManifestOptions): AppManifest {
  return {
    name: options.name,
    url: options.homepageUrl,
    description,
    hook_attributes: { url: options.webhookUrl, active: true },
    redirect_url: options.redirectUrl,
    public: false,
    default_permissions: permissionsOf(handlers),
    default_events: eventsOf(handlers),
  };
}

/** The union over all handlers, the greater access winning; `metadata: read` is always part of it. */
export function permissionsOf(handlers: readonly Pick<Handler, 'permissions'>[]): Record<keyof Permissions | 'metadata', 'read' | 'write'> {
  const union: Permissions = { metadata: 'read' };
  for (const { permissions } of handlers) {
    for (const [name, access] of Object.entries(permissions) as [keyof Permissions, 'read' | 'write'][]) {
      if (access === 'write' || union[name] === undefined) union[name] = access;
    }
  }
  return Object.fromEntries(Object.entries(union).sort()) as Record<keyof Permissions | 'metadata', 'read' | 'write'>;
}

/**
 * Webhook events behind `on` (`issues.opened` needs `issues`; schedules need none), and what the pipeline reads for itself: every event
 * of an item is an entry of its timeline, a push may change the configuration.
 */
export function eventsOf(handlers: readonly Pick<Handler, 'on'>[]): string[] {
  const events = [...READ_EVENTS, ...handlers.flatMap(({ on }) => on.map((name) => name.split('.')[0] ?? ''))];
  return [...new Set(events)].filter((event) => event !== 'schedule' && !unasked.has(event)).sort();
}
