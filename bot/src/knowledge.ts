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
  const matcher = createMatcher(playbooks);
  const scope = createScopeModel();
  return {
    playbooks,
    triage: remembering(createTriage(playbooks, { matcher, scope })),
    matcher,
    scope,
    catalog: loadCatalog(),
    siteUrl: siteUrl.replace(/\/$/, ''),
  };
}

const REMEMBERED = 8;

/** The handlers ask about the same item one after another: the latest answers are kept, so that its text is read once. */
function remembering(triage: Knowledge['triage']): Knowledge['triage'] {
  const latest = new Map<string, ReturnType<Knowledge['triage']>>();
  return (item) => {
    const key = JSON.stringify(item);
    const known = latest.get(key) ?? triage(item);
    latest.delete(key);
    latest.set(key, known);
    const [oldest] = latest.keys();
    if (latest.size > REMEMBERED && oldest !== undefined) latest.delete(oldest);
    return known;
  };
}
