import { loadCatalog } from '@sig-runtime/playbooks/catalog/load';
import { loadPlaybooks } from '@sig-runtime/playbooks/load';
import { manifest } from '../../src/manifest.ts';
import { botOptionsPage, commandsPage, handlersPage, metricsPage } from './bot-pages.ts';
import { playbooksPage } from './playbooks-page.ts';

/** Everything under `docs/reference/` that nobody writes by hand: path from the root of the repository, and content. */
export function referenceFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/reference/bot-options.md', botOptionsPage(manifest)],
    ['docs/reference/handlers.md', handlersPage(manifest)],
    ['docs/reference/commands.md', commandsPage(manifest)],
    ['docs/reference/metrics.md', metricsPage(manifest)],
    ['docs/reference/playbooks.md', playbooksPage(loadPlaybooks(), loadCatalog())],
    ['docs/reference/sig-runtime.schema.json', `${JSON.stringify(manifest.configuration, null, 2)}\n`],
  ]);
}
