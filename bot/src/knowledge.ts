import { createMatcher, createScopeModel, createTriage } from '@sig-runtime/playbooks';
import { loadCatalog } from '@sig-runtime/playbooks/catalog/load';
import { loadPlaybooks } from '@sig-runtime/playbooks/load';
import type { Knowledge } from './handler.ts';

/**
 * Reads and compiles everything under playbooks/. Once, at start.
 * @param siteUrl public site that playbook links point to
 * @throws PlaybookError, CatalogError naming file, line and remedy
 */
export function loadKnowledge(siteUrl: string): Knowledge {
  const playbooks = loadPlaybooks();
  return {
    playbooks,
    triage: createTriage(playbooks),
    matcher: createMatcher(playbooks),
    scope: createScopeModel(),
    catalog: loadCatalog(),
    siteUrl: siteUrl.replace(/\/$/, ''),
  };
}
