import MiniSearch from 'minisearch';
import type { Playbook } from '../schema.ts';

export type TextRank = (query: string) => { id: string; score: number }[];

const MAX_QUERY_TERMS = 60;
const MAX_RESULTS = 5;

/** BM25 over title, summary and sections. It only orders what is shown beside an answer; it never answers. */
export function createTextRank(playbooks: readonly Playbook[]): TextRank {
  const index = new MiniSearch<{ id: string; title: string; summary: string; body: string }>({
    fields: ['title', 'summary', 'body'],
    tokenize,
    processTerm: (term) => (term.length > 1 && term.length <= 64 ? term.toLowerCase() : null),
    searchOptions: { boost: { title: 3, summary: 2 }, combineWith: 'OR' },
  });
  index.addAll(playbooks.map(({ id, title, summary, body }) => ({ id, title, summary, body })));
  return (query) => {
    const terms = [...new Set(tokenize(query))].slice(0, MAX_QUERY_TERMS).join(' ');
    return index
      .search(terms)
      .slice(0, MAX_RESULTS)
      .map(({ id, score }) => ({ id: String(id), score }));
  };
}

/** Words, and for CamelCase names both the whole and its parts (`GetRepositoryFailed` → also `get`, `repository`, `failed`). */
export function tokenize(text: string): string[] {
  const terms: string[] = [];
  for (const [word] of text.matchAll(/[A-Za-z0-9]+/g)) {
    terms.push(word);
    const parts = word.length <= 64 ? word.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) : null;
    if (parts && parts.length > 1) terms.push(...parts);
  }
  return terms;
}
