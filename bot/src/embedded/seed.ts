import { readFileSync } from 'node:fs';
import type { Catalog } from '@sig-runtime/playbooks/catalog';
import { loadPlaybooksWithSamples } from '@sig-runtime/playbooks/load';
import { parse } from 'yaml';
import { CONFIGURATION_PATH } from '../gather.ts';
import type { EmbeddedSeed } from '../testing/github/index.ts';
import { openings, type Step, WeekItems, week } from './week.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

export type Week = { seed: EmbeddedSeed; repository: string; steps: readonly Step[]; items: number };

/** The replayed week and the GitHub it happens on: one public repository with the labels of the catalogue and the bot configured. */
export function loadWeek(catalog: Catalog): Week {
  const items = WeekItems.parse(parse(read('week.yaml')));
  const known = loadPlaybooksWithSamples().map(({ playbook, samples }) => ({ playbook, evidence: samples.positive[0] ?? '' }));
  const opened = openings(items, known);
  const { owner, name } = items.repository;
  const labels = catalog.labels.labels.map((label) => ({ name: label.name, color: label.color, description: label.description }));
  return {
    repository: `${owner}/${name}`,
    steps: week(items, opened),
    items: opened.length,
    seed: {
      people: [
        ...items.maintainers.map((login) => ({ login, role: 'maintain' as const })),
        { login: items.sizeLabeler, role: 'write' as const },
        ...items.reporters.map((login) => ({ login, role: 'read' as const })),
      ],
      repositories: [
        { owner, name, description: 'A repository in a busy week', labels, files: { [CONFIGURATION_PATH]: read('configuration.yml') } },
      ],
    },
  };
}
