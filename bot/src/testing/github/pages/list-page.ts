import { html } from '../../../operations/html.ts';
import type { Label } from './item-page.ts';
import { labelChip, page, when } from './parts.ts';

export type ListedItem = {
  title: string;
  number: number;
  path: string;
  kind: string;
  state: string;
  author: string;
  at: string;
  labels: readonly Label[];
};

/** Every repository with its items, newest first. */
export function listPage(repositories: readonly { fullName: string; items: readonly ListedItem[] }[]): string {
  const content = repositories.map(
    ({ fullName, items }) =>
      html`<h2 class="repository">${fullName}</h2><ul class="items">${items.map(
        (item) =>
          html`<li><a class="title" href="${item.path}">${item.title}</a>${item.labels.map(({ name, color }) => labelChip(name, color))}<small>#${item.number} · ${item.kind} · ${item.state} · opened by ${item.author} on ${when(item.at)}</small></li>`,
      )}</ul>`,
  );
  return page(
    'Embedded GitHub',
    html`Embedded GitHub <span>everything here is made up and forgotten at the end</span>`,
    html`<h1>Issues, pull requests and discussions</h1>${content}`,
  );
}
