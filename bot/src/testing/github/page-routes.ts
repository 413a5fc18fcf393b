import { type Answer, type Exchange, notFound, type Overlay } from './exchange.ts';
import { discussionView, issueView, itemsOf } from './page-views.ts';
import { itemPage } from './pages/item-page.ts';
import { listPage } from './pages/list-page.ts';
import { fullNameOf, type Parameters, type Route } from './routes.ts';
import { keyOf } from './world.ts';

/** What a person sees in a browser. */
export const pageRoutes: readonly Route[] = [
  { method: 'GET', path: '/', answer: index },
  ...['issues', 'pull', 'discussions'].map((part) => ({ method: 'GET', path: `/{owner}/{repo}/${part}/{number}`, answer: item })),
];

async function index(overlay: Overlay): Promise<Answer> {
  const repositories = await Promise.all(
    overlay.repositories.map(async (fullName) => ({ fullName, items: await itemsOf(overlay, fullName) })),
  );
  return { status: 200, html: listPage(repositories) };
}

async function item(overlay: Overlay, _exchange: Exchange, parameters: Parameters): Promise<Answer | undefined> {
  const fullName = fullNameOf(parameters);
  if (!overlay.repositories.includes(fullName)) return undefined;
  const number = Number(parameters.number);
  const discussion = overlay.world.discussions.get(keyOf(fullName, number));
  const view = discussion ? await discussionView(overlay, discussion) : await issueView(overlay, fullName, number);
  return view ? { status: 200, html: itemPage(view) } : notFound();
}
