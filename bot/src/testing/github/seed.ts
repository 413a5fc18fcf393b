import type { Permission } from '../../facts.ts';
import type { Association } from '../../item.ts';
import { webhookSink } from './emulator.ts';

export type SeedPerson = {
  login: string;
  /** Teams of any organisation, `organisation/slug`. */
  teams?: readonly string[];
  /** Role in every seeded repository; default `none`. */
  role?: Permission;
  /** Shown as `author_association`; default follows from the role: `MEMBER` from `triage` up, else `NONE`. */
  association?: Association;
};

export type SeedRepository = {
  owner: string;
  name: string;
  private?: boolean;
  defaultBranch?: string;
  description?: string;
  labels?: readonly { name: string; color?: string; description?: string }[];
  /** Text by path, on the default branch. */
  files?: Readonly<Record<string, string>>;
};

export type SeedApp = { id: number; slug: string; name: string; permissions: Record<string, 'read' | 'write'>; events: readonly string[] };

export type EmbeddedSeed = {
  /** Everybody who will act. Logins ending in `[bot]` are bots. */
  people: readonly SeedPerson[];
  repositories: readonly SeedRepository[];
  app?: Partial<SeedApp>;
};

/** The App when the seed does not say otherwise. */
export const defaultApp: SeedApp = {
  id: 4711,
  slug: 'sig-runtime',
  name: 'SIG Runtime',
  permissions: {
    metadata: 'read',
    issues: 'write',
    pull_requests: 'write',
    discussions: 'write',
    contents: 'read',
    checks: 'write',
    members: 'read',
  },
  events: [
    'issues',
    'issue_comment',
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'discussion',
    'discussion_comment',
    'label',
    'push',
    'repository',
    'member',
    'membership',
    'team',
  ],
};

/** Owns every organisation and performs what nobody in the seed does; never appears in a delivery. */
export const operator = 'embedded-operator';
const operatorTokens = 40;
const firstInstallationId = 1001;

export function tokenOf(login: string): string {
  return `person-${login}`;
}

/** One of several tokens of the operator: emulate allows each only 5,000 calls an hour. */
export function operatorToken(call: number): string {
  return `operator-${call % operatorTokens}`;
}

/** Accounts that own repositories, each with its installation id. */
export function installationsOf(seed: EmbeddedSeed): readonly { id: number; account: string }[] {
  return [...new Set(seed.repositories.map((repository) => repository.owner))].map((account, index) => ({
    id: firstInstallationId + index,
    account,
  }));
}

/** emulate's own seed format. */
export function emulatorSeed(seed: EmbeddedSeed, app: SeedApp, privateKey: string): Record<string, unknown> {
  const logins = new Set(seed.people.map((person) => person.login));
  const organisations = installationsOf(seed).filter(({ account }) => !logins.has(account));
  const tokens = Object.fromEntries([
    ...seed.people.map((person) => [tokenOf(person.login), { login: person.login }]),
    ...Array.from({ length: operatorTokens }, (_, call) => [operatorToken(call), { login: operator }]),
  ]);
  return {
    tokens,
    github: {
      users: [...logins, operator].map((login) => ({ login, site_admin: login === operator })),
      orgs: organisations.map(({ account }) => ({ login: account, members: [{ login: operator, role: 'admin' }] })),
      repos: seed.repositories.map((repository) => ({
        owner: repository.owner,
        name: repository.name,
        private: repository.private ?? false,
        description: repository.description ?? '',
        default_branch: repository.defaultBranch ?? 'main',
        auto_init: true,
      })),
      apps: [
        {
          app_id: app.id,
          slug: app.slug,
          name: app.name,
          private_key: privateKey,
          permissions: app.permissions,
          events: ['*'],
          webhook_url: webhookSink,
          installations: installationsOf(seed).map(({ id, account }) => ({ installation_id: id, account, repository_selection: 'all' })),
        },
      ],
    },
  };
}
