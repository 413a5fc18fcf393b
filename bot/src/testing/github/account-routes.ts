import type { Permission } from '../../facts.ts';
import { appOf } from './complete.ts';
import { type Answer, type Exchange, notFound, type Overlay, paged, tokenOf } from './exchange.ts';
import type { Parameters, Route } from './routes.ts';

/** Roles come from the seed, because emulate makes every organisation member an administrator. */
export const accountRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/{owner}/{repo}/collaborators/{login}/permission', answer: permission },
  { method: 'GET', path: '/orgs/{org}/teams/{team}/members', answer: teamMembers },
  { method: 'GET', path: '/installation/repositories', answer: installationRepositories },
  { method: 'GET', path: '/app', answer: describeApp },
  { method: 'GET', path: '/app/installations', answer: listInstallations },
];

const permissionOfRole: Readonly<Record<Permission, string>> = {
  none: 'none',
  read: 'read',
  triage: 'read',
  write: 'write',
  maintain: 'write',
  admin: 'admin',
};

const flagsOfRole = ['read', 'triage', 'write', 'maintain', 'admin'] as const;

async function permission(overlay: Overlay, _exchange: Exchange, { login = '', owner }: Parameters): Promise<Answer> {
  const person = overlay.world.people.get(login);
  if (!person && login !== owner) return notFound();
  const role: Permission = login === owner ? 'admin' : (person?.role ?? 'none');
  const shown = role === 'none' ? 'read' : role;
  const rank = flagsOfRole.indexOf(shown);
  const permissions = Object.fromEntries(['pull', 'triage', 'push', 'maintain', 'admin'].map((flag, index) => [flag, index <= rank]));
  const user = { ...(await overlay.account(login)), permissions, role_name: shown };
  return { status: 200, json: { permission: permissionOfRole[shown], role_name: shown, user } };
}

async function teamMembers(overlay: Overlay, exchange: Exchange, { org, team }: Parameters): Promise<Answer> {
  const logins = [...overlay.world.people].filter(([, { teams }]) => teams.includes(`${org}/${team}`)).map(([login]) => login);
  if (logins.length === 0) return notFound();
  return paged(overlay, exchange, await Promise.all(logins.map((login) => overlay.account(login))));
}

async function installationRepositories(overlay: Overlay, exchange: Exchange): Promise<Answer> {
  const account = await accountOfToken(overlay, exchange);
  if (!account)
    return { status: 401, json: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' } };
  const found = await repositoriesOf(overlay, account);
  const answer = paged(overlay, exchange, found);
  return { ...answer, json: { total_count: found.length, repository_selection: 'all', repositories: answer.json } };
}

async function repositoriesOf(overlay: Overlay, account: string): Promise<Record<string, unknown>[]> {
  const names = overlay.repositories.filter((name) => name.startsWith(`${account}/`));
  const answers = await Promise.all(names.map((name) => overlay.operate('GET', `/repos/${name}`)));
  return answers.filter((answer) => answer.status === 200).map((answer) => answer.json as Record<string, unknown>);
}

/** Which installation a token belongs to: remembered when the overlay passed it on. */
async function accountOfToken(overlay: Overlay, exchange: Exchange): Promise<string | undefined> {
  const id = overlay.installationTokens.get(tokenOf(exchange) ?? '');
  return overlay.installations.find((installation) => installation.id === id)?.account;
}

async function describeApp(overlay: Overlay, exchange: Exchange): Promise<Answer> {
  const answer = await overlay.forward(exchange);
  return answer.status === 200 ? { ...answer, json: { ...appOf(overlay), installations_count: overlay.installations.length } } : answer;
}

async function listInstallations(overlay: Overlay, exchange: Exchange): Promise<Answer> {
  const answer = await overlay.forward(exchange);
  if (answer.status !== 200) return answer;
  const all = await Promise.all(
    (answer.json as Record<string, unknown>[]).map(async (installation) => {
      const account = overlay.installations.find(({ id }) => id === installation.id)?.account ?? '';
      return {
        ...installation,
        account: await overlay.account(account),
        events: overlay.world.app.events,
        target_id: installation.id,
        client_id: `Iv1.${overlay.world.app.id}`,
      };
    }),
  );
  return paged(overlay, exchange, all);
}
