import type { Playbook } from '@sig-runtime/playbooks';
import { type Catalog, reasonRows } from '@sig-runtime/playbooks/catalog';
import { code, page, table } from './markdown.ts';

const link = ({ id, slug }: Playbook): string => `[${id}](../../playbooks/content/${slug}/playbook.md)`;

export function playbooksPage(playbooks: readonly Playbook[], catalog: Catalog): string {
  const rows = playbooks.map((playbook) => [
    link(playbook),
    playbook.title,
    playbook.products.map(({ name }) => name).join(', '),
    playbook.severity,
  ]);
  return page('Playbooks', 'playbooks/', [
    'Identifiers are permanent. The terminal shows one with `npm run -s diagnose -- --show PB-001`.',
    table(['Playbook', 'Title', 'Products', 'Severity'], rows),
    '## Reasons of the OCM controller',
    'What a condition says, and which playbooks cover its causes. A reason alone does not decide: the message does.',
    table(['Kind', 'Condition', 'Reason', 'Status', 'Playbooks'], reasonCells(playbooks, catalog)),
  ]);
}

function reasonCells(playbooks: readonly Playbook[], catalog: Catalog): readonly (readonly string[])[] {
  const named = new Map(playbooks.map((playbook) => [playbook.id, link(playbook)]));
  return reasonRows(catalog.reasons)
    .filter(({ product }) => product === 'ocm-controller')
    .map(({ kind, condition, reason, status, causes, normal }) => {
      const ids = [...new Set(causes.flatMap(({ playbook }) => (typeof playbook === 'string' ? [playbook] : [])))].sort();
      const shown = ids.map((id) => named.get(id) ?? id).join(', ');
      return [kind.split('.')[0] ?? kind, condition, code(reason), status, shown || (normal ? 'none: normal' : 'none')];
    });
}
